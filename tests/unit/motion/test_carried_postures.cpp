// Every posture of the library on what it says carries it.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/support_models.h"
#include "tests/unit/body/synthetic_body.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::held;
using testing::library;
using testing::motion_of;
using testing::person;
using testing::set_override;

double weight() {
  double mass = 0;
  for (const Segment& s : person()->segments) mass += s.mass;
  return mass * kGravity;
}

Scenario with_its_load(const std::string& posture) {
  Scenario scenario = held(posture);
  if (posture.starts_with("holding")) scenario.loads = {testing::box(20, 0, 0)};
  return scenario;
}

NetLoads loads_at(const Motion& motion, double time) {
  const Instant i = motion.at(time);
  return net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external));
}

double compression(const std::string& posture) {
  return -loads_at(motion_of(held(posture)), 0)[index(Level::L4L5)].force.y();
}

std::string refusal(const Scenario& scenario) {
  try {
    (void)motion_of(scenario);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(CarriedPostures, EachIsInBalanceAndItsReactionsSumToTheWeight) {
  for (const auto& [name, posture] : library()) {
    SCOPED_TRACE(name);
    const Scenario scenario = with_its_load(name);
    const Instant i = motion_of(scenario).at(0);
    EXPECT_EQ(i.balance_offset, 0);
    EXPECT_LT(testing::left_over(i).force.norm(), 1e-6);
    EXPECT_LT(testing::left_over(i).moment.norm(), 1e-6);
    Vec3 sum = Vec3::Zero();
    for (const SupportReaction& r : i.supports) {
      if (r.place != SupportPlace::Thighs && posture.hands_on != HandsOn::Shanks) sum += r.force_W;
      if (posture.hands_on == HandsOn::Shanks && r.place == SupportPlace::Bed) sum += r.force_W;
    }
    const double load = scenario.loads.empty() ? 0 : 20 * kGravity;
    EXPECT_LT((sum - Vec3(0, weight() + load, 0)).norm(), 1e-6);
  }
}

TEST(CarriedPostures, NothingOfTheBodyIsUnderTheFloorAndSomethingTouchesIt) {
  for (const auto& [name, posture] : library()) {
    if (posture.support != Support::Bed && posture.support != Support::HandsAndKnees &&
        posture.support != Support::Forearms)
      continue;
    const Instant i = motion_of(held(name)).at(0);
    double lowest = 1;
    for (int b = 0; b < kBodyCount; ++b) {
      for (const auto* points : {&person()->segments[b].skin_B, &person()->segments[b].bed_contacts_B})
        for (const Vec3& point : *points) lowest = std::min(lowest, (i.poses[b] * point).y());
    }
    EXPECT_GT(lowest, -1e-9) << name;
    EXPECT_LT(lowest, 0.05) << name;
  }
}

TEST(CarriedPostures, BackrestAndArmsTakeLoadOffTheSpine) {
  EXPECT_LT(compression("sitting_backrest_110"), compression("sitting_upright"));
  EXPECT_LT(compression("sitting_backrest_130"), compression("sitting_backrest_110"));
  EXPECT_LT(compression("sitting_lean_on_thighs"), 0.8 * compression("sitting_upright"));
  EXPECT_LT(compression("sitting_lean_on_desk"), compression("sitting_upright"));
  EXPECT_LT(compression("prone"), 60);
  EXPECT_LT(compression("side_lying_curled"), 60);
}

TEST(CarriedPostures, WhatLeansBackPushesAgainstTheBackrest) {
  Vec3 back = Vec3::Zero(), seat = Vec3::Zero();
  for (const SupportReaction& r : motion_of(held("sitting_backrest_110")).at(0).supports) {
    if (r.place == SupportPlace::Backrest) back += r.force_W;
    if (r.place == SupportPlace::Seat) seat += r.force_W;
  }
  // Without friction along the back its push is square to it, and friction on the seat holds the body there.
  EXPECT_GT(back.x(), 50);
  EXPECT_NEAR(back.y() / back.x(), std::tan(20 * units::deg), 1e-9);
  EXPECT_LT(seat.x(), -50);
}

TEST(CarriedPostures, BirdDogStandsOnOneHandAndTheOtherKnee) {
  for (const SupportReaction& r : motion_of(held("bird_dog")).at(0).supports) {
    EXPECT_TRUE(r.body == Body::HandLeft || r.body == Body::ForearmLeft || r.body == Body::ShankRight ||
                r.body == Body::FootRight)
        << name(r.body);
  }
}

TEST(CarriedPostures, MirroredPostureGivesMirroredLoads) {
  const PostureAngles& angles = library().find("bird_dog")->second.angles;
  Scenario image = held("bird_dog");
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const auto angle = static_cast<PostureAngle>(a);
    const double sign = mirror_changes_sign(angle) ? -1 : 1;
    image.motion.keyframes[0].overrides[static_cast<std::size_t>(index(mirror(angle)))] = sign * angles[a];
  }
  const NetLoads one = loads_at(motion_of(held("bird_dog")), 0), other = loads_at(motion_of(image), 0);
  for (int l = 0; l < kLevelCount; ++l) {
    EXPECT_LT((mirrored(one[l].force) - other[l].force).norm(), 1e-5);
    EXPECT_LT((testing::mirrored_turn(one[l].moment) - other[l].moment).norm(), 1e-5);
  }
}

TEST(CarriedPostures, LoadsFollowAMovementWithoutAJumpWhileSupportsComeAndGo) {
  const std::vector<std::pair<const char*, const char*>> moves{{"hands_and_knees", "bird_dog"},
                                                               {"sitting_upright", "sitting_lean_on_thighs"},
                                                               {"supine", "straight_leg_raise"},
                                                               {"sitting_backrest_110", "sitting_upright"},
                                                               {"cat", "camel"},
                                                               {"supine_legs_bent", "bridge"},
                                                               {"rising_off_seat", "standing"}};
  for (const auto& [from, to] : moves) {
    SCOPED_TRACE(from);
    Scenario scenario = held(from);
    scenario.motion.keyframes.push_back(scenario.motion.keyframes[0]);
    scenario.motion.keyframes[1].posture = to;
    scenario.motion.keyframes[1].time = 2;
    const Motion motion = motion_of(scenario);
    const auto largest_step = [&](double step) {
      double largest = 0, before = loads_at(motion, 0.6)[index(Level::L4L5)].moment.z();
      for (double t = 0.6 + step; t <= 1.4; t += step) {
        const double now = loads_at(motion, t)[index(Level::L4L5)].moment.z();
        largest = std::max(largest, std::abs(now - before));
        before = now;
      }
      return largest;
    };
    // A jump would stay as large when the step is quartered; a steep but steady course shrinks with it.
    EXPECT_LT(largest_step(0.002), 0.5 * largest_step(0.008) + 0.05);
  }
}

TEST(CarriedPostures, RisingLeavesTheSeatForTheFeet) {
  Scenario scenario = held("rising_lean");
  scenario.motion.keyframes.push_back(scenario.motion.keyframes[0]);
  scenario.motion.keyframes[1].posture = "standing";
  scenario.motion.keyframes[1].time = 1.5;
  const Motion motion = motion_of(scenario);
  const auto seat = [&](double time) {
    double push = 0;
    for (const SupportReaction& r : motion.at(time).supports) push += r.place == SupportPlace::Seat ? r.force_W.y() : 0;
    return push;
  };
  EXPECT_GT(seat(0), 100);
  EXPECT_EQ(seat(1.2), 0);
  EXPECT_LT((motion.at(0).poses[index(Body::FootLeft)].p - motion.at(1.5).poses[index(Body::FootLeft)].p).norm(), 1e-9);
}

TEST(CarriedPostures, WhatCannotBeHeldIsRefusedWithTheSupportAndTheDistance) {
  Scenario lean = held("standing");
  set_override(lean.motion.keyframes[0], PostureAngle::PelvisForwardPitch, 50);
  set_override(lean.motion.keyframes[0], PostureAngle::HipFlexionLeft, 20);
  set_override(lean.motion.keyframes[0], PostureAngle::HipFlexionRight, 20);
  const std::string message = refusal(lean);
  EXPECT_NE(message.find("'standing' cannot be held on 'feet'"), std::string::npos) << message;
  EXPECT_NE(message.find(" cm"), std::string::npos) << message;
  Scenario ice = held("sitting_backrest_130");
  ice.motion.friction = 0.01;
  EXPECT_NE(refusal(ice).find("slip"), std::string::npos);
}

TEST(CarriedPostures, ALyingPostureCannotStand) {
  Scenario scenario = held("prone");
  scenario.motion.support = Support::Feet;
  EXPECT_NE(refusal(scenario).find("'prone' is prone: it cannot be carried by 'feet'"), std::string::npos)
      << refusal(scenario);
  Scenario over = held("prone");
  over.motion.keyframes.push_back(over.motion.keyframes[0]);
  over.motion.keyframes[1].posture = "supine";
  over.motion.keyframes[1].time = 1;
  EXPECT_NE(refusal(over).find("turning over is not modelled"), std::string::npos);
}

TEST(Carried, ALowBackrestHoldsOnlyWhatIsBelowItsEdge) {
  const auto thorax = [](const Scenario& scenario) {
    double force = 0;
    for (const SupportReaction& r : motion_of(scenario).at(0).supports)
      if (r.place == SupportPlace::Backrest && r.body != Body::Pelvis) force += r.force_W.norm();
    return force;
  };
  Scenario seat = held("sitting_backrest_110");
  EXPECT_GT(thorax(seat), 50);
  seat.motion.backrest_height = 1.2;  // over the head
  EXPECT_NEAR(thorax(seat), thorax(held("sitting_backrest_110")), 1e-6);
  seat.motion.backrest_height = 0.1;
  try {
    EXPECT_LT(thorax(seat), 1);
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("backrest_height_m"), std::string::npos);
  }
}

}  // namespace
}  // namespace foramen
