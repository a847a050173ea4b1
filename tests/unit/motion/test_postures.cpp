// The posture library and what its angles do to the body.

#include <gtest/gtest.h>
#include <unistd.h>

#include <Eigen/Geometry>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "sim/base/error.h"
#include "sim/motion/posture_kinematics.h"
#include "sim/motion/reach.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::library;
using testing::motion_of;
using testing::moving;
using testing::person;

TEST(Postures, TheLibraryHoldsThePosturesOfTheContract) {
  for (const char* name : {"standing", "standing_hold", "stoop_reach", "squat_reach", "sitting_upright",
                           "sitting_slumped", "supine", "straight_leg_raise", "forward_bend", "extension"}) {
    ASSERT_TRUE(library().contains(name)) << name;
    EXPECT_FALSE(library().find(name)->second.text.empty());
    EXPECT_FALSE(library().find(name)->second.source.empty());
  }
}

TEST(Postures, AnglesAreReadInRadiansForBothSides) {
  const PostureAngles& stoop = library().find("stoop_reach")->second.angles;
  EXPECT_NEAR(stoop[index(PostureAngle::PelvisForwardPitch)], kPi / 3, 1e-15);
  EXPECT_NEAR(stoop[index(PostureAngle::KneeFlexionLeft)], 15 * units::deg, 1e-15);
  EXPECT_EQ(stoop[index(PostureAngle::KneeFlexionLeft)], stoop[index(PostureAngle::KneeFlexionRight)]);
  const PostureAngles& raise = library().find("straight_leg_raise")->second.angles;
  EXPECT_NEAR(raise[index(PostureAngle::HipFlexionLeft)], 70 * units::deg, 1e-15);
  EXPECT_LT(raise[index(PostureAngle::HipFlexionRight)], 0);  // lies on the bed below the tilted pelvis
}

TEST(Postures, StandingPosturesBalanceOverFlatFeet) {
  for (const char* name : {"standing", "standing_hold", "stoop_reach", "squat_reach", "forward_bend", "extension"}) {
    const Instant instant = motion_of(moving(Support::Feet, {{0, name}})).at(0);
    EXPECT_EQ(instant.balance_offset, 0) << name;
    for (const PostureAngle ankle : {PostureAngle::AnkleDorsiflexionLeft, PostureAngle::AnkleDorsiflexionRight}) {
      EXPECT_NEAR(instant.angles[index(ankle)], library().find(name)->second.angles[index(ankle)], 1 * units::deg)
          << name;
    }
  }
}

TEST(Postures, ReachesBringTheHandsToALoadOnTheFloor) {
  // Posture table: hands 0.33 m before the ankles, 0.28 m (stoop) and 0.31 m (squat) above the floor.
  const Vec3 grip = grip_point(*person(), Side::Right);
  const auto hand = [&](const char* name) {
    return motion_of(moving(Support::Feet, {{0, name}})).at(0).poses[index(Body::HandRight)] * grip;
  };
  EXPECT_NEAR(hand("stoop_reach").x(), 0.33, 0.05);
  EXPECT_NEAR(hand("stoop_reach").y(), 0.28, 0.05);
  EXPECT_NEAR(hand("squat_reach").x(), 0.33, 0.05);
  EXPECT_NEAR(hand("squat_reach").y(), 0.31, 0.05);
}

/// A standing person who bends.
Scenario bending(double inclination_deg) {
  Scenario scenario = testing::held("standing");
  scenario.motion.keyframes[0].trunk_inclination = inclination_deg * units::deg;
  return scenario;
}

double degrees(const Instant& instant, PostureAngle angle) {
  return instant.angles[index(angle)] / units::deg;
}

TEST(Rhythm, SplitsABendAsMeasured) {
  // Esola 1996: lumbar spine 1.9, 0.9, 0.4 times the hips in the thirds of 90 degrees.
  const LumbopelvicRhythm& rhythm = library().rhythm;
  const Bend third = split_bend(rhythm, HamstringLength::Normal, 30 * units::deg, 1);
  EXPECT_NEAR(third.lumbar / third.pelvis, 1.9, 1e-12);
  const Bend whole = split_bend(rhythm, HamstringLength::Normal, 90 * units::deg, 1);
  EXPECT_NEAR(whole.lumbar / units::deg, 30 * 1.9 / 2.9 + 30 * 0.9 / 1.9 + 30 * 0.4 / 1.4, 1e-9);
  EXPECT_NEAR(whole.lumbar / units::deg, 41.6, 1.5);  // measured
  const Bend full = split_bend(rhythm, HamstringLength::Normal, 111 * units::deg, 1);
  EXPECT_NEAR(full.pelvis / units::deg, 69.4, 1.5);  // measured
  const Bend back = split_bend(rhythm, HamstringLength::Normal, -20 * units::deg, 1);
  EXPECT_NEAR(back.lumbar / back.pelvis, 1.9, 1e-12);
}

TEST(Rhythm, ShortHamstringsBendTheBackInstead) {
  const auto lumbar = [](HamstringLength length) {
    return split_bend(library().rhythm, length, 70 * units::deg, 1).lumbar;
  };
  EXPECT_GT(lumbar(HamstringLength::Short), lumbar(HamstringLength::Normal) + 1 * units::deg);
  EXPECT_LT(lumbar(HamstringLength::Long), lumbar(HamstringLength::Normal) - 1 * units::deg);
}

TEST(Rhythm, AskedInclinationIsThatOfTheThoraxAndBalances) {
  for (const double asked : {-10.0, 15.0, 45.0, 80.0}) {
    const Instant i = motion_of(bending(asked)).at(0);
    const Vec3 up = i.poses[index(Body::Thorax)].R * Vec3(0, 1, 0);
    EXPECT_NEAR(std::atan2(up.x(), up.y()) / units::deg, asked, 1e-9);
    EXPECT_NEAR(i.centre_of_pressure_W.x(), 0.05, 1e-6);
  }
}

TEST(Rhythm, LoadsInTheHandsLeanTheLegsBack) {
  Scenario scenario = bending(30);
  testing::set_override(scenario.motion.keyframes[0], PostureAngle::ShoulderFlexionLeft, 60);
  testing::set_override(scenario.motion.keyframes[0], PostureAngle::ShoulderFlexionRight, 60);
  const Instant empty = motion_of(scenario).at(0);
  scenario.loads = {testing::box(20, 0, 0)};
  const Instant loaded = motion_of(scenario).at(0);
  EXPECT_LT(degrees(loaded, PostureAngle::AnkleDorsiflexionLeft), degrees(empty, PostureAngle::AnkleDorsiflexionLeft));
  EXPECT_NEAR(loaded.centre_of_pressure_W.x(), 0.05, 1e-6);
}

TEST(Rhythm, WhatTheKeyframeSetsItselfIsKept) {
  Scenario scenario = bending(50);
  testing::set_override(scenario.motion.keyframes[0], PostureAngle::LumbarFlexion, 10);
  const Instant i = motion_of(scenario).at(0);
  EXPECT_NEAR(degrees(i, PostureAngle::LumbarFlexion), 10, 1e-12);
  EXPECT_NEAR(degrees(i, PostureAngle::PelvisForwardPitch), 50 - 10 * 100 / 92.0, 1e-9);
  testing::set_override(scenario.motion.keyframes[0], PostureAngle::PelvisForwardPitch, 10);
  EXPECT_THROW((void)motion_of(scenario), InputError);
  Scenario sitting = bending(20);
  sitting.motion.support = Support::Seat;
  EXPECT_THROW((void)motion_of(sitting), InputError);
}

class PostureFolder {
 public:
  explicit PostureFolder(const std::string& content) {
    std::filesystem::create_directories(root_ / "postures");
    std::filesystem::copy(data_directory() / "rhythm.csv", root_);
    std::ofstream(root_ / "postures" / "kneel.toml") << content;
  }
  ~PostureFolder() { std::filesystem::remove_all(root_); }
  PostureFolder(const PostureFolder&) = delete;
  PostureFolder& operator=(const PostureFolder&) = delete;

  [[nodiscard]] std::string problems() const {
    try {
      (void)load_postures(root_);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

 private:
  std::filesystem::path root_ =
      std::filesystem::path(::testing::TempDir()) / ("foramen_postures_" + std::to_string(getpid()));
};

TEST(Postures, EveryMistakeOfAFileIsNamedWithItsPlace) {
  const PostureFolder folder("text = \"t\"\nhip_flexon_deg = 3\nknee_flexion_deg = \"bent\"\n");
  const std::string problems = folder.problems();
  EXPECT_NE(problems.find("kneel.toml:2:"), std::string::npos) << problems;
  EXPECT_NE(problems.find("hip_flexion_deg"), std::string::npos) << problems;
  EXPECT_NE(problems.find("kneel.toml:3:"), std::string::npos) << problems;
  EXPECT_NE(problems.find("source"), std::string::npos) << problems;
}

TEST(Postures, BrokenTomlIsBadInput) {
  EXPECT_NE(PostureFolder("text = ").problems().find("kneel.toml:1"), std::string::npos);
}

TEST(LumbarShares, SumToTheWholeOverTheLumbarSpine) {
  const LumbarShares shares = lumbar_shares({});
  for (const auto* row : {&shares.flexion, &shares.bend, &shares.twist}) {
    EXPECT_NEAR(std::accumulate(row->begin(), row->end(), 0.0), 1, 1e-14);
  }
  EXPECT_NEAR(shares.flexion[index(Level::L4L5)], 26.0 / 92, 1e-15);
  EXPECT_NEAR(shares.flexion_T12L1, 8.0 / 92, 1e-15);
}

TEST(LumbarShares, RefuseWhatCannotBeSplit) {
  SolverOptions options;
  options.lumbar_shares = {8, 13, -1, 23, 26, 14};
  EXPECT_THROW((void)lumbar_shares(options), InputError);
  options.lumbar_shares = {8, 0, 0, 0, 0, 0};
  EXPECT_THROW((void)lumbar_shares(options), InputError);
}

TEST(LumbarShares, LevelsTurnByTheTotalTogether) {
  MovingAngles angles;
  angles[PostureAngle::LumbarFlexion] = {0.6, 0.1, -0.2};
  angles[PostureAngle::LumbarBendRight] = {0.2};
  angles[PostureAngle::LumbarTwistLeft] = {-0.1};
  const TreeMotion tree = turn_joints(angles, lumbar_shares({}));
  JointMotion sum;
  for (int b = index(Body::L5); b <= index(Body::L1); ++b) {
    sum.angle += tree.joints[b].angle;
    sum.rate += tree.joints[b].rate;
    sum.acceleration += tree.joints[b].acceleration;
  }
  EXPECT_LT((sum.angle - Vec3(0.2, -0.1, -0.6)).norm(), 1e-15);
  EXPECT_NEAR(sum.rate.z(), -0.1, 1e-15);
  EXPECT_NEAR(sum.acceleration.z(), 0.2, 1e-15);
}

TEST(PostureKinematics, AnglesMoveTheLimbsTheWayTheirNamesSay) {
  const auto place = [](PostureAngle angle, double value) {
    MovingAngles angles;
    angles[angle] = {value};
    return place_bodies(*person(), turn_joints(angles, lumbar_shares({})));
  };
  const BodyPoses standing = place_bodies(*person(), {});
  const auto moved = [&](PostureAngle angle, Body body) {
    const Vec3& com = person()->segments[index(body)].com_B;
    return Vec3(place(angle, 0.5)[index(body)] * com - standing[index(body)] * com);
  };
  EXPECT_GT(moved(PostureAngle::HipFlexionLeft, Body::ShankLeft).x(), 0.1);
  EXPECT_LT(moved(PostureAngle::KneeFlexionLeft, Body::FootLeft).x(), -0.1);
  EXPECT_GT(moved(PostureAngle::AnkleDorsiflexionLeft, Body::FootLeft).y(), 0);
  EXPECT_GT(moved(PostureAngle::HipAdductionLeft, Body::FootLeft).z(), 0.1);
  EXPECT_LT(moved(PostureAngle::HipAdductionRight, Body::FootRight).z(), -0.1);
  EXPECT_GT(moved(PostureAngle::PelvisForwardPitch, Body::Head).x(), 0.1);
  EXPECT_GT(moved(PostureAngle::LumbarFlexion, Body::Head).x(), 0.1);
  EXPECT_GT(moved(PostureAngle::LumbarBendRight, Body::Head).z(), 0.1);
  EXPECT_GT(moved(PostureAngle::ThoracicFlexion, Body::Head).x(), 0.1);
  EXPECT_GT(moved(PostureAngle::NeckFlexion, Body::Head).x(), 0.01);
  EXPECT_GT(moved(PostureAngle::ShoulderFlexionLeft, Body::HandLeft).x(), 0.1);
  EXPECT_GT(moved(PostureAngle::ElbowFlexionRight, Body::HandRight).x(), 0.1);
  // Twist to the left carries the right shoulder forward.
  EXPECT_GT(moved(PostureAngle::LumbarTwistLeft, Body::UpperArmRight).x(), 0.05);
}

TEST(PostureKinematics, FootStaysFlatWhateverTheLegDoes) {
  MovingAngles angles;
  angles[PostureAngle::KneeFlexionLeft] = {1.2, 0.5, -1};
  angles[PostureAngle::HipFlexionLeft] = {0.9, -0.3, 2};
  angles[PostureAngle::HipAdductionLeft] = {-0.3, 0.2, 0.7};
  angles[PostureAngle::PelvisForwardPitch] = {0.4, 1, -2};
  TreeMotion tree = turn_joints(angles, lumbar_shares({}));
  flatten_foot(angles, Side::Left, tree);
  const BodyMotion foot = move_bodies(*person(), tree)[index(Body::FootLeft)];
  EXPECT_LT((foot.pose.R - Mat3::Identity()).norm(), 1e-14);
  EXPECT_LT(foot.angular_velocity.norm(), 1e-13);
  EXPECT_LT(foot.angular_acceleration.norm(), 1e-12);
}

}  // namespace
}  // namespace foramen
