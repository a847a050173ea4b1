#include <gtest/gtest.h>

#include "sim/anatomy/subject.h"
#include "sim/base/csv.h"
#include "sim/contact/convex_distance.h"
#include "sim/tissue/facet.h"
#include "sim/tissue/moving_point.h"

namespace foramen {
namespace {

std::vector<Vec3> box(const Vec3& centre, const Vec3& half) {
  std::vector<Vec3> corners;
  for (const double x : {-1.0, 1.0})
    for (const double y : {-1.0, 1.0})
      for (const double z : {-1.0, 1.0}) corners.push_back(centre + half.cwiseProduct(Vec3(x, y, z)));
  return corners;
}

TEST(ConvexDistance, OfBoxesApartAndTouchingIsExact) {
  const Vec3 half(0.01, 0.02, 0.005);
  for (const double gap : {1e-2, 1e-4, 1e-6}) {
    const ClosestPoints found =
        closest_points(box(Vec3(2 * half.x() + gap, 0.003, 0.001), half), box(Vec3::Zero(), half));
    EXPECT_NEAR(found.distance, gap, 1e-9);
    EXPECT_NEAR(found.normal_b.x(), 1, 1e-9);
  }
  const ClosestPoints deep = closest_points(box(Vec3(2 * half.x() - 2e-4, 0.003, 0.001), half), box(Vec3::Zero(), half));
  EXPECT_NEAR(deep.distance, -2e-4, 1e-7);
}

TEST(ConvexDistance, RefusesWhatIsNoHull) {
  EXPECT_THROW((void)closest_points({Vec3::Zero()}, box(Vec3::Zero(), Vec3::Ones())), std::invalid_argument);
}

/// The articular surface of a facet as a thin plate of bone behind it; `behind` points into the bone.
std::vector<Vec3> plate(const FacetGeometry& facet, const Vec3& offset, const Vec3& behind, double grown) {
  const Vec3 across = facet.normal_D.cross(Vec3::UnitY()).normalized(), along = across.cross(facet.normal_D);
  std::vector<Vec3> points;
  for (const double s : {-0.5, 0.5})
    for (const double t : {-0.5, 0.5})
      for (const double depth : {0.0, 2e-3})
        points.push_back(facet.centre_D + offset + grown * (s * facet.width * across + t * facet.height * along) +
                         depth * behind);
  return points;
}

TEST(FacetGap, IsThatOfBulletsClosestPoints) {
  // The law measures the upper surface's points against the plane of the lower one. Bullet measures the two plates: the
  // lower one is grown so that the upper stays over it.
  const Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  for (const MotionSegment& segment : subject.levels) {
    for (const FacetGeometry& facet : segment.facets) {
      for (const Vec3& turn : {Vec3(0, 0, 0), Vec3(0, 0, -0.05), Vec3(0.02, 0, 0.01), Vec3(0, 0.01, 0)}) {
        Vec6 q;
        q << turn, 0.1e-3, -0.3e-3, 0;
        const std::vector<Vec3> lower = plate(facet, Vec3::Zero(), -facet.normal_D, 3);
        std::vector<Vec3> upper = plate(facet, facet.gap * facet.normal_D, facet.normal_D, 1);
        double nearest = 1;
        for (Vec3& p : upper) {
          const Vec3 moved = moved_point(p, q);
          nearest = std::min(nearest, facet.normal_D.dot(moved - facet.centre_D));
          p = moved;
        }
        EXPECT_NEAR(closest_points(upper, lower).distance, nearest, 1e-7);
      }
    }
  }
}

TEST(FacetGap, LawAndPlatesAgreeWhenContactBegins) {
  // Pushed along its normal, the joint carries load just as Bullet's plates come to touch.
  const Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  const FacetGeometry& facet = subject.levels[3].facets[1];
  Vec6 q = Vec6::Zero();
  const auto distance = [&] {
    std::vector<Vec3> upper = plate(facet, facet.gap * facet.normal_D, facet.normal_D, 1);
    for (Vec3& p : upper) p = moved_point(p, q);
    return closest_points(upper, plate(facet, Vec3::Zero(), -facet.normal_D, 3)).distance;
  };
  q.tail<3>() = -(facet.gap - 0.3e-3) * facet.normal_D;
  EXPECT_NEAR(distance(), 0.3e-3, 1e-8);
  EXPECT_LT(evaluate_facet(facet, q).force, 2);
  q.tail<3>() = -(facet.gap + 0.3e-3) * facet.normal_D;
  EXPECT_NEAR(distance(), -0.3e-3, 1e-6);
  EXPECT_NEAR(evaluate_facet(facet, q).force, 300e3 * 0.3e-3, 8);
}

}  // namespace
}  // namespace foramen
