#include "sim/base/types.h"

#include <Eigen/Geometry>
#include <cmath>

namespace foramen {

namespace {

/// Below this squared angle the series of sin and cos are exact to double precision.
constexpr double kSmallAngleSquared = 1e-8;

}  // namespace

Mat3 skew(const Vec3& a) {
  Mat3 S;
  S << 0, -a.z(), a.y(), a.z(), 0, -a.x(), -a.y(), a.x(), 0;
  return S;
}

Mat3 rotation_from_vector(const Vec3& theta) {
  const double s = theta.squaredNorm();
  const double angle = std::sqrt(s);
  const double a = s < kSmallAngleSquared ? 1 - s / 6 : std::sin(angle) / angle;
  const double b = s < kSmallAngleSquared ? 0.5 - s / 24 : (1 - std::cos(angle)) / s;
  const Mat3 S = skew(theta);
  return Mat3::Identity() + a * S + b * S * S;
}

Vec3 vector_from_rotation(const Mat3& R) {
  const Eigen::AngleAxisd rotation(R);
  return rotation.angle() * rotation.axis();
}

Mat3 left_jacobian(const Vec3& theta) {
  const double s = theta.squaredNorm();
  const double angle = std::sqrt(s);
  const double a = s < kSmallAngleSquared ? 0.5 - s / 24 : (1 - std::cos(angle)) / s;
  const double b = s < kSmallAngleSquared ? 1.0 / 6 - s / 120 : (angle - std::sin(angle)) / (s * angle);
  const Mat3 S = skew(theta);
  return Mat3::Identity() + a * S + b * S * S;
}

}  // namespace foramen
