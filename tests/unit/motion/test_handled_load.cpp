// Loads in the hands: taken over and given back in time, with weight and inertia, at the place asked for.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/reach.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::box;
using testing::motion_of;
using testing::moving;
using testing::person;
using testing::stoop_lift;

TEST(HandledLoad, MassIsTakenOverAndGivenBackWithinTheGrip) {
  HandLoad load = box(15, 1.0, 3.0);
  EXPECT_EQ(carried_mass(load, 0, 4, 0.99), 0);
  EXPECT_EQ(carried_mass(load, 0, 4, 1.0), 0);
  EXPECT_NEAR(carried_mass(load, 0, 4, 1.125), 7.5, 1e-12);
  EXPECT_EQ(carried_mass(load, 0, 4, 1.25), 15);
  EXPECT_EQ(carried_mass(load, 0, 4, 2.74), 15);
  EXPECT_NEAR(carried_mass(load, 0, 4, 2.875), 7.5, 1e-12);
  EXPECT_EQ(carried_mass(load, 0, 4, 3.01), 0);
}

TEST(HandledLoad, ImpulseIsThatOfTheMassHeldBetweenTheMiddlesOfTheGrips) {
  const HandLoad load = box(15, 1.0, 3.0);
  double sum = 0;
  const double h = 1e-4;
  for (double t = 0.5 * h; t < 4; t += h) sum += h * carried_mass(load, 0, 4, t);
  EXPECT_NEAR(sum, 15 * (3.0 - 1.0 - 0.25), 1e-4);
}

TEST(HandledLoad, ALoadThereFromTheStartOrToTheEndIsNotRamped) {
  EXPECT_EQ(carried_mass(box(15, 0, 2), 0, 4, 0), 15);
  EXPECT_EQ(carried_mass(box(15, 1, 4), 0, 4, 4), 15);
  EXPECT_EQ(carried_mass(box(15, 0, 0), 0, 0, 0), 15);                         // a static run
  EXPECT_EQ(carried_mass(box(15, 1, 4), 0, 4, std::nextafter(4.0, 5.0)), 15);  // the last frame, rounded up
  EXPECT_EQ(carried_mass(box(15, 0, 2), 0, 4, 3), 0);
}

TEST(HandledLoad, HandsFeelWeightAndInertiaOfTheMovingBox) {
  const Motion motion = motion_of(stoop_lift());
  const double t = 1.8, h = 1e-4;
  const auto middle = [&](double time) {
    const Instant i = motion.at(time);
    return Vec3(0.5 * (i.poses[index(Body::HandLeft)] * grip_point(*person(), Side::Left) +
                       i.poses[index(Body::HandRight)] * grip_point(*person(), Side::Right)));
  };
  const Vec3 acceleration = (middle(t + h) - 2 * middle(t) + middle(t - h)) / (h * h);
  Vec3 force = Vec3::Zero();
  for (const ExternalForce& e : motion.at(t).external) {
    if (e.body == Body::HandLeft || e.body == Body::HandRight) force += e.force_W;
  }
  EXPECT_EQ(motion.at(t).hand_load_mass, 15);
  EXPECT_GT(acceleration.norm(), 0.5);
  EXPECT_LT((force - 15 * (Vec3(0, -kGravity, 0) - acceleration)).norm(), 1e-3);
}

TEST(HandledLoad, OneHandCarriesAllAndBendsTheTrunk) {
  Scenario scenario = moving(Support::Feet, {{0, "standing"}});
  scenario.loads = {box(10, 0, 0)};
  scenario.loads[0].kind = LoadKind::Bag;
  scenario.loads[0].hands = Hands::Right;
  const Instant i = motion_of(scenario).at(0);
  const NetLoads loads = net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external));
  const double arm = (i.poses[index(Body::HandRight)] * grip_point(*person(), Side::Right)).z();
  EXPECT_NEAR(loads[index(Level::L3L4)].moment.x(), 10 * kGravity * arm, 1.0);  // right bend
  EXPECT_GT(i.centre_of_pressure_W.z(), 0.01);
}

TEST(HandledLoad, ABoxPullsLevelAtBothGrips) {
  const Instant i = motion_of(moving(Support::Feet, {{0, "standing_hold"}})).at(0);
  Scenario scenario = moving(Support::Feet, {{0, "standing_hold"}});
  scenario.loads = {box(10, 0, 0)};
  const Instant loaded = motion_of(scenario).at(0);
  ASSERT_EQ(loaded.external.size(), i.external.size() + 2);
  EXPECT_LT((loaded.external[0].force_W - Vec3(0, -5 * kGravity, 0)).norm(), 1e-12);
  EXPECT_LT(loaded.external[0].moment_W.norm(), 1e-12);
}

TEST(Reach, HandsAreWhereTheLoadIsWhenTheyTakeIt) {
  Scenario scenario = stoop_lift();
  scenario.loads[0].at = Vec3(0.40, 0.32, 0.05);
  const Instant i = motion_of(scenario).at(1.2);
  const Vec3 left = i.poses[index(Body::HandLeft)] * grip_point(*person(), Side::Left);
  const Vec3 right = i.poses[index(Body::HandRight)] * grip_point(*person(), Side::Right);
  EXPECT_LT((0.5 * (left + right) - *scenario.loads[0].at).norm(), 1e-6);
}

TEST(Reach, OneHandReachesToTheSide) {
  Scenario scenario = stoop_lift();
  scenario.loads[0].hands = Hands::Right;
  scenario.loads[0].at = Vec3(0.25, 0.40, 0.35);
  const Instant i = motion_of(scenario).at(1.2);
  EXPECT_LT((i.poses[index(Body::HandRight)] * grip_point(*person(), Side::Right) - *scenario.loads[0].at).norm(),
            1e-6);
}

TEST(Reach, OutOfReachSaysByHowMuch) {
  Scenario scenario = stoop_lift();
  scenario.loads[0].at = Vec3(1.2, 0.3, 0);
  try {
    (void)motion_of(scenario);
    FAIL() << "1.2 m in front of the ankles is out of reach";
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems()[0].key, "load.0.at_m");
    EXPECT_NE(std::string(error.what()).find("beyond the outstretched arms"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace foramen
