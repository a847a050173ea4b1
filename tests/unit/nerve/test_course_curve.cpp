#include "sim/nerve/course_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

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

TEST(CourseCurve, ANodeThatSlidesRoundABendStaysOnIt) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  const double a = kPi / 2 * 7.3 / 12;
  const auto foot = curve.foot(4, {0.01 * std::sin(a), 0.01 * std::cos(a), 0});
  EXPECT_LT(foot.off.norm(), 1e-6);
  EXPECT_NEAR(foot.along, 0.01 * kPi / 2 * 3.3 / 12, 1e-5);
}

TEST(CourseCurve, IsStraightBeyondItsEnds) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  const auto before = curve.foot(2, {-0.004, 0.011, 0});
  EXPECT_NEAR(before.off.y(), 0.001, 1e-12);
  EXPECT_LT(before.along, -0.004);
  EXPECT_NEAR(curve.foot(12, {0.01, -0.003, 0.002}).along, 0.003, 1e-12);
}

TEST(CourseCurve, GradientsAreExact) {
  const Bend bend;
  const CourseCurve curve(bend.points, bend.tangents);
  std::mt19937 random(5);
  std::uniform_real_distribution<double> place(-2e-3, 2e-3);
  for (std::size_t node = 0; node < bend.points.size(); ++node) {
    const Vec3 p = bend.points[node] + Vec3(place(random), place(random), place(random));
    const auto foot = curve.foot(node, p);
    for (int k = 0; k < 3; ++k) {
      const double h = 1e-7;
      const auto up = curve.foot(node, p + h * Vec3::Unit(k)), down = curve.foot(node, p - h * Vec3::Unit(k));
      EXPECT_NEAR((up.along - down.along) / (2 * h), foot.gradient[k], 1e-3) << node;
      EXPECT_NEAR((up.off.squaredNorm() - down.off.squaredNorm()) / (4 * h), foot.off[k], 1e-8) << node;
    }
  }
}

}  // namespace
}  // namespace foramen
