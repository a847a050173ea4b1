// What carries the body: floor, seat and bed only push, where they touch.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "sim/motion/support.h"
#include "tests/unit/body/synthetic_body.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::leg_raise;
using testing::motion_of;
using testing::moving;
using testing::person;

double weight() {
  double mass = 0;
  for (const Segment& s : person()->segments) mass += s.mass;
  return mass * kGravity;
}

const std::array<Vec3, 2> kAnkles{Vec3(0, 0.07, -0.1), Vec3(0, 0.07, 0.1)};
const Sole kSole{-0.06, 0.19, 0.05, -0.07};

TEST(Standing, CentreOfPressureIsWhereTheDemandNeedsNoTipping) {
  const Demand demand{{0.1, 0.9, 0.02}, {{30, 700, -20}, {5, 4, -12}}};
  const Vec3 centre = centre_of_pressure(demand, 0);
  const Vec3 moment = demand.moment_about(centre);
  EXPECT_NEAR(moment.x(), 0, 1e-10);
  EXPECT_NEAR(moment.z(), 0, 1e-10);
  EXPECT_EQ(centre.y(), 0);
}

TEST(Standing, FeetShareByTheLateralPlaceOfTheLoad) {
  const Demand demand{{0.05, 0.9, 0.05}, {{0, 800, 0}, {0, 0, 0}}};
  const SupportForces carried = stand(demand, {Side::Left, Side::Right}, kAnkles, kSole);
  EXPECT_NEAR(carried.forces[0].force_W.y(), 200, 1e-10);
  EXPECT_NEAR(carried.forces[1].force_W.y(), 600, 1e-10);
  EXPECT_EQ(carried.overreach, 0);
}

TEST(Standing, BeyondTheToesIsOutOfBalanceByThatMuch) {
  const Demand demand{{0.25, 0.9, 0}, {{0, 800, 0}, {0, 0, 0}}};
  EXPECT_NEAR(stand(demand, {Side::Left, Side::Right}, kAnkles, kSole).overreach, 0.06, 1e-12);
  const Demand sideways{{0.05, 0.9, 0.19}, {{0, 800, 0}, {0, 0, 0}}};
  const SupportForces carried = stand(sideways, {Side::Left, Side::Right}, kAnkles, kSole);
  EXPECT_NEAR(carried.overreach, 0.04, 1e-12);
  EXPECT_NEAR(carried.forces[0].force_W.y(), 0, 1e-10);
  EXPECT_NEAR(carried.forces[1].point_W.z(), 0.19, 1e-12);
}

TEST(Pads, ThreePadsCarryByTheLeverRule) {
  const std::vector<Pad> pads{
      {Body::Pelvis, {0, 0, -0.1}, 2e4, 0}, {Body::Pelvis, {0, 0, 0.1}, 2e4, 0}, {Body::Thorax, {-0.5, 0, 0}, 1e4, 0}};
  const Demand demand{{-0.2, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};
  const SupportForces carried = rest_on_pads(demand, pads, {});
  EXPECT_NEAR(carried.forces[0].force_W.y(), 150, 1e-6);
  EXPECT_NEAR(carried.forces[1].force_W.y(), 150, 1e-6);
  EXPECT_NEAR(carried.forces[2].force_W.y(), 200, 1e-6);
  EXPECT_EQ(carried.overreach, 0);
}

TEST(Pads, APadThatWouldHaveToPullLetsGo) {
  const std::vector<Pad> pads{{Body::Pelvis, {0, 0, -0.1}, 2e4, 0},
                              {Body::Pelvis, {0, 0, 0.1}, 2e4, 0},
                              {Body::Thorax, {-0.5, 0, 0}, 1e4, 0},
                              {Body::FootLeft, {0.8, 0, 0}, 1e4, 0.5}};  // half a metre up
  const Demand demand{{-0.2, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};
  EXPECT_EQ(rest_on_pads(demand, pads, {}).forces[3].force_W.norm(), 0);
}

TEST(Pads, NoBalanceIsReportedNotHidden) {
  const std::vector<Pad> pads{
      {Body::Pelvis, {0, 0, -0.1}, 2e4, 0}, {Body::Pelvis, {0, 0, 0.1}, 2e4, 0}, {Body::Thorax, {-0.5, 0, 0}, 1e4, 0}};
  const Demand demand{{0.3, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};  // beyond the last pad
  const SupportForces carried = rest_on_pads(demand, pads, {});
  EXPECT_GT(carried.overreach, 0.05);
  Vec3 moment = Vec3::Zero();
  for (const ExternalForce& f : carried.forces) moment += f.moment_W + (f.point_W - demand.about_W).cross(f.force_W);
  EXPECT_LT(moment.norm(), 1e-9);
}

TEST(Bed, OnlyPushes) {
  const Motion motion = motion_of(leg_raise());
  for (double t = 0; t <= 3; t += 0.1) {
    const Instant instant = motion.at(t);
    EXPECT_EQ(instant.balance_offset, 0);
    for (const ExternalForce& force : instant.external) EXPECT_GE(force.force_W.y(), -1e-6);  // the solver's rest
  }
}

TEST(Bed, ARestingBodyCarriesNextToNothingInItsBack) {
  const Instant i = motion_of(moving(Support::Bed, {{0, "supine"}})).at(0);
  double push = 0;
  for (const ExternalForce& force : i.external) push += force.force_W.y();
  EXPECT_NEAR(push, weight(), 1e-6);
  for (const Wrench& load : net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external))) {
    EXPECT_LT(load.moment.norm(), 5);  // against 120 N·m bent over
    EXPECT_LT(load.force.norm(), 80);
  }
  EXPECT_GT(i.poses[index(Body::FootLeft)].p.x(), i.poses[index(Body::Head)].p.x());
  EXPECT_GT((i.poses[index(Body::Thorax)].R * Vec3(1, 0, 0)).y(), 0.9);  // face up
}

TEST(Bed, TheExaminerCarriesTheRaisedLeg) {
  const Instant i = motion_of(leg_raise()).at(2.5);
  const auto wrenches = joint_wrenches(*person(), i.tree, i.external);
  EXPECT_NEAR(wrenches[index(Body::ThighLeft)].moment.z(), 0, 1e-6);
  double held = 0;
  for (const ExternalForce& force : i.external) {
    if (force.body == Body::FootLeft) held += force.force_W.y();
    if (force.body == Body::ThighLeft || force.body == Body::ShankLeft) {
      EXPECT_EQ(force.force_W.norm(), 0);
    }
  }
  EXPECT_GT(held, 20);
  EXPECT_LT(held, 80);
}

TEST(Bed, RaisingTheOtherLegMirrorsTheLoads) {
  Scenario right = moving(Support::Bed, {{0, "supine"}, {2, "supine"}});
  testing::set_override(right.motion.keyframes[1], PostureAngle::HipFlexionRight, 70);
  const Motion left_motion = motion_of(leg_raise()), right_motion = motion_of(right);
  for (const double t : {0.4, 1.0, 1.9}) {
    const Instant a = left_motion.at(t), b = right_motion.at(t);
    const NetLoads left = net_loads(*person(), a.poses, joint_wrenches(*person(), a.tree, a.external));
    const NetLoads mirror = net_loads(*person(), b.poses, joint_wrenches(*person(), b.tree, b.external));
    for (int l = 0; l < kLevelCount; ++l) {
      EXPECT_LT((mirrored(left[l].force) - mirror[l].force).norm(), 1e-6);
      EXPECT_LT((testing::mirrored_turn(left[l].moment) - mirror[l].moment).norm(), 1e-6);
    }
  }
}

TEST(Seat, SittingBonesThighsAndFeetShareTheWeight) {
  const Instant i = motion_of(moving(Support::Seat, {{0, "sitting_upright"}})).at(0);
  EXPECT_EQ(i.balance_offset, 0);
  double pelvis = 0, thighs = 0, feet = 0;
  for (const ExternalForce& f : i.external) {
    EXPECT_GE(f.force_W.y(), -1e-6);
    if (f.body == Body::Pelvis) pelvis += f.force_W.y();
    if (f.body == Body::ThighLeft || f.body == Body::ThighRight) thighs += f.force_W.y();
    if (f.body == Body::FootLeft || f.body == Body::FootRight) feet += f.force_W.y();
  }
  EXPECT_NEAR(pelvis + thighs + feet, weight(), 1e-6);
  EXPECT_GT(pelvis, 0.4 * weight());
  EXPECT_GT(feet, 0.05 * weight());
  EXPECT_LT(feet, 0.3 * weight());
  const Vec3 left = i.poses[index(Body::FootLeft)].p, right = i.poses[index(Body::FootRight)].p;
  EXPECT_NEAR(left.x() + right.x(), 0, 1e-12);
}

TEST(Seat, HipsStayOnTheSeatWhileTheTrunkSlumps) {
  const Motion motion = motion_of(moving(Support::Seat, {{0, "sitting_upright"}, {2, "sitting_slumped"}}));
  const Vec3 hip = motion.at(0).poses[index(Body::ThighLeft)].p;
  for (const double t : {0.5, 1.3, 2.0}) EXPECT_LT((motion.at(t).poses[index(Body::ThighLeft)].p - hip).norm(), 1e-13);
}

}  // namespace
}  // namespace foramen
