// What each lumbar level must carry, in the axes people read it in.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "tests/unit/body/synthetic_body.h"

namespace foramen {
namespace {

using testing::random_motion;
using testing::synthetic_body;

TEST(NetLoads, StandingCompressesEveryLevelMoreTheLowerItLies) {
  const Subject subject = synthetic_body();
  const NetLoads loads = net_loads(subject, place_bodies(subject, {}), joint_wrenches(subject, {}, {}));
  for (int l = 0; l < kLevelCount; ++l) {
    EXPECT_LT(loads[l].force.y(), -200);
    EXPECT_NEAR(loads[l].force.z(), 0, 1e-10);
    if (l > 0) {
      EXPECT_GT(loads[l].force.norm(), loads[l - 1].force.norm());
    }
  }
  // The sloping endplate of S1 turns weight into forward shear.
  EXPECT_GT(loads[index(Level::L5S1)].force.x(), 20);
}

TEST(NetLoads, LeaningForwardFlexes) {
  const Subject subject = synthetic_body();
  TreeMotion motion;
  motion.joints[0].angle = {0, 0, -1.0};
  const NetLoads loads = net_loads(subject, place_bodies(subject, motion), joint_wrenches(subject, motion, {}));
  for (const Wrench& load : loads) EXPECT_LT(load.moment.z(), -20);  // −z: flexion
}

TEST(HipFlexion, HoldsTheWeightOfALegRaisedBeforeTheBody) {
  const Subject subject = synthetic_body();
  TreeMotion motion;
  JointMotion& hip = motion.joints[static_cast<std::size_t>(index(Body::ThighRight))];
  const auto held = [&](double flexion) {
    hip.angle.z() = flexion;
    const BodyPoses poses = place_bodies(subject, motion);
    return hip_flexion(poses, joint_wrenches(subject, motion, {}));
  };
  const double straight = held(0)[1];
  double weight_moment = 0;
  hip.angle.z() = 0.5 * kPi;
  const BodyPoses raised = place_bodies(subject, motion);
  for (const Body b : {Body::ThighRight, Body::ShankRight, Body::FootRight}) {
    const Segment& s = subject.segments[static_cast<std::size_t>(index(b))];
    const double arm = (raised[static_cast<std::size_t>(index(b))] * s.com_B -
                        raised[static_cast<std::size_t>(index(Body::ThighRight))].p)
                           .x();
    weight_moment += s.mass * kGravity * arm;
  }
  EXPECT_NEAR(held(0.5 * kPi)[1], weight_moment, 1e-9);
  EXPECT_GT(weight_moment, straight + 10);
  EXPECT_EQ(held(0.5 * kPi)[0], held(0)[0]);
}

TEST(NetLoads, MomentIsAboutTheDiscCentreOfThePlainWeights) {
  const Subject subject = synthetic_body();
  TreeMotion motion = random_motion(9);
  for (JointMotion& joint : motion.joints) joint.rate = joint.acceleration = Vec3::Zero();
  motion.pelvis_velocity = motion.pelvis_acceleration = Vec3::Zero();
  const ExternalForce load{Body::HandLeft, {0.5, 0.4, -0.2}, {30, -150, 5}, {0, 0, 0}};
  const BodyPoses poses = place_bodies(subject, motion);
  const NetLoads loads = net_loads(subject, poses, joint_wrenches(subject, motion, {load}));
  for (const Level level : kLevels) {
    const int upper = index(body_of(upper_vertebra(level))), lower = index(body_of(lower_vertebra(level)));
    const Pose D = poses[lower] * subject.levels[index(level)].X_LD;
    Vec3 force = load.force_W, moment = (load.point_W - D.p).cross(load.force_W);
    for (int b = upper; b < index(Body::ThighLeft); ++b) {  // trunk above, head and arms
      const Segment& s = subject.segments[b];
      const Vec3 weight(0, -s.mass * kGravity, 0);
      force += weight;
      moment += (poses[b] * s.com_B - D.p).cross(weight);
    }
    EXPECT_LT((loads[index(level)].force - D.R.transpose() * force).norm(), 1e-10);
    EXPECT_LT((loads[index(level)].moment - D.R.transpose() * moment).norm(), 1e-10);
  }
}

TEST(NetLoads, TurningTheWorldWithGravityAsideChangesNothing) {
  // Free of weight (falling), a lifted load is felt the same whichever way the body faces.
  const Subject subject = synthetic_body();
  TreeMotion motion;
  motion.pelvis_acceleration = {0, -kGravity, 0};
  const ExternalForce load{Body::Thorax, {0.2, 0.3, 0.1}, {40, -10, 25}, {3, 4, 5}};
  const NetLoads here = net_loads(subject, place_bodies(subject, motion), joint_wrenches(subject, motion, {load}));
  TreeMotion turned = motion;
  turned.joints[0].angle = {0.3, -0.8, 0.5};
  const Mat3 R = turned.joints[0].rotation();
  const ExternalForce there{Body::Thorax, R * load.point_W, R * load.force_W, R * load.moment_W};
  const NetLoads moved = net_loads(subject, place_bodies(subject, turned), joint_wrenches(subject, turned, {there}));
  for (int l = 0; l < kLevelCount; ++l) {
    EXPECT_LT((here[l].force - moved[l].force).norm(), 1e-11);
    EXPECT_LT((here[l].moment - moved[l].moment).norm(), 1e-11);
  }
}

}  // namespace
}  // namespace foramen
