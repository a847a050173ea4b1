#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/nerve/root_thread.h"
#include "sim/nerve/sac.h"
#include "sim/tissue/root_material.h"

namespace foramen {
namespace {

SacGeometry sac() {
  return build_subject(*load_anatomy(data_directory()), SubjectDescription{}).sac;
}

constexpr std::array<double, kRootCount - 1> kSpacing{0.035, 0.035, 0.035, 0.035, 0.035};

/// A pull of constant force at one pair of sleeves.
SacChain::Pulls pulled(Root root, double force) {
  SacChain::Pulls pulls{};
  pulls[static_cast<std::size_t>(index(root))][0].sleeve = force;
  return pulls;
}

SacShift balanced(const SacChain& chain, const SacChain::Pulls& pulls) {
  SacShift shift;
  for (int i = 0; i < 50; ++i)
    if (chain.step(pulls, shift) < 1e-12) break;
  return shift;
}

/// Girth and section of an ellipse of given half axes.
struct Ellipse {
  double half_width = 0, half_depth = 0;
  [[nodiscard]] double girth() const {
    constexpr int kPieces = 2000;
    double sum = 0;
    for (int i = 0; i < kPieces; ++i) {
      const double angle = (i + 0.5) * 2 * kPi / kPieces;
      sum += std::hypot(half_width * std::sin(angle), half_depth * std::cos(angle)) * 2 * kPi / kPieces;
    }
    return sum;
  }
  [[nodiscard]] double section() const { return kPi * half_width * half_depth; }
};

TEST(SacSide, GivesAwayTheSectionThatATubeOfConstantGirthLoses) {
  constexpr double kRadius = 8e-3;
  for (const double depth : {1e-3, 2e-3, 4e-3}) {
    Ellipse pushed{kRadius - 0.5 * depth, kRadius};
    double low = kRadius, high = 1.5 * kRadius;
    for (int i = 0; i < 60; ++i) {
      pushed.half_depth = 0.5 * (low + high);
      (pushed.girth() < 2 * kPi * kRadius ? low : high) = pushed.half_depth;
    }
    const double lost = kPi * kRadius * kRadius - pushed.section();
    const double pressure = sac_side(depth, sac().across_wall).energy / lost;
    EXPECT_GT(pressure, 1 * units::mmHg) << depth;
    EXPECT_LT(pressure, 3 * units::mmHg) << depth;
  }
}

TEST(SacSide, ForceAndStiffnessAreDerivativesOfItsEnergyAndALeavingRootIsFree) {
  constexpr double kStep = 1e-6, kPressure = 300;
  for (const double depth : {0.5e-3, 3e-3}) {
    const EnergyLaw law = sac_side(depth, kPressure), more = sac_side(depth + kStep, kPressure),
                    less = sac_side(depth - kStep, kPressure);
    EXPECT_NEAR((more.energy - less.energy) / (2 * kStep), law.force, 1e-6 * law.force);
    EXPECT_NEAR((more.force - less.force) / (2 * kStep), law.stiffness, 1e-6 * law.stiffness);
    EXPECT_EQ(sac_side(-depth, kPressure).force, 0);
    EXPECT_EQ(sac_side(-depth, kPressure).energy, 0);
  }
}

TEST(SacChain, RestsWhereNothingPulls) {
  const SacGeometry s = sac();
  const SacShift shift = balanced(SacChain(s, kSpacing, {}, 0), {});
  EXPECT_EQ(shift.conus, 0);
  for (const double node : shift.node) EXPECT_EQ(node, 0);
}

TEST(SacChain, APullAtS1MovesTheSacLessTheHigherUp) {
  const SacGeometry s = sac();
  const SacChain chain(s, kSpacing, {}, 0);
  const auto pulls = pulled(Root::S1, 3);
  const SacShift shift = balanced(chain, pulls);
  for (const double left : chain.residual(pulls, shift)) EXPECT_NEAR(left, 0, 1e-9);
  for (std::size_t k = 0; k + 1 < kRootCount; ++k) EXPECT_LT(shift.node[k], shift.node[k + 1]);
  EXPECT_GT(shift.node[static_cast<std::size_t>(index(Root::L4))], 0);
  EXPECT_LT(shift.node.back(), 3e-3);
}

TEST(SacChain, FlexionOfNeckAndThoraxDrawsTheSacUp) {
  const SacGeometry s = sac();
  const SacShift shift = balanced(SacChain(s, kSpacing, {}, 5e-3), {});
  EXPECT_NEAR(shift.conus, -5e-3, 1e-9);
  EXPECT_LT(shift.node.front(), -1e-3);
}

TEST(RootThread, PullsAreTheDerivativeOfOneEnergy) {
  Cable cable;
  for (int i = 0; i < 20; ++i) {
    cable.course.emplace_back(0.004 * i, 0, 0);
    cable.tangent.emplace_back(1, 0, 0);
    cable.tributary.push_back(0.004);
  }
  cable.rest.assign(19, 0.004);
  cable.bed_across.assign(20, 2e3);
  cable.bed_along.assign(20, 1e2);
  cable.traction_tie.assign(20, 2e4);
  cable.sac_tie = 4e3;
  cable.sac_anchor = cable.course.front();
  cable.intradural = {1, 0.12, 0.002};
  cable.tracts[0] = {1, 0.9, 0.03};
  cable.distal_pull = 0.02;
  RootThread thread(cable);
  const auto pull = [&](double node, double conus) {
    thread.move_ends({node, conus});
    for (int step = 0; step < 40 && !thread.rests(); ++step) thread.step();
    return thread.pull();
  };
  const RootPull at = pull(1e-3, 2e-4);
  EXPECT_TRUE(thread.rests());
  EXPECT_LT(at.sleeve, pull(0, 2e-4).sleeve) << "a sac that follows is pulled less";
  const double h = 1e-7;
  EXPECT_NEAR(-(pull(1e-3 + h, 2e-4).sleeve - pull(1e-3 - h, 2e-4).sleeve) / (2 * h), at.by_node, 0.02 * at.by_node);
  EXPECT_NEAR(-(pull(1e-3, 2e-4 + h).sleeve - pull(1e-3, 2e-4 - h).sleeve) / (2 * h), at.by_both,
              0.02 * std::abs(at.by_both) + 1);
  EXPECT_NEAR(-(pull(1e-3, 2e-4 + h).intradural - pull(1e-3, 2e-4 - h).intradural) / (2 * h), at.by_conus,
              0.02 * at.by_conus);
}

}  // namespace
}  // namespace foramen
