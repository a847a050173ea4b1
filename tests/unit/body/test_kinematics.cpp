// Where segments are and how they move.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <Eigen/LU>

#include "tests/unit/body/synthetic_body.h"

namespace foramen {
namespace {

using testing::advanced;
using testing::random_motion;
using testing::synthetic_body;

TEST(Joint, TurnsAboutTheAxesOfTheConvention) {
  JointMotion extension, bend, twist;
  extension.angle = {0, 0, 0.3};
  bend.angle = {0.3, 0, 0};
  twist.angle = {0, 0.3, 0};
  const Vec3 up(0, 1, 0), forward(1, 0, 0);
  EXPECT_LT((extension.rotation() * up).x(), 0);   // leaning back
  EXPECT_GT((bend.rotation() * up).z(), 0);        // to the right
  EXPECT_LT((twist.rotation() * forward).z(), 0);  // the front to the left
}

TEST(Joint, ComposesItsAnglesInOrderZXY) {
  JointMotion joint;
  joint.angle = {0.4, -0.7, 0.9};
  const Mat3 expected =
      rotation_from_vector({0, 0, 0.9}) * rotation_from_vector({0.4, 0, 0}) * rotation_from_vector({0, -0.7, 0});
  EXPECT_LT((joint.rotation() - expected).norm(), 1e-15);
}

TEST(Kinematics, StandingPutsBodiesWhereTheirJointFramesSay) {
  const Subject subject = synthetic_body();
  const BodyPoses poses = place_bodies(subject, {});
  for (int b = 1; b < kBodyCount; ++b) {
    const Segment& s = subject.segments[b];
    const Pose expected = poses[index(s.parent)] * (s.X_PJ * s.X_BJ.inverse());
    EXPECT_LT((poses[b].p - expected.p).norm(), 1e-15);
    EXPECT_LT((poses[b].R - expected.R).norm(), 1e-15);
  }
}

TEST(Kinematics, JointsStayTogetherInAnyPosture) {
  const Subject subject = synthetic_body();
  const BodyPoses poses = place_bodies(subject, random_motion(3));
  for (int b = 1; b < kBodyCount; ++b) {
    const Segment& s = subject.segments[b];
    EXPECT_LT((poses[b] * s.X_BJ.p - poses[index(s.parent)] * s.X_PJ.p).norm(), 1e-14);
    EXPECT_NEAR(poses[b].R.determinant(), 1, 1e-13);
  }
}

TEST(Kinematics, VelocitiesAndAccelerationsAreDerivativesOfPlaces) {
  const Subject subject = synthetic_body();
  const TreeMotion motion = random_motion(7);
  const double h = 1e-4;
  const BodyPoses before = place_bodies(subject, advanced(motion, -h)), now = place_bodies(subject, motion),
                  after = place_bodies(subject, advanced(motion, h));
  const BodyMotions bodies = move_bodies(subject, motion);
  const Vec3 point(0.03, -0.11, 0.05);
  for (int b = 0; b < kBodyCount; ++b) {
    EXPECT_EQ(bodies[b].pose.p, now[b].p);
    EXPECT_EQ(bodies[b].pose.R, now[b].R);
    const Vec3 velocity = (after[b] * point - before[b] * point) / (2 * h);
    const Vec3 acceleration = (after[b] * point - 2 * (now[b] * point) + before[b] * point) / (h * h);
    EXPECT_LT((bodies[b].point_velocity(point) - velocity).norm(), 1e-5);
    EXPECT_LT((bodies[b].point_acceleration(point) - acceleration).norm(), 2e-4 * (1 + acceleration.norm()));
    const Vec3 spin = vector_from_rotation(after[b].R * before[b].R.transpose()) / (2 * h);
    EXPECT_LT((bodies[b].angular_velocity - spin).norm(), 1e-5);
  }
}

TEST(Kinematics, CentreOfMassWeighsEverySegment) {
  const Subject subject = synthetic_body();
  const BodyPoses poses = place_bodies(subject, random_motion(5));
  double mass = 0;
  Vec3 sum = Vec3::Zero();
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& s = subject.segments[b];
    sum += s.mass * (poses[b].R * s.com_B + poses[b].p);
    mass += s.mass;
  }
  EXPECT_LT((centre_of_mass(subject, poses) - sum / mass).norm(), 1e-14);
  EXPECT_NEAR(mass, 75, 0.1);
}

}  // namespace
}  // namespace foramen
