// What carries the body: floor, seat and bed only push, where they touch.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "sim/motion/contacts.h"
#include "sim/motion/settle.h"
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

TEST(Standing, OneFootAheadTheBaseIsTheHullOfBothSoles) {
  const BaseOfSupport base(kSole, {Vec3(-0.2, 0.07, -0.1), Vec3(0.3, 0.07, 0.1)});
  const Vec3 middle(0.05, 0, 0);
  for (const Vec3& inside :
       {middle, Vec3(0.05 + 0.5 * (0.19 - 0.06), 0, 0), Vec3(0.48, 0, 0.14), Vec3(-0.25, 0, -0.14)})
    EXPECT_EQ(base.outside(inside), 0) << inside.transpose();
  // Beside the front foot nothing stands, though the soles' rectangle holds it.
  for (const Vec3& outside : {Vec3(0.45, 0, -0.1), Vec3(-0.2, 0, 0.14), Vec3(0.5, 0, 0.1)}) {
    EXPECT_GT(base.outside(outside), 0) << outside.transpose();
    EXPECT_LT(base.outside(outside + base.back(outside)), 1e-12) << outside.transpose();
  }
  EXPECT_THROW(BaseOfSupport(kSole, {}), std::invalid_argument);
}

/// A standing body that lacks the wrench of `demand` and nothing in its joints.
std::array<Wrench, kBodyCount> lacking(const Demand& demand) {
  std::array<Wrench, kBodyCount> wrenches{};
  wrenches[0] = {-demand.wrench.force, -demand.moment_about(place_bodies(*person(), {})[0].p)};
  return wrenches;
}

Contact pad(const Vec3& point, double compliance, double friction = 0) {
  Contact contact;
  contact.point_W = point;
  contact.compliance = compliance;
  contact.friction = friction;
  return contact;
}

RestMoments loose() {
  RestMoments rest;
  rest.fill(Vec3::Zero());
  return rest;
}

SupportForces carried(const Demand& demand, const std::vector<Contact>& contacts, Muscles muscles = Muscles::Relaxed) {
  return carry_by_contacts(*person(), place_bodies(*person(), {}), lacking(demand), contacts, muscles, loose());
}

/// What the reactions leave of the demand.
Wrench left(const Demand& demand, const SupportForces& forces) {
  Wrench w = demand.wrench;
  for (const SupportReaction& r : forces.reactions) {
    w.force -= r.force_W;
    w.moment -= (r.point_W - demand.about_W).cross(r.force_W);
  }
  return w;
}

TEST(Contacts, ThreePadsCarryByTheLeverRule) {
  const std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5), pad({0, 0, 0.1}, 5e-5), pad({-0.5, 0, 0}, 1e-4)};
  const Demand demand{{-0.2, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};
  const SupportForces forces = carried(demand, pads);
  EXPECT_NEAR(forces.reactions[0].force_W.y(), 150, 1e-6);
  EXPECT_NEAR(forces.reactions[1].force_W.y(), 150, 1e-6);
  EXPECT_NEAR(forces.reactions[2].force_W.y(), 200, 1e-6);
  EXPECT_EQ(forces.overreach, 0);
}

TEST(Contacts, FourPadsUnderAStiffBodyShareAsSpringsDo) {
  // Height and tilt of a rigid body on four springs along x; the last is softer.
  std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5), pad({0, 0, 0.1}, 5e-5), pad({-0.5, 0, 0}, 1e-4),
                            pad({0.4, 0, 0}, 2e-4)};
  const Demand demand{{-0.1, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};
  const SupportForces forces = carried(demand, pads);
  const auto sink = [&](std::size_t i) { return pads[i].compliance * forces.reactions[i].force_W.y(); };
  const double tilt = (sink(0) - sink(2)) / 0.5;
  EXPECT_NEAR(sink(3), sink(0) + 0.4 * tilt, 1e-9);
  EXPECT_LT(left(demand, forces).force.norm(), 1e-7);
  EXPECT_LT(left(demand, forces).moment.norm(), 1e-7);
}

TEST(Contacts, APadThatWouldHaveToPullLetsGo) {
  std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5), pad({0, 0, 0.1}, 5e-5), pad({-0.5, 0, 0}, 1e-4),
                            pad({0.8, 0, 0}, 1e-4)};
  pads[3].gap = 0.5;
  for (const SupportReaction& r : carried({{-0.2, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}}, pads).reactions)
    EXPECT_LT(r.point_W.x(), 0.5);
}

TEST(Contacts, APadTakesLessTheFartherItIsAndNothingOutOfReach) {
  const auto push = [](double gap) {
    std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5), pad({0, 0, 0.1}, 5e-5), pad({-0.5, 0, 0}, 1e-4),
                              pad({0.4, 0, 0}, 1e-4)};
    pads[3].gap = gap;
    double force = 0;
    for (const SupportReaction& r : carried({{-0.1, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}}, pads).reactions)
      if (r.point_W.x() > 0.3) force = r.force_W.y();
    return force;
  };
  EXPECT_GT(push(0), push(0.003));
  EXPECT_GT(push(0.003), push(0.006));
  EXPECT_EQ(push(kContactReach), 0);
}

TEST(Contacts, FrictionCarriesUpToItsConeAndNoFurther) {
  const std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5, 0.5), pad({0, 0, 0.1}, 5e-5, 0.5), pad({-0.5, 0, 0}, 1e-4)};
  const Demand holds{{-0.1, 0, 0}, {{150, 500, 0}, {0, 0, 0}}}, slips{{-0.1, 0, 0}, {{300, 500, 0}, {0, 0, 0}}};
  const SupportForces held = carried(holds, pads);
  EXPECT_EQ(held.overreach, 0);
  EXPECT_LT(left(holds, held).force.norm(), 1e-7);
  EXPECT_NEAR(held.reactions[2].force_W.x(), 0, 1e-12);
  EXPECT_GT(carried(slips, pads).overreach, 0.01);
}

TEST(Contacts, NoBalanceIsReportedNotHidden) {
  const std::vector<Contact> pads{pad({0, 0, -0.1}, 5e-5), pad({0, 0, 0.1}, 5e-5), pad({-0.5, 0, 0}, 1e-4)};
  const Demand demand{{0.3, 0.1, 0}, {{0, 500, 0}, {0, 0, 0}}};  // beyond the last pad
  const SupportForces forces = carried(demand, pads);
  EXPECT_GT(forces.overreach, 0.05);
  Vec3 moment = Vec3::Zero();
  for (const ExternalForce& f : forces.forces) moment += f.moment_W + (f.point_W - demand.about_W).cross(f.force_W);
  EXPECT_LT(moment.norm(), 1e-9);
}

TEST(Contacts, ARelaxedBodyLeansOnItsStretchedTissues) {
  const Motion motion = motion_of(moving(Support::Bed, {{0, "supine"}}));
  const double rest = 4;  // a rounded spine hangs in its ligaments [N·m]
  const auto flexion_at = [&](double held) {
    const Instant i = motion.at(0, [&](const TreeMotion&, const BodyPoses&, const NetLoads&) {
      std::array<Vec3, kLevelCount> moments;
      moments.fill(Vec3(0, 0, -held));
      return moments;
    });
    EXPECT_LT(i.support_residual, 1e-9);
    const NetLoads net = net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external));
    return -net[static_cast<std::size_t>(index(Level::L3L4))].moment.z();
  };
  EXPECT_LT(std::abs(flexion_at(0)), 0.25 * rest);
  EXPECT_NEAR(flexion_at(rest), rest, 0.25 * rest);
}

TEST(Contacts, ARelaxedBodyLeavesLessInItsJointsThanAHeldOne) {
  const Instant i = motion_of(moving(Support::Bed, {{0, "supine"}})).at(0);
  const auto unsupported = joint_wrenches(*person(), i.tree, {});
  std::vector<Contact> contacts;
  for (const Body body : {Body::Pelvis, Body::Thorax, Body::Head, Body::ShankLeft, Body::ShankRight}) {
    for (const Vec3& point : person()->segments[index(body)].bed_contacts_B) {
      contacts.push_back(pad(i.poses[index(body)] * point, 1e-4));
      contacts.back().body = body;
    }
  }
  const auto worst = [&](Muscles muscles) {
    const SupportForces forces = carry_by_contacts(*person(), i.poses, unsupported, contacts, muscles, loose());
    double moment = 0;
    for (const Wrench& load : net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, forces.forces)))
      moment = std::max(moment, load.moment.norm());
    return moment;
  };
  EXPECT_LT(worst(Muscles::Relaxed), 0.5 * worst(Muscles::Active));
}

TEST(Settle, LowestPointsOnBothSidesOfTheMassComeToRest) {
  const std::vector<Vec3> points{{-1, 0.3, 0}, {0, 0.5, 0}, {1, 0.1, 0}};
  const Rest rest_ = settle(points, {0.2, 0.8, 0});
  EXPECT_TRUE(rest_.stable);
  EXPECT_NEAR(rest_.turn, std::atan2(0.2, 2), 1e-12);
  EXPECT_FALSE(settle(points, {1.5, 0.8, 0}).stable);
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
  EXPECT_NEAR(wrenches[index(Body::ThighLeft)].moment.z(), 0, 2);  // against 42 N·m of the raised leg
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

TEST(Backrest, TheTrunkRestsAsFarAsItLeans) {
  const Motion motion = motion_of(moving(Support::Backrest, {{0, "sitting_upright"}, {2, "sitting_slouched"}}));
  EXPECT_EQ(motion.at(0).trunk_rest, 0);
  EXPECT_GT(motion.at(2).trunk_rest, 0.9);
  double before = 0;
  for (double t = 0; t <= 2; t += 0.02) {
    const double rest = motion.at(t).trunk_rest;
    EXPECT_LT(std::abs(rest - before), 0.3) << t;  // never all at once
    before = rest;
  }
  EXPECT_EQ(motion_of(moving(Support::Seat, {{0, "sitting_slumped"}})).at(0).trunk_rest, 0);
}

TEST(Seat, HipsStayOnTheSeatWhileTheTrunkSlumps) {
  const Motion motion = motion_of(moving(Support::Seat, {{0, "sitting_upright"}, {2, "sitting_slumped"}}));
  const Vec3 hip = motion.at(0).poses[index(Body::ThighLeft)].p;
  for (const double t : {0.5, 1.3, 2.0}) EXPECT_LT((motion.at(t).poses[index(Body::ThighLeft)].p - hip).norm(), 1e-13);
}

}  // namespace
}  // namespace foramen
