// A scenario in motion: places, rates and balance.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/base/error.h"
#include "tests/unit/body/synthetic_body.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::box;
using testing::left_over;
using testing::leg_raise;
using testing::library;
using testing::motion_of;
using testing::moving;
using testing::person;
using testing::set_override;
using testing::stoop_lift;

std::string message_of(const Scenario& scenario) {
  try {
    (void)motion_of(scenario);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Motion, OneKeyframeIsItsPostureAtRest) {
  const Motion motion = motion_of(moving(Support::Feet, {{0.5, "squat_reach"}}));
  EXPECT_EQ(motion.start(), 0.5);
  EXPECT_EQ(motion.end(), 0.5);
  const Instant instant = motion.at(0.5);
  const PostureAngles& angles = library().find("squat_reach")->second.angles;
  for (int i = index(PostureAngle::KneeFlexionLeft); i < kPostureAngleCount; ++i) {
    EXPECT_EQ(instant.angles[i], angles[i]);
  }
  for (const JointMotion& joint : instant.tree.joints) {
    EXPECT_EQ(joint.rate.norm() + joint.acceleration.norm(), 0);
  }
  EXPECT_EQ(instant.tree.pelvis_velocity.norm() + instant.tree.pelvis_acceleration.norm(), 0);
}

TEST(Motion, OverridesReplaceAnglesOfTheNamedPosture) {
  Scenario scenario = moving(Support::Feet, {{0, "stoop_reach"}});
  set_override(scenario.motion.keyframes[0], PostureAngle::LumbarFlexion, 50);
  EXPECT_DOUBLE_EQ(motion_of(scenario).at(0).angles[index(PostureAngle::LumbarFlexion)], 50 * units::deg);
}

TEST(Motion, RatesOfTheTreeAreDerivativesOfItsPlaces) {
  const Motion motion = motion_of(stoop_lift());
  const double h = 1e-5;
  for (const double t : {0.31, 0.77, 1.23, 1.69, 2.4}) {
    const Instant before = motion.at(t - h), now = motion.at(t), after = motion.at(t + h);
    const TreeMotion &a = before.tree, &b = now.tree, &c = after.tree;
    EXPECT_LT((b.pelvis_velocity - (c.pelvis_position - a.pelvis_position) / (2 * h)).norm(), 1e-8);
    EXPECT_LT((b.pelvis_acceleration - (c.pelvis_velocity - a.pelvis_velocity) / (2 * h)).norm(), 1e-6);
    for (int j = 0; j < kBodyCount; ++j) {
      EXPECT_LT((b.joints[j].rate - (c.joints[j].angle - a.joints[j].angle) / (2 * h)).norm(), 1e-8);
      EXPECT_LT((b.joints[j].acceleration - (c.joints[j].rate - a.joints[j].rate) / (2 * h)).norm(), 1e-6);
    }
  }
}

TEST(Motion, StandingFeetStayPut) {
  const Motion motion = motion_of(stoop_lift());
  const Instant start = motion.at(0);
  EXPECT_NEAR(start.poses[index(Body::FootLeft)].p.x(), 0, 1e-14);
  EXPECT_NEAR((start.poses[index(Body::FootLeft)] * person()->segments[index(Body::FootLeft)].sole_B[0]).y(), 0, 1e-14);
  for (double t = 0; t <= 2.6; t += 0.1) {
    const Instant instant = motion.at(t);
    for (const Body foot : {Body::FootLeft, Body::FootRight}) {
      EXPECT_LT((instant.poses[index(foot)].p - start.poses[index(foot)].p).norm(), 1e-13);
      EXPECT_LT((instant.poses[index(foot)].R - Mat3::Identity()).norm(), 1e-13);
    }
  }
}

TEST(Motion, AFootThatStandsStaysFlatAndPointsAheadWhateverHipsAndPelvisDo) {
  Scenario scenario = stoop_lift();
  Keyframe& bent = scenario.motion.keyframes[1];
  set_override(bent, PostureAngle::PelvisTurnLeft, -8);
  set_override(bent, PostureAngle::PelvisBendRight, 1.5);
  set_override(bent, PostureAngle::HipRotationLeft, 12);
  set_override(bent, PostureAngle::HipAdductionRight, -3);
  set_override(bent, PostureAngle::ThoracicTwistLeft, -25);
  set_override(bent, PostureAngle::ThoracicBendRight, 10);
  set_override(bent, PostureAngle::ShoulderAbductionLeft, 30);
  const Motion motion = motion_of(scenario);
  const double h = 1e-5;
  for (const double t : {0.5, 1.1, 1.7}) {
    const Instant before = motion.at(t - h), now = motion.at(t), after = motion.at(t + h);
    for (const ExternalForce& force : now.external) {
      if (force.body != Body::FootLeft && force.body != Body::FootRight) continue;
      EXPECT_LT((now.poses[index(force.body)].R - Mat3::Identity()).norm(), 1e-13);
    }
    for (int j = 0; j < kBodyCount; ++j) {
      const JointMotion &a = before.tree.joints[j], &b = now.tree.joints[j], &c = after.tree.joints[j];
      EXPECT_LT((b.rate - (c.angle - a.angle) / (2 * h)).norm(), 1e-8);
      EXPECT_LT((b.acceleration - (c.rate - a.rate) / (2 * h)).norm(), 1e-6);
    }
  }
}

TEST(Motion, ForcesBalanceWeightAndInertiaAtEveryInstant) {
  Scenario bag = stoop_lift();
  bag.loads[0].kind = LoadKind::Bag;
  bag.loads[0].hands = Hands::Left;
  const Scenario sit = moving(Support::Seat, {{0, "sitting_upright"}, {1, "sitting_slumped"}});
  for (const Scenario& scenario : {stoop_lift(), bag, leg_raise(), sit}) {
    const Motion motion = motion_of(scenario);
    for (double t = motion.start(); t <= motion.end(); t += 0.07) {
      const Instant instant = motion.at(t);
      EXPECT_LT(left_over(instant).force.norm(), 1e-6);
      EXPECT_LT(left_over(instant).moment.norm(), 1e-6);
      EXPECT_LT(instant.support_residual, 1e-6);
    }
  }
}

TEST(Motion, IsAPureFunctionOfTime) {
  const Motion motion = motion_of(stoop_lift()), again = motion_of(stoop_lift());
  (void)again.at(0.3);
  EXPECT_EQ(motion.at(1.9).external.back().force_W, again.at(1.9).external.back().force_W);
}

TEST(Motion, MirroredScenarioMovesMirrored) {
  Scenario scenario = stoop_lift();
  scenario.loads[0].hands = Hands::Right;
  Scenario image = scenario;
  image.loads[0].hands = Hands::Left;
  Keyframe &bent = scenario.motion.keyframes[1], &mirror_bent = image.motion.keyframes[1];
  set_override(bent, PostureAngle::LumbarBendRight, 12);
  set_override(mirror_bent, PostureAngle::LumbarBendRight, -12);
  set_override(bent, PostureAngle::ShoulderFlexionRight, 70);
  set_override(mirror_bent, PostureAngle::ShoulderFlexionLeft, 70);
  for (const PostureAngle a :
       {PostureAngle::PelvisTurnLeft, PostureAngle::PelvisBendRight, PostureAngle::HipRotationRight,
        PostureAngle::ThoracicTwistLeft, PostureAngle::ShoulderAbductionRight}) {
    set_override(bent, a, 9);
    set_override(mirror_bent, mirror(a), mirror_changes_sign(a) ? -9 : 9);
  }
  const Motion one = motion_of(scenario), other = motion_of(image);
  for (const double t : {0.4, 1.2, 1.9}) {
    const Instant a = one.at(t), b = other.at(t);
    const NetLoads loads = net_loads(*person(), a.poses, joint_wrenches(*person(), a.tree, a.external));
    const NetLoads mirror = net_loads(*person(), b.poses, joint_wrenches(*person(), b.tree, b.external));
    for (int l = 0; l < kLevelCount; ++l) {
      EXPECT_LT((mirrored(loads[l].force) - mirror[l].force).norm(), 1e-9);
      EXPECT_LT((testing::mirrored_turn(loads[l].moment) - mirror[l].moment).norm(), 1e-9);
    }
    EXPECT_NEAR(a.centre_of_pressure_W.z(), -b.centre_of_pressure_W.z(), 1e-12);
  }
}

TEST(Motion, UnknownPostureNamesTheNearest) {
  const std::string message = message_of(moving(Support::Feet, {{0, "standing"}, {1, "stoop_rech"}}));
  EXPECT_NE(message.find("motion.keyframe.1.posture"), std::string::npos) << message;
  EXPECT_NE(message.find("'stoop_reach'"), std::string::npos) << message;
}

TEST(Motion, AnAnkleThatWouldLiftTheFootIsRefusedWithTheAngleItMustHave) {
  Scenario scenario = moving(Support::Feet, {{0, "stoop_reach"}});
  set_override(scenario.motion.keyframes[0], PostureAngle::AnkleDorsiflexionRight, 20);
  const std::string message = message_of(scenario);
  EXPECT_NE(message.find("motion.keyframe.0.ankle_dorsiflexion_right_deg"), std::string::npos) << message;
  EXPECT_NE(message.find("-10.5"), std::string::npos) << message;
}

TEST(Motion, OneFootCarriesWhenTheOtherIsLifted) {
  Scenario scenario = moving(Support::Feet, {{0, "standing"}, {1, "standing"}});
  set_override(scenario.motion.keyframes[1], PostureAngle::HipFlexionRight, 60);
  set_override(scenario.motion.keyframes[1], PostureAngle::KneeFlexionRight, 90);
  const Motion motion = motion_of(scenario);
  for (const ExternalForce& force : motion.at(1).external) EXPECT_EQ(force.body, Body::FootLeft);
  EXPECT_LT((motion.at(1).poses[index(Body::FootLeft)].p - motion.at(0).poses[index(Body::FootLeft)].p).norm(), 1e-13);
  EXPECT_GT(motion.at(1).balance_offset, 0);  // the body has not moved over the left foot
}

TEST(Motion, FeetThatTakeTurnsAreRefused) {
  Scenario scenario = moving(Support::Feet, {{0, "standing"}, {1, "standing"}});
  set_override(scenario.motion.keyframes[0], PostureAngle::KneeFlexionLeft, 60);
  set_override(scenario.motion.keyframes[1], PostureAngle::KneeFlexionRight, 60);
  EXPECT_NE(message_of(scenario).find("motion.support"), std::string::npos);
}

TEST(Motion, RefusesATimeThatIsNoNumber) {
  EXPECT_THROW((void)motion_of(stoop_lift()).at(std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
