#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sim/nerve/course_curve.h"

namespace foramen {
namespace {

/// A quarter of a circle of 10 mm, and its tangents.
struct Bend {
  Bend() {
    for (int i = 0; i <= 12; ++i) {
      const double a = kPi / 2 * i / 12;
      points.emplace_back(0.01 * std::sin(a), 0.01 * std::cos(a), 0);
      tangents.emplace_back(std::cos(a), -std::sin(a), 0);
    }
  }
  std::vector<Vec3> points, tangents;
};

/// Fat that slides almost freely.
constexpr NodeBed kFree{2.0, 1e-9, 0};

TEST(CourseCurve, ANodeThatSlidesRoundABendStaysOnIt) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  const double a = kPi / 2 * 7.3 / 12;
  const BedPull pull = curve.pull(4, {0.01 * std::sin(a), 0.01 * std::cos(a), 0}, kFree);
  EXPECT_LT(pull.gradient.norm(), 2e-6);
  EXPECT_NEAR(pull.along, 0.01 * kPi / 2 * 3.3 / 12, 1e-5);
}

TEST(CourseCurve, IsStraightBeyondItsEnds) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  const BedPull before = curve.pull(2, {-0.004, 0.011, 0}, kFree);
  EXPECT_NEAR(before.gradient.y(), 2 * 0.001, 1e-10);
  EXPECT_LT(before.along, -0.004);
  EXPECT_NEAR(curve.pull(12, {0.01, -0.003, 0.002}, kFree).along, 0.003, 1e-9);
}

TEST(CourseCurve, PullIsTheEnergysGradientAndItsDerivativeExact) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(-2e-3, 2e-3);
  for (const NodeBed& bed : {kFree, NodeBed{2, 0.1, 30}, NodeBed{2000, 5, 0}, NodeBed{20e3, 20e3, 0}}) {
    for (std::size_t node = 0; node < bend.points.size(); ++node) {
      const Vec3 p = bend.points[node] + Vec3(place(random), place(random), place(random));
      const BedPull pull = curve.pull(node, p, bed);
      for (int k = 0; k < 3; ++k) {
        const double h = 1e-7;
        const BedPull up = curve.pull(node, p + h * Vec3::Unit(k), bed),
                      down = curve.pull(node, p - h * Vec3::Unit(k), bed);
        EXPECT_NEAR((up.energy - down.energy) / (2 * h), pull.gradient[k], 1e-6 * bed.across) << node;
        EXPECT_LT(((up.gradient - down.gradient) / (2 * h) - pull.hessian.full().col(k)).norm(), 2e-3 * bed.across) << node;
      }
    }
  }
}

}  // namespace
}  // namespace foramen
