// Lifts, carrying and pushing in words: what they become, and what is refused.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/reach.h"
#include "sim/motion/tasks.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::library;
using testing::motion_of;
using testing::person;

Scenario lifting(LiftTechnique technique, double mass = 10) {
  Scenario scenario;
  LiftTask& lift = scenario.lift.emplace();
  lift.technique = technique;
  lift.mass = mass;
  lift.from_height = 0.28;
  lift.to_height = 0.9;
  if (technique == LiftTechnique::Golfers) lift.hands = Hands::Right;
  return scenario;
}

Vec3 grips(const Instant& instant) {
  Vec3 middle = Vec3::Zero();
  for (const Side side : kSides) {
    middle += 0.5 * (instant.poses[index(on_side(Body::HandLeft, side))] * grip_point(*person(), side));
  }
  return middle;
}

double largest_extension_moment(const Scenario& scenario) {
  const Motion motion = motion_of(scenario);
  double largest = 0;
  for (double t = motion.start(); t <= motion.end(); t += 0.02) {
    const Instant i = motion.at(t);
    const NetLoads loads = net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external));
    largest = std::max(largest, -loads[index(Level::L5S1)].moment.z());
  }
  return largest;
}

std::string message_of(const Scenario& scenario) {
  try {
    (void)motion_of(scenario);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Tasks, EveryTechniqueBringsTheHandsWhereTheLoadIsAndGoes) {
  for (int t = 0; t < kTechniqueCount; ++t) {
    const auto technique = static_cast<LiftTechnique>(t);
    const Motion motion = motion_of(lifting(technique));
    const Instant taken = motion.at(motion.loads()[0].from), given = motion.at(motion.end());
    if (technique == LiftTechnique::Golfers) {
      const auto hand = index(Body::HandRight);
      EXPECT_LT((taken.poses[hand] * grip_point(*person(), Side::Right) - Vec3(0.4, 0.28, 0)).norm(), 5e-3);
      continue;
    }
    EXPECT_LT((grips(taken) - Vec3(0.4, 0.28, 0)).norm(), 5e-3) << t;
    EXPECT_LT((grips(given) - Vec3(0.4, 0.9, 0)).norm(), 5e-3) << t;
    EXPECT_EQ(taken.balance_offset, 0) << t;
  }
}

TEST(Tasks, TheLoadGoesStraightAndTheBodyStaysOverItsFeet) {
  for (int technique = 0; technique < kTechniqueCount; ++technique) {
    if (technique > index(LiftTechnique::Freestyle)) break;  // the others: below
    const Motion motion = motion_of(lifting(static_cast<LiftTechnique>(technique)));
    for (double t = motion.loads()[0].from; t <= motion.end(); t += 0.02) {
      const Instant now = motion.at(t);
      EXPECT_NEAR(grips(now).x(), 0.4, 0.03) << technique << " at " << t;
      EXPECT_EQ(now.balance_offset, 0) << technique << " at " << t;
    }
  }
}

TEST(Tasks, OnOneFootOrWithOneInFrontTheBodyStaysNearlyOverItsFeet) {
  for (const LiftTechnique technique : {LiftTechnique::Golfers, LiftTechnique::Lunge}) {
    for (const double mass : {0.0, 5.0, 10.0, 20.0}) {
      Scenario scenario = lifting(technique, mass);
      scenario.lift->then = LiftEnd::PutDown;
      const Motion motion = motion_of(scenario);
      for (double t = motion.start(); t <= motion.end(); t += 0.02)
        EXPECT_LT(motion.at(t).balance_offset, 0.02) << index(technique) << ", " << mass << " kg, at " << t;
    }
  }
}

TEST(Tasks, ALoadAtTheSideTopplesNobodyBeforeTheHandsBearItNorAfter) {
  struct Case {
    LiftTechnique technique;
    double mass, from_height, to_height, reach, asymmetry;
  };
  for (const Case& c :
       {Case{LiftTechnique::Golfers, 20.6, 0.31, 0.72, 0.5, -0.34},
        Case{LiftTechnique::Golfers, 10, 0.54, 0.73, 0.36, -0.79},
        Case{LiftTechnique::SemiSquat, 29, 0.36, 1.01, 0.43, 0}, Case{LiftTechnique::Stoop, 29, 0.35, 0.72, 0.43, 0}}) {
    Scenario scenario = lifting(c.technique, c.mass);
    scenario.lift->hands = Hands::Left;
    scenario.lift->from_height = c.from_height;
    scenario.lift->to_height = c.to_height;
    scenario.lift->reach = c.reach;
    scenario.lift->asymmetry = c.asymmetry;
    scenario.lift->then = LiftEnd::PutDown;
    const Motion motion = motion_of(scenario);
    for (double t = motion.start(); t <= motion.end(); t += 0.01)
      ASSERT_LE(motion.at(t).balance_offset, kBalanceTolerance)
          << index(c.technique) << ", " << c.mass << " kg, at " << t;
  }
}

TEST(Tasks, WhoRaisesALoadFastLeansAgainstTheInertiaAndStaysOverTheFeet) {
  for (const LiftTechnique technique : {LiftTechnique::Stoop, LiftTechnique::Squat, LiftTechnique::SemiSquat,
                                        LiftTechnique::Freestyle, LiftTechnique::Lunge}) {
    Scenario scenario = lifting(technique, 8);
    scenario.lift->from_height = 0.33;
    scenario.lift->to_height = 1.15;
    scenario.lift->pace = Pace::Fast;
    const Motion motion = motion_of(scenario);
    for (double t = motion.start(); t <= motion.end(); t += 0.01)
      ASSERT_LE(motion.at(t).balance_offset, kBalanceTolerance) << index(technique) << " at " << t;
  }
}

TEST(Tasks, ALoadHeldHighBendsTheArmsAndDoesNotLeanTheBodyBack) {
  Scenario scenario = lifting(LiftTechnique::Stoop, 8);
  scenario.lift->to_height = 1.15;
  const Motion motion = motion_of(scenario);
  const Instant held = motion.at(motion.end());
  EXPECT_GT(held.angles[index(PostureAngle::ElbowFlexionLeft)], 60 * units::deg);
  EXPECT_GT(held.angles[index(PostureAngle::PelvisForwardPitch)], -5 * units::deg);
}

TEST(Tasks, TechniquesDifferAsTheirNamesSay) {
  const auto bent = [](LiftTechnique technique, PostureAngle angle) {
    const Motion motion = motion_of(lifting(technique));
    return motion.at(motion.loads()[0].from).angles[index(angle)] / units::deg;
  };
  EXPECT_LT(bent(LiftTechnique::Stoop, PostureAngle::KneeFlexionLeft), 30);
  EXPECT_GT(bent(LiftTechnique::Squat, PostureAngle::KneeFlexionLeft), 80);
  EXPECT_GT(bent(LiftTechnique::Stoop, PostureAngle::LumbarFlexion),
            bent(LiftTechnique::Squat, PostureAngle::LumbarFlexion) + 5);
  EXPECT_GT(bent(LiftTechnique::SemiSquat, PostureAngle::KneeFlexionLeft), 35);
  EXPECT_LT(bent(LiftTechnique::SemiSquat, PostureAngle::KneeFlexionLeft), 80);
  EXPECT_GT(std::abs(bent(LiftTechnique::Lunge, PostureAngle::HipFlexionLeft) -
                     bent(LiftTechnique::Lunge, PostureAngle::HipFlexionRight)),
            10);
}

TEST(Tasks, TheWrittenOutScenarioRunsToTheSameBits) {
  const Scenario scenario = lifting(LiftTechnique::Freestyle);
  const Scenario expanded = expand_tasks(*person(), library(), scenario);
  EXPECT_FALSE(expanded.lift);
  const Scenario read = parse_scenario(write_scenario(expanded), "file.toml");
  const Motion words = motion_of(scenario), written = motion_of(read);
  ASSERT_EQ(words.end(), written.end());
  for (const double t : {0.3, 1.5, 2.2, 3.0}) {
    const Instant a = words.at(t), b = written.at(t);
    EXPECT_EQ(a.angles, b.angles);
    EXPECT_EQ(a.external.back().force_W, b.external.back().force_W);
  }
}

TEST(Tasks, FastLiftsNeedMoreMomentThanSlowOnes) {
  Scenario scenario = lifting(LiftTechnique::Squat, 15);
  double before = 0;
  for (const Pace pace : {Pace::Slow, Pace::Normal, Pace::Fast}) {
    scenario.lift->pace = pace;
    const double moment = largest_extension_moment(scenario);
    EXPECT_GT(moment, 1.02 * before);
    before = moment;
  }
}

TEST(Tasks, HeavierAndFartherNeedMoreMoment) {
  for (const LiftTechnique technique : {LiftTechnique::Stoop, LiftTechnique::Squat, LiftTechnique::Freestyle}) {
    double before = 0;
    for (const double mass : {0.0, 10.0, 20.0, 30.0}) {
      const double moment = largest_extension_moment(lifting(technique, mass));
      EXPECT_GT(moment, before);
      before = moment;
    }
    Scenario far = lifting(technique, 10);
    const double near = largest_extension_moment(far);
    far.lift->reach = 0.6;
    far.lift->to_reach = 0.6;
    EXPECT_GT(largest_extension_moment(far), near + 5);
  }
}

TEST(Tasks, TwoPeopleShareTheLoad) {
  Scenario half = lifting(LiftTechnique::Stoop, 20);
  half.lift->share = 0.5;
  EXPECT_EQ(motion_of(half).loads()[0].mass, 10);
}

TEST(Tasks, ALoadAtTheSideTwistsTheTrunkTowardsIt) {
  Scenario scenario = lifting(LiftTechnique::Squat);
  scenario.lift->asymmetry = 45 * units::deg;
  const Motion right = motion_of(scenario);
  scenario.lift->asymmetry = -45 * units::deg;
  const Motion left = motion_of(scenario);
  const Instant a = right.at(right.loads()[0].from), b = left.at(left.loads()[0].from);
  EXPECT_NEAR(grips(a).z(), 0.4 * std::sin(45 * units::deg), 5e-3);
  EXPECT_LT(a.angles[index(PostureAngle::LumbarTwistLeft)], 0);
  EXPECT_LT(a.angles[index(PostureAngle::ThoracicTwistLeft)], -3 * units::deg);
  for (int i = 0; i < kPostureAngleCount; ++i) {
    const auto angle = static_cast<PostureAngle>(i);
    EXPECT_NEAR(b.angles[index(mirror(angle))], (mirror_changes_sign(angle) ? -1 : 1) * a.angles[i], 1e-3)
        << name(angle);
  }
}

Scenario carrying(CarryPlace where) {
  Scenario scenario;
  CarryTask task;
  task.mass = 15;
  task.where = where;
  scenario.carry = task;
  return scenario;
}

TEST(Tasks, CarryingInFrontAndOnTheBack) {
  EXPECT_NEAR(grips(motion_of(carrying(CarryPlace::Front)).at(0)).x(), 0.32, 5e-3);
  const Instant back = motion_of(carrying(CarryPlace::Back)).at(0);
  EXPECT_EQ(back.external[0].body, Body::Thorax);
  EXPECT_NEAR(back.external[0].force_W.y(), -15 * kGravity, 1e-9);
}

TEST(Tasks, AHandlePressesBackOnHandsThatPush) {
  const Instant pushing = motion_of(parse_scenario("schema = 1\n[push]\nforce_N = 100\n", "push.toml")).at(0);
  EXPECT_NEAR(pushing.external[0].force_W.x() + pushing.external[1].force_W.x(), -100, 1e-9);
  EXPECT_LT(pushing.balance_offset, 0.01);
}

TEST(Tasks, WhatCannotBeDoneIsRefusedWhereItStands) {
  Scenario scenario = lifting(LiftTechnique::Golfers);
  scenario.lift->hands = Hands::Both;
  scenario.lift->place = {"lift.toml", 7, 1};
  EXPECT_EQ(message_of(scenario), "lift.toml:7:1: lift.hands: a golfer's lift takes one hand: left or right");
  scenario = lifting(LiftTechnique::Stoop);
  scenario.lift->reach = 1.2;
  EXPECT_NE(message_of(scenario).find("m are missing"), std::string::npos) << message_of(scenario);
  scenario = lifting(LiftTechnique::Stoop);
  scenario.loads.push_back(testing::box(5, 0, 1));
  EXPECT_NE(message_of(scenario).find("lift: writes its own keyframes"), std::string::npos) << message_of(scenario);
  scenario = lifting(LiftTechnique::Stoop);
  CarryTask carry;
  carry.mass = 3;
  scenario.carry = carry;
  EXPECT_NE(message_of(scenario).find("only one of"), std::string::npos) << message_of(scenario);
}

TEST(Tasks, WhoLiftsFastHurriesWithTheLoadNotToIt) {
  Scenario scenario = lifting(LiftTechnique::Stoop);
  scenario.lift->pace = Pace::Fast;
  std::vector<std::string> warnings;
  const Scenario expanded = expand_tasks(*person(), library(), scenario, &warnings);
  EXPECT_NEAR(expanded.loads[0].from, kLiftSeconds[1], 1e-12);
  // After the load is taken: the lift at its pace and the half second it is held.
  EXPECT_NEAR(expanded.motion.keyframes.back().time - expanded.loads[0].from, 0.25 + kLiftSeconds[2] + 0.5, 1e-12);
  EXPECT_TRUE(warnings.empty());
}

}  // namespace
}  // namespace foramen
