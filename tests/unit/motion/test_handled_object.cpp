// A box as a rigid body: it stands until it is lifted, weighs what it weighs, and is set down again.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/handled_object.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::motion_of;
using testing::person;

Scenario rigid_lift(LiftEnd then = LiftEnd::PutDown) {
  Scenario scenario;
  LiftTask& lift = scenario.lift.emplace();
  lift.technique = LiftTechnique::SemiSquat;
  lift.mass = 12;
  lift.from_height = 0.3;
  lift.to_height = 0.9;
  lift.object = LoadBody::Rigid;
  lift.then = then;
  return scenario;
}

/// What the hands bear, upwards [N].
double borne(const Motion& motion, double time) {
  double force = 0;
  for (const ExternalForce& e : motion.at(time).external) {
    if (e.body == Body::HandLeft || e.body == Body::HandRight) force -= e.force_W.y();
  }
  return force;
}

HandledObject object_of(const Motion& motion) {
  const auto bodies_at = [&](double time) { return move_bodies(*person(), motion.at(time).tree); };
  return {*person(), motion.loads()[0], motion.start(), motion.end(), bodies_at, "load.0.object"};
}

TEST(HandledObject, StandsUntilItIsLiftedAndStandsAgain) {
  const Motion motion = motion_of(rigid_lift());
  const HandledObject box = object_of(motion);
  const HandLoad& load = motion.loads()[0];
  const double stands = box.centre(0).y();
  for (double t = 0; t < load.from + load.grip; t += 0.01) EXPECT_NEAR(box.centre(t).y(), stands, 2e-3) << t;
  EXPECT_NEAR(box.centre(load.to).y(), stands + 0.6, 0.02);
  EXPECT_NEAR(box.centre(motion.end()).y(), box.centre(load.to).y(), 5e-3);
  EXPECT_LT(std::abs(borne(motion, load.from - 0.05)), 1e-9);
  EXPECT_LT(std::abs(borne(motion, motion.end())), 1e-9);
}

TEST(HandledObject, HandsGiveTheBoxItsMomentum) {
  const Motion motion = motion_of(rigid_lift(LiftEnd::Hold));
  const HandLoad& load = motion.loads()[0];
  // Once it hangs still, the hands bear its weight.
  EXPECT_NEAR(borne(motion, motion.end()), 12 * kGravity, 0.02 * 12 * kGravity);
  // From lift-off to rest the mean force is the weight.
  double impulse = 0, largest = 0;
  const double begin = load.from + load.grip + 0.2, end = motion.end();
  for (double t = begin; t < end; t += 1e-3) {
    impulse += 1e-3 * borne(motion, t);
    largest = std::max(largest, borne(motion, t));
  }
  EXPECT_NEAR(impulse / (end - begin), 12 * kGravity, 0.06 * 12 * kGravity);
  EXPECT_GT(largest, 1.05 * 12 * kGravity);
}

TEST(HandledObject, ForcesHaveNoJumpsAndTheSameBits) {
  const Motion motion = motion_of(rigid_lift(LiftEnd::Hold)), again = motion_of(rigid_lift(LiftEnd::Hold));
  double before = borne(motion, 0);
  for (double t = 0.002; t < motion.end(); t += 0.002) {
    const double now = borne(motion, t);
    EXPECT_LT(std::abs(now - before), 25) << t;
    EXPECT_EQ(now, borne(again, t));
    before = now;
  }
}

TEST(HandledObject, OnlyABoxInBothHandsThatFitsAboveTheFloor) {
  Scenario scenario = rigid_lift();
  scenario.lift->kind = LoadKind::Bag;
  EXPECT_THROW((void)motion_of(scenario), InputError);
  scenario = rigid_lift();
  scenario.lift->from_height = 0.1;
  EXPECT_THROW((void)motion_of(scenario), InputError);
}

}  // namespace
}  // namespace foramen
