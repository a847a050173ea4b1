#include <gtest/gtest.h>

#include <random>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/nerve/obstacles.h"
#include "sim/nerve/spaces.h"

namespace foramen {
namespace {

Subject person(std::vector<Herniation> herniations = {}) {
  SubjectDescription description;
  description.herniations = std::move(herniations);
  return build_subject(*load_anatomy(data_directory()), description);
}

LevelState standing_level(const MotionSegment& segment) {
  LevelState level;
  level.disc.height = segment.disc.height_mean();
  level.flavum_thickness = segment.flavum_thickness;
  return level;
}

template <class Distance>
void expect_exact_derivatives(const Distance& distance, const Vec3& middle, double spread) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> place(-spread, spread);
  for (int n = 0; n < 100; ++n) {
    const Vec3 p = middle + Vec3(place(random), place(random), place(random));
    const SurfaceDistance d = distance(p);
    for (int k = 0; k < 3; ++k) {
      const double h = 1e-7;
      const double slope = (distance(p + h * Vec3::Unit(k)).value - distance(p - h * Vec3::Unit(k)).value) / (2 * h);
      EXPECT_NEAR(slope, d.gradient[k], 2e-4) << p.transpose();
      const Vec3 bend = (distance(p + h * Vec3::Unit(k)).gradient - distance(p - h * Vec3::Unit(k)).gradient) / (2 * h);
      EXPECT_NEAR((bend - d.hessian.col(k)).norm(), 0, 1) << p.transpose();  // of up to 1500 /m
    }
  }
}

TEST(PolarOutline, LiesOnTheDiscsOutline) {
  const Subject subject = person();
  for (const MotionSegment& segment : subject.levels) {
    const PolarOutline polar(segment.disc);
    for (std::size_t i = 0; i < PolarOutline::kPoints; ++i) {
      const Vec2 point = disc_outline(segment.disc, polar.phi[i]);
      EXPECT_NEAR(point.norm(), polar.radius[i], 1e-8);
      const double angle = std::remainder(2 * kPi * static_cast<double>(i) / PolarOutline::kPoints, 2 * kPi);
      EXPECT_NEAR(std::remainder(std::atan2(point.y(), point.x()) - angle, 2 * kPi), 0, 1e-6);
    }
  }
}

TEST(DiscWall, StandsOnTheOutlineAndGrowsWithItsBulge) {
  const Subject subject = person();
  const MotionSegment& segment = subject.levels[index(Level::L4L5)];
  const PolarOutline polar(segment.disc);
  LevelState level = standing_level(segment);
  const Vec2 back = disc_outline(segment.disc, kPi);
  const DiscWall wall(polar, segment, subject.vertebrae[index(Vertebra::L4)], level, Pose{});
  EXPECT_NEAR(wall.distance({back.x(), 0, back.y()}, 1).value, 0, 0.1e-3);
  level.bulge_since_standing.fill(1e-3);
  const DiscWall bulged(polar, segment, subject.vertebrae[index(Vertebra::L4)], level, Pose{});
  EXPECT_NEAR(bulged.radius(kPi) - wall.radius(kPi), 1e-3, 1e-6);
}

TEST(DiscWall, DistanceIsItsMeasureOverItsSlopeAndGrowsNearerNoMoreThanItSays) {
  const Subject subject = person({Herniation{}});
  const MotionSegment& segment = subject.levels[index(Level::L4L5)];
  const PolarOutline polar(segment.disc);
  LevelState level = standing_level(segment);
  const DiscWall before(polar, segment, subject.vertebrae[index(Vertebra::L4)], level, Pose{});
  level.bulge_since_standing.fill(0.7e-3);
  level.disc.height += 1e-3;
  level.q << 0.05, 0, -0.1, 0, 0, 0;  // bent to the left and flexed: the endplates part on the right and behind
  const DiscWall wall(polar, segment, subject.vertebrae[index(Vertebra::L4)], level, Pose{});
  const double growth = wall.growth_since(before);
  std::mt19937 random(6);
  std::uniform_real_distribution<double> place(-10e-3, 10e-3);
  for (int i = 0; i < 200; ++i) {
    const Vec3 p = Vec3(-25e-3, 0, -5e-3) + Vec3(place(random), place(random), 2 * place(random));
    EXPECT_NEAR(wall.distance(p), wall.distance(p, 1).distance(), 1e-12);
    EXPECT_GE(wall.distance(p, 1).value, before.distance(p, 1).value - growth - 1e-5) << p.transpose();
  }
}

/// Height over the mid-plane where the wall has fallen back behind the disc, at a place aside [m].
double upper_margin(const DiscWall& wall, const Vec2& edge) {
  for (double y = 0; y < 20e-3; y += 0.01e-3)
    if (wall.distance({edge.x(), y, edge.y()}, 1).value - wall.distance({edge.x(), 0, edge.y()}, 1).value > 0.4e-3)
      return y;
  return 20e-3;
}

TEST(DiscWall, EndsWhereItsEndplatesAre) {
  const Subject subject = person();
  const MotionSegment& segment = subject.levels[index(Level::L5S1)];
  const PolarOutline polar(segment.disc);
  const Vec2 back = disc_outline(segment.disc, kPi), right = disc_outline(segment.disc, 0.75 * kPi);
  LevelState level = standing_level(segment);
  const DiscWall standing(polar, segment, subject.vertebrae[index(Vertebra::L5)], level, Pose{});
  EXPECT_NEAR(upper_margin(standing, back), 0.5 * segment.disc.height_posterior, 0.2e-3);
  constexpr double kTurned = 0.1;
  level.q << 0, 0, kTurned, 0, 0, 0;
  const DiscWall extended(polar, segment, subject.vertebrae[index(Vertebra::L5)], level, Pose{});
  EXPECT_NEAR(upper_margin(extended, back) - upper_margin(standing, back), 0.5 * kTurned * back.x(), 0.1e-3);
  level.q << kTurned, 0, 0, 0, 0, 0;
  const DiscWall bent(polar, segment, subject.vertebrae[index(Vertebra::L5)], level, Pose{});
  EXPECT_NEAR(upper_margin(bent, right) - upper_margin(standing, right), -0.5 * kTurned * right.y(), 0.1e-3);
}

TEST(DiscWall, GradientIsExact) {
  const Subject subject = person({Herniation{}});
  const MotionSegment& segment = subject.levels[index(Level::L4L5)];
  const PolarOutline polar(segment.disc);
  const Pose tilted{rotation_from_vector({0.1, -0.2, 0.3}), {0.01, 0.02, 0.03}};
  LevelState level = standing_level(segment);
  level.q << 0.08, 0, 0.1, 0, 0, 0;
  const DiscWall wall(polar, segment, subject.vertebrae[index(Vertebra::L4)], level, tilted);
  expect_exact_derivatives([&](const Vec3& p) { return wall.distance(p, 0.7); }, tilted * Vec3(-0.024, 0, -0.009),
                           8e-3);
}

TEST(DiscWall, ProtrusionHasItsHeight) {
  const Subject subject = person({Herniation{}});
  const MotionSegment& segment = subject.levels[index(Level::L4L5)];
  const PolarOutline polar(segment.disc);
  const DiscWall wall(polar, segment, subject.vertebrae[index(Vertebra::L4)], standing_level(segment), Pose{});
  double highest = 0, at_z = 0;
  for (double angle = kPi / 2; angle < 1.5 * kPi; angle += 1e-3) {
    const double height = wall.radius(angle) - wall.standing_radius(angle);
    if (height > highest) {
      highest = height;
      at_z = wall.standing_radius(angle) * std::sin(angle);
    }
  }
  EXPECT_NEAR(highest, 5e-3, 0.1e-3);
  EXPECT_LT(at_z, -5e-3) << "a left protrusion lies at negative z";
}

TEST(FlavumFront, GradientIsExactAndThickeningComesForward) {
  const Subject subject = person();
  const MotionSegment& segment = subject.levels[index(Level::L4L5)];
  LevelState level = standing_level(segment);
  const FlavumFront front(segment, level, Pose{});
  for (const Vec3& around : {Vec3(-0.03, 0, 0.004), Vec3(-0.025, 0.003, -0.011)})
    expect_exact_derivatives([&](const Vec3& p) { return front.distance(p); }, around, 8e-3);
  level.flavum_thickness += 2e-3;
  const FlavumFront thick(segment, level, Pose{});
  const Vec3 p(-0.03, 0, 0);
  EXPECT_NEAR(front.distance(p).value - thick.distance(p).value, 2e-3, 0.4e-3);
}

TEST(SacPressure, FollowsTheConstrictionCurve) {
  EXPECT_DOUBLE_EQ(sac_pressure(180e-6), 0);
  EXPECT_DOUBLE_EQ(sac_pressure(77e-6), 0);
  EXPECT_NEAR(sac_pressure(77e-6 * 0.81) / units::mmHg, 50, 1e-9);
  EXPECT_NEAR(sac_pressure(77e-6 * 0.74) / units::mmHg, 100, 1e-9);
}

}  // namespace
}  // namespace foramen
