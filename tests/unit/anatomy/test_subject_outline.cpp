#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "sample_subject.h"

namespace foramen {
namespace {

constexpr int kSamples = 20000;

double area_by_polygon(const DiscGeometry& g) {
  double twice = 0;
  for (int i = 0; i < kSamples; ++i) {
    const Vec2 a = disc_outline(g, 2 * kPi * i / kSamples), b = disc_outline(g, 2 * kPi * (i + 1) / kSamples);
    twice += a.x() * b.y() - a.y() * b.x();
  }
  return 0.5 * twice;
}

TEST(DiscOutline, HasTheDiscsAreaWidthAndDepth) {
  for (const MotionSegment& level : test::subject().levels) {
    const DiscGeometry& g = level.disc;
    EXPECT_NEAR(area_by_polygon(g) / g.area, 1, 1e-6);
    double widest = 0, front = 0, back = 0;
    for (int i = 0; i <= kSamples; ++i) {
      const Vec2 p = disc_outline(g, kPi * i / kSamples);
      widest = std::max(widest, p.y());
      front = std::max(front, p.x());
      back = std::min(back, p.x());
    }
    EXPECT_NEAR(widest, 0.5 * g.width, 1e-8);
    EXPECT_NEAR(front, 0.5 * g.depth, 1e-12);
    EXPECT_NEAR(back, -0.5 * g.depth, 1e-12);
  }
}

TEST(DiscOutline, IsSymmetricAndFlatBehind) {
  const DiscGeometry g = test::subject().levels[3].disc;
  for (double phi = 0; phi < kPi; phi += 0.1) {
    const Vec2 right = disc_outline(g, phi), left = disc_outline(g, -phi);
    EXPECT_EQ(right.x(), left.x());
    EXPECT_EQ(right.y(), -left.y());
  }
  const double at_ten = disc_outline(g, disc_outline_angle(g, 0.010)).x();
  EXPECT_LT(at_ten - -0.5 * g.depth, 0.0005);
}

TEST(DiscOutline, NormalIsPerpendicularAndOutward) {
  const DiscGeometry g = test::subject().levels[3].disc;
  for (double phi = 0.05; phi < 2 * kPi; phi += 0.1) {
    const Vec2 along = disc_outline(g, phi + 1e-6) - disc_outline(g, phi - 1e-6);
    Vec2 point;
    const Vec2 normal = disc_outline_normal(g, phi, &point);
    EXPECT_NEAR(normal.dot(along.normalized()), 0, 1e-8);
    EXPECT_GT(normal.dot(point), 0);
    EXPECT_EQ(point, disc_outline(g, phi));
  }
}

TEST(DiscOutline, AngleInvertsTheOutline) {
  const DiscGeometry g = test::subject().levels[1].disc;
  for (const double z : {0.0, 0.005, 0.012, 0.020})
    EXPECT_NEAR(disc_outline(g, disc_outline_angle(g, z)).y(), z, 1e-10);
  EXPECT_THROW((void)disc_outline_angle(g, 0.04), std::invalid_argument);
}

TEST(DiscOutline, ZonesOfProtrusionsFollowFromMidlineToSide) {
  const Subject s = test::subject();
  for (const Level level : kLevels) {
    double before = -1;
    for (const auto zone : {HerniationZone::Central, HerniationZone::Paracentral, HerniationZone::Foraminal,
                            HerniationZone::Extraforaminal}) {
      Herniation h{.level = level, .side = HerniationSide::Right, .zone = zone};
      const DiscGeometry& disc = s.levels[test::at(level)].disc;
      const double phi = herniation_angle(h, disc, s.vertebrae[test::at(upper_vertebra(level))]);
      EXPECT_GT(disc_outline(disc, phi).y(), before);
      before = disc_outline(disc, phi).y();
      h.side = HerniationSide::Left;
      const double left = herniation_angle(h, disc, s.vertebrae[test::at(upper_vertebra(level))]);
      EXPECT_NEAR(disc_outline(disc, left).y(), -before, 1e-12);
    }
  }
}

TEST(DiscOutline, ImpossibleAreaIsRefused) {
  DiscGeometry g = test::subject().levels[3].disc;
  g.area = g.width * g.depth;
  EXPECT_THROW((void)disc_outline(g, 0), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
