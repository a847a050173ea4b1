#include "sim/base/types.h"

#include <gtest/gtest.h>

#include <Eigen/LU>

namespace foramen {
namespace {

TEST(RotationVector, InverseGivesBackTheVector) {
  for (const double angle : {0.0, 1e-9, 1e-4, 0.3, 3.0}) {
    const Vec3 theta = angle * Vec3(0.36, -0.48, 0.8);
    EXPECT_LT((vector_from_rotation(rotation_from_vector(theta)) - theta).norm(), 1e-12) << angle;
  }
}

TEST(RotationVector, IsARotation) {
  const Mat3 R = rotation_from_vector({0.4, -1.1, 2.0});
  EXPECT_LT((R * R.transpose() - Mat3::Identity()).norm(), 1e-14);
  EXPECT_NEAR(R.determinant(), 1, 1e-14);
}

TEST(LeftJacobian, IsTheAngularVelocityOfTheRotationVector) {
  const double h = 1e-6;
  for (const Vec3& theta : {Vec3(0.2, -0.1, 0.5), Vec3(1e-6, 2e-6, 0), Vec3(0, 0, 0)}) {
    const Vec3 rate(0.3, 0.7, -0.2);
    const Mat3 dR = (rotation_from_vector(theta + h * rate) - rotation_from_vector(theta - h * rate)) / (2 * h);
    const Mat3 W = dR * rotation_from_vector(theta).transpose();
    EXPECT_LT((W - skew(left_jacobian(theta) * rate)).norm(), 1e-8);
  }
}

TEST(Pose, InverseUndoes) {
  const Pose X{rotation_from_vector({0.1, 0.2, -0.4}), {1, 2, 3}};
  const Vec3 p(0.3, -0.5, 0.7);
  EXPECT_LT((X.inverse() * (X * p) - p).norm(), 1e-14);
  EXPECT_LT((((X * X.inverse()) * p) - p).norm(), 1e-14);
}

}  // namespace
}  // namespace foramen
