#include <cmath>
#include <limits>

#include "sample_segment.h"
#include "sim/base/units.h"
#include "sim/tissue/disc.h"

namespace foramen {
namespace {

DiscGeometry disc_of_grade(int grade) {
  DiscGeometry g = l4l5().disc;
  g.pfirrmann = grade;
  return g;
}

/// State of the disc pressed by `force` without tilting or shifting.
DiscState pressed(const DiscLaw& law, double force) {
  Vec6 q = Vec6::Zero();
  DiscState state = law.evaluate(q);
  for (int i = 0; i < 60 && std::abs(state.gradient[4] + force) > 1e-6; ++i) {
    q[4] += std::clamp((-force - state.gradient[4]) / state.hessian(4, 4), -3e-4, 3e-4);
    state = law.evaluate(q);
  }
  return state;
}

TEST(Disc, ForceIsTheDerivativeOfEnergyAndStiffnessOfForce) {
  for (const int grade : {1, 4}) {
    const DiscLaw law(disc_of_grade(grade));
    for (const Vec6& q : everyday_displacements())
      expect_consistent([&](const Vec6& x) { return law.evaluate(x); }, q, 1e-5);
  }
}

TEST(Disc, TornWallsToo) {
  const DiscLaw law(l4l5().disc, {{2.6, 6 * units::mm, 0.6}});
  for (const Vec6& q : everyday_displacements())
    expect_consistent([&](const Vec6& x) { return law.evaluate(x); }, q, 1e-5);
}

TEST(Disc, MirrorsItself) {
  const DiscLaw law(l4l5().disc);
  for (const Vec6& q : everyday_displacements()) {
    const DiscState a = law.evaluate(q), b = law.evaluate(mirror_of(q));
    EXPECT_NEAR(a.energy, b.energy, 1e-10 * (1 + a.energy));
    EXPECT_LT((mirror_of(a.gradient) - b.gradient).norm(), 1e-5);
    for (std::size_t i = 0; i < kContourPoints; ++i)
      EXPECT_NEAR(a.bulge[i], b.bulge[(kContourPoints - i) % kContourPoints], 1e-10);
  }
}

TEST(Disc, EnergyReturnsRoundAClosedPath) {
  // Work along a closed loop of displacements vanishes: what is stored is given back.
  const DiscLaw law(l4l5().disc);
  double work = 0, scale = 0;
  constexpr int kSteps = 400;
  const auto place = [](int i) {
    const double t = 2 * kPi * i / kSteps;
    Vec6 q;
    q << 0.02 * std::sin(t), 0.01 * std::cos(2 * t), 0.04 * std::cos(t), 0, -0.4e-3 + 0.3e-3 * std::sin(t), 0;
    return q;
  };
  for (int i = 0; i < kSteps; ++i) {
    const Vec6 step = place(i + 1) - place(i);
    const double piece = 0.5 * (law.evaluate(place(i)).gradient + law.evaluate(place(i + 1)).gradient).dot(step);
    work += piece;
    scale += std::abs(piece);
  }
  EXPECT_LT(std::abs(work), 1e-3 * scale);
}

TEST(Disc, AFinerWallChangesLittle) {
  const DiscState coarse = pressed(DiscLaw(l4l5().disc), 1000);
  for (const DiscResolution finer : {DiscResolution{40, 2, 3}, DiscResolution{20, 4, 3}, DiscResolution{20, 2, 5}}) {
    const DiscState fine = pressed(DiscLaw(l4l5().disc, {}, 1, finer), 1000);
    EXPECT_NEAR(fine.height, coarse.height, 0.02 * 0.9e-3);
    EXPECT_NEAR(fine.nucleus_pressure, coarse.nucleus_pressure, 0.02 * coarse.nucleus_pressure);
    EXPECT_NEAR(fine.bulge_posterior, coarse.bulge_posterior, 0.02 * coarse.bulge_posterior);
  }
}

TEST(Disc, BendingAFinerWallChangesLittle) {
  Vec6 flexed = Vec6::Zero();
  flexed[2] = -0.08;
  flexed[4] = -0.5e-3;
  const DiscState coarse = DiscLaw(l4l5().disc).evaluate(flexed);
  for (const DiscResolution finer : {DiscResolution{40, 2, 3}, DiscResolution{20, 4, 3}, DiscResolution{20, 2, 5}}) {
    const DiscState fine = DiscLaw(l4l5().disc, {}, 1, finer).evaluate(flexed);
    EXPECT_NEAR(fine.gradient[2], coarse.gradient[2], 0.02 * std::abs(coarse.gradient[2]));
    EXPECT_NEAR(fine.nucleus_pressure, coarse.nucleus_pressure, 0.02 * coarse.nucleus_pressure);
  }
}

TEST(Disc, AKnownShapeOnlySavesSteps) {
  const DiscLaw law(l4l5().disc);
  DiscShape shape;
  DiscState warm;
  for (const Vec6& q : everyday_displacements()) warm = law.evaluate(q, &shape);
  const DiscState cold = law.evaluate(everyday_displacements().back());
  EXPECT_LT((warm.gradient - cold.gradient).norm(), 1e-6);
  EXPECT_LT(warm.convergence.iterations, cold.convergence.iterations);
}

TEST(Disc, DegenerationLowersPressureAndLoadsTheAnnulus) {
  double pressure = std::numeric_limits<double>::infinity(), annulus = 0;
  for (int grade = 1; grade <= 5; ++grade) {
    const DiscState state = pressed(DiscLaw(disc_of_grade(grade)), 1000);
    EXPECT_LT(state.nucleus_pressure, pressure) << grade;
    EXPECT_GT(state.annulus_share, annulus) << grade;
    pressure = state.nucleus_pressure;
    annulus = state.annulus_share;
  }
}

TEST(Disc, ATornWallBulgesMoreAtItsTearAndMoreSoUnderLoad) {
  const double phi = 2 * kPi * 16 / kContourPoints;
  const DiscLaw torn(l4l5().disc, {{phi, 6 * units::mm, 0.6}}), whole(l4l5().disc);
  const auto excess = [&](double force) { return pressed(torn, force).bulge[16] - pressed(whole, force).bulge[16]; };
  EXPECT_GT(excess(500), 0);
  EXPECT_GT(excess(1500), 1.3 * excess(500));
}

TEST(Disc, LessNucleusMeansLessHeightAndPressure) {
  const DiscState full = pressed(DiscLaw(l4l5().disc), 800), dry = pressed(DiscLaw(l4l5().disc, {}, 0.9), 800);
  EXPECT_LT(dry.height, full.height - 0.1 * units::mm);
  EXPECT_LT(dry.nucleus_pressure, full.nucleus_pressure);
}

TEST(Disc, WhatIsNotADiscIsRefusedWithItsValues) {
  DiscGeometry g = l4l5().disc;
  g.height_anterior = -1e-3;
  EXPECT_THROW(DiscLaw{g}, std::invalid_argument);
  g = l4l5().disc;
  g.pfirrmann = 7;
  EXPECT_THROW(DiscLaw{g}, std::invalid_argument);
  EXPECT_THROW(DiscLaw(l4l5().disc, {}, 1, {17, 2, 3}), std::invalid_argument);
  Vec6 q = Vec6::Zero();
  q[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)DiscLaw(l4l5().disc).evaluate(q), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
