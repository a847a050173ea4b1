#include "sample_segment.h"
#include "sim/base/units.h"
#include "sim/tissue/facet.h"
#include "sim/tissue/ligament.h"
#include "sim/tissue/segment.h"

namespace foramen {
namespace {

Vec6 load_of(double flexion, double compression) {
  Vec6 load = Vec6::Zero();
  load[2] = -flexion;
  load[4] = -compression;
  return load;
}

TEST(Facet, ForceIsTheDerivativeOfEnergyAndStiffnessOfForce) {
  for (const Vec6& q : everyday_displacements())
    expect_consistent([&](const Vec6& x) { return evaluate_facet(l4l5().facets[0], x); }, q, 1e-5);
}

TEST(Facet, ExtensionAndRotationLoadItFlexionDoesNot) {
  Vec6 turned = Vec6::Zero();
  turned[2] = 0.07;
  EXPECT_GT(evaluate_facet(l4l5().facets[0], turned).force, 10);
  turned[2] = -0.07;
  EXPECT_LT(evaluate_facet(l4l5().facets[0], turned).force, 1e-3);
  turned.setZero();
  turned[1] = 0.04;
  const double left = evaluate_facet(l4l5().facets[0], turned).force,
               right = evaluate_facet(l4l5().facets[1], turned).force;
  EXPECT_GT(std::max(left, right), 10);
  EXPECT_LT(std::min(left, right), 1e-3);
}

TEST(Facet, ABrokenArchCarriesNothing) {
  FacetGeometry facet = l4l5().facets[0];
  facet.carries = false;
  Vec6 turned = Vec6::Zero();
  turned[2] = 0.1;
  EXPECT_EQ(evaluate_facet(facet, turned).force, 0);
}

TEST(Ligament, ForceIsTheDerivativeOfEnergyAndStiffnessOfForce) {
  for (const Vec6& q : everyday_displacements())
    expect_consistent([&](const Vec6& x) { return evaluate_ligaments(l4l5().ligaments, x); }, q, 1e-5);
}

TEST(Ligament, PullsOnlyAndStartsGently) {
  EXPECT_EQ(fibre_tension(-0.1, 0.1, 100).tension, 0);
  EXPECT_NEAR(fibre_tension(0.1 - 1e-9, 0.1, 100).tension, fibre_tension(0.1 + 1e-9, 0.1, 100).tension, 1e-6);
  EXPECT_NEAR(fibre_tension(0.1 - 1e-9, 0.1, 100).slope, fibre_tension(0.1 + 1e-9, 0.1, 100).slope, 1e-5);
  EXPECT_NEAR(fibre_tension(0.2, 0.1, 100).slope, 100, 1e-9);
}

TEST(Ligament, FlexionStretchesThoseBehindAndThinsTheFlavum) {
  const SegmentLaw law(l4l5());
  Vec6 flexed = Vec6::Zero();
  flexed[2] = -0.1;
  EXPECT_LT(law.evaluate(flexed).flavum_thickness, law.evaluate(-flexed).flavum_thickness);
  const auto tension = evaluate_ligaments(l4l5().ligaments, flexed).tension;
  EXPECT_GT(tension[static_cast<std::size_t>(Ligament::SSL)], 10);
  EXPECT_EQ(tension[static_cast<std::size_t>(Ligament::ALL)], 0);
}

/// Pressed with 500 N in standing.
SegmentLaw standing_law(const MotionSegment& segment) {
  MotionSegment unbridged = segment;
  unbridged.fused = false;
  const SegmentLaw law(unbridged);
  const SegmentSolution balance = solve_segment(law, Vec6::Zero());
  return SegmentLaw(segment).with_reference(solve_translation(law, balance, Vec3(0, -500, 0)));
}

TEST(Segment, ForceIsTheDerivativeOfEnergyAndStiffnessOfForce) {
  MotionSegment fused = l4l5();
  fused.fused = true;
  for (const MotionSegment& segment : {l4l5(), fused}) {
    const SegmentLaw law = standing_law(segment);
    for (const Vec6& q : everyday_displacements())
      expect_consistent([&](const Vec6& x) { return law.evaluate(x); }, q, 1e-5);
  }
}

TEST(Segment, CarriesTheStandingLoadAtItsReference) {
  const SegmentLaw unloaded(l4l5());
  const SegmentSolution balance = solve_segment(unloaded, Vec6::Zero());
  const SegmentSolution standing = solve_translation(unloaded, balance, Vec3(0, -500, 0));
  ASSERT_TRUE(standing.convergence.converged);
  const SegmentLaw law = unloaded.with_reference(standing);
  EXPECT_LT((law.evaluate(Vec6::Zero()).gradient.tail<3>() - Vec3(0, -500, 0)).norm(), 1e-4);
  EXPECT_EQ(law.reference().head<3>(), balance.q.head<3>());
  EXPECT_LT(law.reference()[4], -0.2e-3);
  EXPECT_NEAR(law.evaluate(Vec6::Zero()).flavum_thickness, l4l5().flavum_thickness, 1e-12);
}

TEST(Segment, UnloadedItRestsWhereItIsLeft) {
  const SegmentSolution rest = solve_segment(SegmentLaw(l4l5()), Vec6::Zero());
  ASSERT_TRUE(rest.convergence.converged);
  EXPECT_LT(rest.state.gradient.tail<3>().norm(), 1e-5);
  EXPECT_LT(rest.q.tail<3>().norm(), 1e-3);
}

TEST(Segment, SolvesLargeLoadsFromRest) {
  for (const double flexion : {-10.0, 60.0}) {
    const SegmentSolution s = solve_segment(SegmentLaw(l4l5()), load_of(flexion, 2000));
    ASSERT_TRUE(s.convergence.converged) << flexion << s.convergence.reason;
    EXPECT_LT((s.state.gradient - load_of(flexion, 2000)).norm(), 1e-4);
  }
}

TEST(Segment, AFinerDiscMovesTheSameUnderTheUsualLoads) {
  struct Case {
    Vec6 load;
    int axis;
  };
  std::vector<Case> cases{{load_of(0, 1000), 4}, {load_of(7.5, 0), 2}, {load_of(-7.5, 0), 2}, {load_of(0, 1000), 3}};
  cases[3].load[3] = 300;  // anterior shear
  for (const int axis : {0, 1}) {
    cases.push_back({Vec6::Zero(), axis});
    cases.back().load[axis] = 7.5;
  }
  const auto movement = [](const SegmentLaw& law, const Case& c) {
    return solve_segment(law, c.load).q[c.axis] - solve_segment(law, Vec6::Zero()).q[c.axis];
  };
  const SegmentLaw coarse(l4l5()), fine(l4l5(), {40, 4, 5});
  for (const Case& c : cases) {
    const double moved = movement(coarse, c);
    EXPECT_NEAR(movement(fine, c), moved, 0.02 * std::abs(moved)) << c.load.transpose();
  }
}

TEST(Segment, MirrorsItself) {
  Vec6 load = load_of(4, 400);
  load[0] = 3;
  load[1] = -2;
  load[5] = 50;
  const SegmentSolution a = solve_segment(SegmentLaw(l4l5()), load),
                        b = solve_segment(SegmentLaw(l4l5()), mirror_of(load));
  EXPECT_LT((mirror_of(a.q) - b.q).norm(), 1e-9);
  EXPECT_NEAR(a.state.facet_force[0], b.state.facet_force[1], 1e-4);
}

TEST(Segment, EachStructureTakenAwayLetsItBendFarther) {
  const auto bend = [](const MotionSegment& segment) {
    return -solve_segment(SegmentLaw(segment), load_of(7.5, 0)).q[2];
  };
  MotionSegment segment = l4l5();
  double before = bend(segment);
  for (const Ligament taken : {Ligament::SSL, Ligament::ISL, Ligament::LF, Ligament::CL}) {
    std::erase_if(segment.ligaments, [&](const LigamentFibre& f) { return f.ligament == taken; });
    const double now = bend(segment);
    EXPECT_GT(now, before) << kLigamentNames[static_cast<std::size_t>(taken)];
    before = now;
  }
}

TEST(Segment, AFusedLevelHardlyMoves) {
  MotionSegment fused = l4l5();
  fused.fused = true;
  const auto range = [](const MotionSegment& segment) {
    const SegmentLaw law(segment);
    return solve_segment(law, load_of(-7.5, 0)).q[2] - solve_segment(law, load_of(7.5, 0)).q[2];
  };
  EXPECT_LT(range(fused), 0.2 * range(l4l5()));
}

TEST(Segment, LostNucleusKeepsTheReference) {
  const SegmentLaw law = standing_law(l4l5()), dry = law.with_nucleus(0.95);
  EXPECT_EQ(law.reference(), dry.reference());
  const Vec3 force(0, -500, 0);
  SegmentSolution start;
  start.state = dry.evaluate(start.q, &start.shape);
  EXPECT_LT(solve_translation(dry, start, force).q[4], -0.05e-3);
}

}  // namespace
}  // namespace foramen
