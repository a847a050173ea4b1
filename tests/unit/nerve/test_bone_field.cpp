#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <stdexcept>

#include "sim/nerve/bone_field.h"

namespace foramen {
namespace {

constexpr double kBall = 8e-3;

/// A ball beside the midline and its mirror image: the nearer of both.
double two_balls(const Vec3& p, Vec3* gradient) {
  const Vec3 centre(0, 0, p.z() < 0 ? -0.015 : 0.015), out = p - centre;
  if (gradient) *gradient = out.normalized();
  return out.norm() - kBall;
}

BoneField field() {
  return {two_balls, Vec3::Constant(-0.03), Vec3::Constant(0.03), true};
}

Vec3 near_a_ball(std::mt19937& random) {
  std::normal_distribution<double> any;
  const Vec3 out = Vec3(any(random), any(random), any(random)).normalized() * (kBall + 1e-3 * any(random));
  return Vec3(0, 0, random() % 2 == 0 ? 0.015 : -0.015) + out;
}

TEST(BoneField, IsTheDistanceToAFewMicrometres) {
  const BoneField bone = field();
  std::mt19937 random(2);
  for (int i = 0; i < 200; ++i) {
    const Vec3 p = near_a_ball(random);
    if (std::abs(p.z()) < 4e-3) continue;  // between the balls the distance has a crease
    EXPECT_NEAR(bone.value(p), two_balls(p, nullptr), 0.02e-3) << p.transpose();
  }
}

TEST(BoneField, DerivativesAreExact) {
  const BoneField bone = field();
  std::mt19937 random(3);
  constexpr double h = 1e-7;
  for (int i = 0; i < 100; ++i) {
    const Vec3 p = near_a_ball(random);
    const SurfaceDistance d = bone.jet(p);
    EXPECT_NEAR(d.value, bone.value(p), 1e-12);
    for (int k = 0; k < 3; ++k) {
      const SurfaceDistance up = bone.jet(p + h * Vec3::Unit(k)), down = bone.jet(p - h * Vec3::Unit(k));
      EXPECT_NEAR((up.value - down.value) / (2 * h), d.gradient[k], 1e-6);
      EXPECT_LT(((up.gradient - down.gradient) / (2 * h) - d.hessian.col(k)).norm(), 0.1) << p.transpose();
    }
  }
}

TEST(BoneField, BoundIsNeverAboveTheMeasureAndNearIt) {
  const BoneField bone = field();
  std::mt19937 random(5);
  std::uniform_real_distribution<double> any(-0.035, 0.035);  // outside the lattice too
  for (int i = 0; i < 500; ++i) {
    const Vec3 p(any(random), any(random), any(random));
    EXPECT_LE(bone.bound(p), two_balls(p, nullptr) + 1e-9) << p.transpose();
    EXPECT_GT(bone.bound(p), two_balls(p, nullptr) - 3.3e-3) << p.transpose();
  }
}

TEST(BoneField, MirrorsItsOtherSide) {
  const BoneField bone = field();
  const Vec3 right(2e-3, 7e-3, 12e-3), left(2e-3, 7e-3, -12e-3);
  const SurfaceDistance a = bone.jet(right), b = bone.jet(left);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.gradient.z(), -b.gradient.z());
  EXPECT_EQ(a.hessian(0, 2), -b.hessian(0, 2));
}

TEST(BoneField, DoesNotDependOnWhatWasAskedBefore) {
  const BoneField one = field(), other = field();
  std::mt19937 random(4);
  std::vector<Vec3> places;
  for (int i = 0; i < 50; ++i) places.push_back(near_a_ball(random));
  for (const Vec3& p : places) (void)one.value(p);
  for (std::size_t i = places.size(); i-- > 0;) EXPECT_EQ(one.value(places[i]), other.value(places[i]));
}

TEST(BoneField, RefusesADistanceThatIsNotFinite) {
  const BoneField broken(
      [](const Vec3&, Vec3* g) { return *g = Vec3::UnitX(), std::numeric_limits<double>::quiet_NaN(); },
      Vec3::Constant(-0.01), Vec3::Constant(0.01), false);
  EXPECT_THROW((void)broken.value(Vec3::Zero()), std::logic_error);
}

}  // namespace
}  // namespace foramen
