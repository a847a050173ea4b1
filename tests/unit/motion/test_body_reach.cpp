// Reaching with the whole body: hands arrive, feet stay, the body is balanced, and what cannot be reached is said.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "sim/motion/body_reach.h"
#include "sim/motion/reach.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::library;
using testing::motion_of;
using testing::moving;
using testing::person;

const JointLimits& limits() {
  static const JointLimits table = load_joint_limits(data_directory());
  return table;
}

ReachRequest from(const char* posture, const Vec3& left, const Vec3& right) {
  ReachRequest request = reach_from(library().find(posture)->second.angles, limits(), lumbar_shares(SolverOptions{}));
  request.hands = {left, right};
  return request;
}

ReachRequest both(const char* posture, double forward, double up, double right = 0) {
  return from(posture, {forward, up, right - 0.18}, {forward, up, right + 0.18});
}

Vec3 grip_in(const Instant& instant, Side side) {
  return instant.poses[index(on_side(Body::HandLeft, side))] * grip_point(*person(), side);
}

/// The posture as a motion of one keyframe.
Instant held(const PostureAngles& angles) {
  Scenario scenario = moving(Support::Feet, {{0, "standing"}});
  for (std::size_t a = 2; a < angles.size(); ++a) scenario.motion.keyframes[0].overrides[a] = angles[a];
  return motion_of(scenario).at(0);
}

TEST(BodyReach, HandsArriveAndTheMotionAgrees) {
  for (const auto& request :
       {both("stoop_reach", 0.35, 0.15), both("squat_reach", 0.40, 0.30), both("standing", 0.55, 1.2),
        both("stoop_reach", 0.45, 0.5, 0.2), both("standing", 0.3, 1.8)}) {
    const ReachResult result = reach_with_body(*person(), limits(), request);
    ASSERT_EQ(result.status, ReachStatus::Reached) << result.missing[0] << " " << result.missing[1];
    EXPECT_EQ(result.balance_offset, 0);
    const Instant instant = held(result.angles);
    for (const Side side : kSides) {
      EXPECT_LT((grip_in(instant, side) - *request.hands[index(side)]).norm(), 2e-3);
      EXPECT_NEAR(grip_in(instant, side).y(), request.hands[index(side)]->y(), 2e-3);
    }
    EXPECT_LT((instant.centre_of_pressure_W - result.centre_of_pressure_W).norm(), 2e-3);
  }
}

TEST(BodyReach, AnglesStayWithinTheirLimits) {
  for (const double up : {0.0, 0.5, 1.0, 2.0}) {
    const ReachResult result = reach_with_body(*person(), limits(), both("standing", 0.6, up, 0.3));
    for (int a = 2; a < kPostureAngleCount; ++a) {
      EXPECT_GE(result.angles[a], limits().lo[a] - 1e-12) << name(static_cast<PostureAngle>(a));
      EXPECT_LE(result.angles[a], limits().hi[a] + 1e-12) << name(static_cast<PostureAngle>(a));
    }
  }
}

TEST(BodyReach, SaysByHowMuchAPlaceIsOutOfReach) {
  const ReachResult near = reach_with_body(*person(), limits(), both("standing", 1.6, 1.3));
  const ReachResult far = reach_with_body(*person(), limits(), both("standing", 2.6, 1.3));
  EXPECT_EQ(near.status, ReachStatus::OutOfReach);
  EXPECT_EQ(far.status, ReachStatus::OutOfReach);
  EXPECT_GT(near.missing[0], 0.2);
  EXPECT_NEAR(far.missing[0] - near.missing[0], 1.0, 0.05);
}

TEST(BodyReach, AWeightInTheHandsMovesTheHipsBack) {
  ReachRequest request = both("stoop_reach", 0.40, 0.5);
  const double without = reach_with_body(*person(), limits(), request).centre_of_pressure_W.x();
  request.hand_force = {0, -300, 0};
  const ReachResult loaded = reach_with_body(*person(), limits(), request);
  EXPECT_EQ(loaded.status, ReachStatus::Reached);
  EXPECT_EQ(loaded.balance_offset, 0);
  EXPECT_LT(loaded.centre_of_pressure_W.x(), without + 0.06);
}

TEST(BodyReach, MirroredPlacesGiveTheMirroredPosture) {
  const ReachResult right = reach_with_body(*person(), limits(), both("stoop_reach", 0.35, 0.4, 0.25));
  const ReachResult left = reach_with_body(*person(), limits(), both("stoop_reach", 0.35, 0.4, -0.25));
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const auto angle = static_cast<PostureAngle>(a);
    const double sign = mirror_changes_sign(angle) ? -1 : 1;
    EXPECT_NEAR(left.angles[index(mirror(angle))], sign * right.angles[a], 1e-4) << name(angle);
  }
}

TEST(BodyReach, StartingNearOrFarEndsAtTheSamePosture) {
  ReachRequest near = both("squat_reach", 0.38, 0.35), far = near;
  far.start = reach_with_body(*person(), limits(), both("squat_reach", 0.5, 0.6)).angles;
  const ReachResult a = reach_with_body(*person(), limits(), near), b = reach_with_body(*person(), limits(), far);
  for (int i = 0; i < kPostureAngleCount; ++i) EXPECT_NEAR(a.angles[i], b.angles[i], 1e-3);
}

TEST(BodyReach, OneFootBalancesOverItself) {
  ReachRequest request = from("standing", {0.4, 0.5, -0.1}, {0.4, 0.5, -0.1});
  request.hands[index(Side::Right)].reset();
  request.feet = {Side::Left};
  request.start[index(PostureAngle::HipFlexionRight)] = request.preferred[index(PostureAngle::HipFlexionRight)] = -0.1;
  const ReachResult result = reach_with_body(*person(), limits(), request);
  EXPECT_EQ(result.status, ReachStatus::Reached);
  EXPECT_LT(result.balance_offset, 5e-3);
}

}  // namespace
}  // namespace foramen
