#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sim/nerve/cable.h"
#include "sim/tissue/root_material.h"

namespace foramen {
namespace {

constexpr double kRadius = 2.8e-3;

/// A straight cable along x, 70 mm long, at rest.
Cable straight_cable(std::size_t nodes) {
  Cable cable;
  const double ds = 0.07 / static_cast<double>(nodes - 1);
  for (std::size_t i = 0; i < nodes; ++i) {
    cable.course.emplace_back(static_cast<double>(i) * ds, 0, 0);
    cable.tangent.emplace_back(1, 0, 0);
    cable.tributary.push_back(i == 0 || i + 1 == nodes ? 0.5 * ds : ds);
  }
  cable.rest.assign(nodes - 1, ds);
  cable.bed_across.assign(nodes, 2e3);
  cable.bed_along.assign(nodes, 1e2);
  cable.traction_tie.assign(nodes, 0.0);
  cable.bending_stiffness = 5e-6;
  cable.sac_tie = 2e3;
  cable.sac_anchor = cable.course.front();
  cable.tracts[0] = {1, 0.9, -1};
  return cable;
}

/// A rigid cylinder along z below the cable: radius R, its top `height` above the cable's axis.
ContactField cylinder(const Cable& cable, double R, double height) {
  return [&cable, R, height](std::size_t i, const Vec3& p, bool, NodeContact& touch) {
    const Vec3 centre(0.035, height - R, 0);
    Vec3 out = p - centre;
    out.z() = 0;
    const double rho = out.norm();
    const Vec3 n = out / rho;
    const EnergyLaw law = root_contact(rho - R, kRadius);
    touch.energy = cable.tributary[i] * law.energy;
    touch.gradient = -cable.tributary[i] * law.force * n;
    const Mat3 around = (Mat3::Identity() - n * n.transpose() - Vec3::UnitZ() * Vec3::UnitZ().transpose()) / rho;
    touch.hessian = cable.tributary[i] * (law.stiffness * n * n.transpose() - law.force * around);
    return true;
  };
}

ContactField nothing() {
  return [](std::size_t, const Vec3&, bool, NodeContact&) { return false; };
}

double peak_load(const Cable& cable, const CableState& state, double R, double height) {
  double peak = 0;
  for (std::size_t i = 0; i < state.position.size(); ++i) {
    const Vec3 out = state.position[i] - Vec3(0.035, height - R, 0);
    peak = std::max(peak, root_contact(std::hypot(out.x(), out.y()) - R, kRadius).force);
  }
  (void)cable;
  return peak;
}

TEST(Cable, GradientIsTheDerivativeOfTheEnergy) {
  const Cable cable = [] {
    Cable c = straight_cable(20);
    c.distal_pull = 0.3;
    c.tracts[0].stretch = 0.02;
    c.intradural = {1, 0.1, 0.003};
    c.sac_way.assign(12, Vec3::UnitZ());
    c.sac_beside.assign(12, 0.7);
    c.sac_pressure = 3e5;
    return c;
  }();
  const ContactField field = cylinder(cable, 8e-3, 1e-3);
  std::mt19937 random(1);
  std::normal_distribution<double> noise(0, 0.3e-3);
  std::vector<Vec3> x = cable.course;
  for (Vec3& p : x) p += Vec3(noise(random), noise(random), noise(random));
  std::vector<Vec3> gradient;
  (void)cable_energy(cable, field, x, &gradient);
  const double h = 1e-7;
  for (std::size_t i = 0; i < x.size(); ++i) {
    for (int k = 0; k < 3; ++k) {
      std::vector<Vec3> up = x, down = x;
      up[i][k] += h;
      down[i][k] -= h;
      const double slope =
          (cable_energy(cable, field, up, nullptr) - cable_energy(cable, field, down, nullptr)) / (2 * h);
      EXPECT_NEAR(slope, gradient[i][k], 1e-5 * std::max(1.0, std::abs(slope))) << i << " " << k;
    }
  }
}

TEST(Cable, StaysStraightWhenNothingPushesOrPulls) {
  const Cable cable = straight_cable(40);
  const CableState state = relax_cable(cable, nothing(), cable.course);
  EXPECT_TRUE(state.convergence.converged);
  for (std::size_t i = 0; i < 40; ++i) EXPECT_LT((state.position[i] - cable.course[i]).norm(), 1e-9);
}

TEST(Cable, CarriesTheTractsPullToTheSac) {
  Cable cable = straight_cable(40);
  cable.tracts[0].stretch = 0.04;
  const CableState state = relax_cable(cable, nothing(), cable.course);
  ASSERT_TRUE(state.convergence.converged);
  EXPECT_GT(state.distal_tension, 0.5);
  // The fat bed along the root takes a little; action and reaction otherwise.
  EXPECT_NEAR(state.tension.front(), state.distal_tension, 0.15 * state.distal_tension);
  EXPECT_NEAR((state.position.front() - cable.sac_anchor).x() * cable.sac_tie, state.tension.front(), 1e-3);
}

TEST(Cable, ContactForceIsWhatTheTensionTurnsThrough) {
  Cable cable = straight_cable(97);
  cable.bed_across.assign(97, 1.0);
  cable.bed_along.assign(97, 0.05);
  cable.bending_stiffness = 0;
  cable.bed_across.back() = cable.bed_along.back() = 1e7;  // both ends held, so that the cable wraps round the surface
  cable.distal_pull = 1.0;
  const double R = 8e-3, height = 7e-3;
  const CableState state = relax_cable(cable, cylinder(cable, R, height), cable.course);
  ASSERT_TRUE(state.convergence.converged);
  double pushed = 0;
  for (std::size_t i = 0; i < state.position.size(); ++i) {
    const Vec3 out = state.position[i] - Vec3(0.035, height - R, 0);
    const double rho = std::hypot(out.x(), out.y());
    pushed += cable.tributary[i] * root_contact(rho - R, kRadius).force * out.y() / rho;
  }
  const Vec3 first = (state.position[1] - state.position[0]).normalized();
  const Vec3 last = (state.position[96] - state.position[95]).normalized();
  const double turned = state.tension.front() * first.y() - state.tension.back() * last.y();
  EXPECT_GT(turned, 0.3);
  EXPECT_NEAR(pushed, turned, 0.01 * turned);
}

TEST(Cable, FinerNodesChangeThePeakLittle) {
  const double R = 8e-3, height = 3e-3;
  std::array<double, 2> peak{};
  for (std::size_t k = 0; k < 2; ++k) {
    Cable cable = straight_cable(k == 0 ? 49 : 97);
    cable.distal_pull = 0.5;
    const CableState state = relax_cable(cable, cylinder(cable, R, height), cable.course);
    ASSERT_TRUE(state.convergence.converged);
    peak[k] = peak_load(cable, state, R, height);
  }
  EXPECT_NEAR(peak[0], peak[1], 0.05 * peak[1]);
}

TEST(Cable, MorePullPressesHarder) {
  double before = 0;
  for (const double pull : {0.1, 0.5, 1.5}) {
    Cable cable = straight_cable(60);
    cable.distal_pull = pull;
    const CableState state = relax_cable(cable, cylinder(cable, 8e-3, 5e-3), cable.course);
    ASSERT_TRUE(state.convergence.converged);
    const double load = peak_load(cable, state, 8e-3, 5e-3);
    EXPECT_GT(load, before);
    before = load;
  }
}

TEST(Cable, EndTellsHowTheSleeveFollowsTheSac) {
  Cable cable = straight_cable(40);
  cable.tracts[0].stretch = 0.03;
  cable.intradural = {1, 0.1, 0.002};
  CableSolver solver(cable);
  const ContactField bump = cylinder(cable, 8e-3, 1e-3);
  solver.lay(bump, cable.course);
  constexpr double kAtRest = 1e-9;
  ASSERT_TRUE(solver.relax(bump, kAtRest).converged);
  const CableEnd rest = solver.end(0);  // 0: as stiff as it is now
  EXPECT_NEAR(rest.sleeve, solver.state().sleeve, 1e-11);
  EXPECT_NEAR(rest.intradural_tension, solver.state().intradural_tension, 1e-7);
  const double h = 1e-6;
  cable.sac_anchor.x() += h;
  solver.end_moved();
  EXPECT_NEAR(solver.end(0).sleeve - rest.sleeve, rest.compliance * cable.sac_tie * h, 1e-3 * h)
      << "told before it moves";
  ASSERT_TRUE(solver.relax(bump, kAtRest).converged);
  EXPECT_NEAR(solver.state().sleeve - rest.sleeve, rest.compliance * cable.sac_tie * h, 1e-3 * h) << "and moved";
}

TEST(Cable, RefusesANodeThatIsNowhere) {
  const Cable cable = straight_cable(10);
  std::vector<Vec3> start = cable.course;
  start[3].y() = std::nan("");
  EXPECT_THROW((void)relax_cable(cable, nothing(), start), std::invalid_argument);
}

TEST(RootContact, RefusesWhatIsNotFinite) {
  for (const double wrong : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    EXPECT_THROW((void)root_contact(wrong, kRadius), std::invalid_argument);
    EXPECT_THROW((void)root_axial(wrong), std::invalid_argument);
  }
}

TEST(Cable, RefusesPartsThatDoNotFit) {
  Cable cable = straight_cable(10);
  cable.rest.pop_back();
  EXPECT_THROW((void)relax_cable(cable, nothing(), cable.course), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
