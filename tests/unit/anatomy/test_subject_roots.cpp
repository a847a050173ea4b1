#include <gtest/gtest.h>

#include <cmath>

#include "sample_subject.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using test::at;
using units::mm;

/// The course of a right root in the frame of a disc, in steps of about half a millimetre.
std::vector<Vec3> course_at(const Subject& s, Root root, Level level) {
  const auto poses = standing_poses(s.segments);
  const Pose X = (poses[at(body_of(lower_vertebra(level)))] * s.levels[at(level)].X_LD).inverse();
  std::vector<Vec3> corners, points;
  for (const auto& w : s.roots[at(root)][1].waypoints)
    corners.push_back(X * (vertebra_pose(s, poses, w.vertebra) * w.point_V));
  for (std::size_t i = 0; i + 1 < corners.size(); ++i)
    for (int k = 0; k < 40; ++k) points.push_back(corners[i] + k / 40.0 * (corners[i + 1] - corners[i]));
  return points;
}

/// Least distance from the root's axis to a point.
double distance_to(const std::vector<Vec3>& course, const Vec3& p) {
  double least = 1;
  for (const Vec3& c : course) least = std::min(least, (c - p).norm());
  return least;
}

/// Top of a right protrusion of 5 mm in a zone, in the disc frame.
Vec3 protrusion_top(const Subject& s, Level level, HerniationZone zone) {
  const DiscGeometry& disc = s.levels[at(level)].disc;
  const Herniation herniation{.level = level, .side = HerniationSide::Right, .zone = zone};
  Vec2 edge;
  const double phi = herniation_angle(herniation, disc, s.vertebrae[at(upper_vertebra(level))]);
  const Vec2 normal = disc_outline_normal(disc, phi, &edge);
  const Vec2 top = edge + 5 * mm * normal;
  return {top.x(), herniation_height(herniation, disc), top.y()};
}

TEST(RootCourses, MirrorExactly) {
  for (const auto& sides : test::subject().roots) {
    ASSERT_EQ(sides[0].waypoints.size(), sides[1].waypoints.size());
    for (std::size_t i = 0; i < sides[0].waypoints.size(); ++i) {
      EXPECT_EQ(sides[0].waypoints[i].vertebra, sides[1].waypoints[i].vertebra);
      EXPECT_EQ(sides[0].waypoints[i].point_V, mirrored(sides[1].waypoints[i].point_V));
    }
    EXPECT_LT(sides[0].radius, sides[0].ganglion_radius);
  }
}

TEST(RootCourses, LieFreeOfHealthyDiscs) {
  for (const SubjectDescription& d : {test::man(), test::woman()}) {
    const Subject s = test::subject(d);
    for (const Level level : kLevels) {
      const DiscGeometry& disc = s.levels[at(level)].disc;
      for (const Root root : {exiting_root(level), traversing_root(level)}) {
        const double radius = s.roots[at(root)][1].radius;
        for (const Vec3& p : course_at(s, root, level)) {
          if (std::abs(p.y()) > 0.5 * disc.height_posterior) continue;
          double least = 1;
          for (double phi = 0; phi < kPi; phi += 0.01)
            least = std::min(least, (disc_outline(disc, phi) - Vec2(p.x(), p.z())).norm());
          EXPECT_GT(least - radius, 0.9 * mm) << name(level) << " " << name(root);
        }
      }
    }
  }
}

TEST(RootCourses, TraversingRootCrossesBehindTheDiscNearItsSide) {
  const Subject s = test::subject();
  for (const Level level : kLevels) {
    const auto course = course_at(s, traversing_root(level), level);
    const Vec3* middle = nullptr;
    for (const Vec3& p : course)
      if (!middle || std::abs(p.y()) < std::abs(middle->y())) middle = &p;
    EXPECT_LT(std::abs(middle->y()), 0.5 * mm);
    EXPECT_GT(middle->z(), 7 * mm);
    EXPECT_LT(middle->z(), 12 * mm);
    EXPECT_LT(middle->x(), -0.5 * s.levels[at(level)].disc.depth);
  }
}

TEST(RootCourses, ParacentralProtrusionMeetsTheTraversingRootOnly) {
  const Subject s = test::subject();
  for (const Level level : {Level::L3L4, Level::L4L5, Level::L5S1}) {
    const Vec3 top = protrusion_top(s, level, HerniationZone::Paracentral);
    const Root traversing = traversing_root(level), exiting = exiting_root(level);
    EXPECT_LT(distance_to(course_at(s, traversing, level), top), s.roots[at(traversing)][1].radius) << name(level);
    EXPECT_GT(distance_to(course_at(s, exiting, level), top), s.roots[at(exiting)][1].ganglion_radius + 3 * mm)
        << name(level);
  }
}

TEST(RootCourses, ForaminalProtrusionMeetsTheExitingRootOnly) {
  const Subject s = test::subject();
  for (const Level level : {Level::L3L4, Level::L4L5, Level::L5S1}) {
    const Vec3 top = protrusion_top(s, level, HerniationZone::Foraminal);
    const Root traversing = traversing_root(level), exiting = exiting_root(level);
    EXPECT_LT(distance_to(course_at(s, exiting, level), top), s.roots[at(exiting)][1].radius) << name(level);
    EXPECT_GT(distance_to(course_at(s, traversing, level), top), s.roots[at(traversing)][1].radius + 3 * mm)
        << name(level);
  }
}

TEST(RootCourses, PassBelowTheirOwnPedicleAndStayOutOfIt) {
  const Subject s = test::subject();
  for (const Root root : {Root::L1, Root::L2, Root::L3, Root::L4, Root::L5}) {
    const auto own = static_cast<Vertebra>(index(root));
    const RootCourse& course = s.roots[at(root)][1];
    bool below = false;
    for (const auto& w : course.waypoints) {
      if (w.vertebra != own) continue;
      const double gap = s.bones[at(own)].distance(VertebraPart::Pedicle, Side::Right, w.point_V) - course.radius;
      EXPECT_GT(gap, 0.5 * mm) << name(root);
      below |= std::abs(w.point_V.z() - s.vertebrae[at(own)].pedicle_centre.z()) < 4 * mm &&
               w.point_V.y() < s.vertebrae[at(own)].pedicle_centre.y();
    }
    EXPECT_TRUE(below) << name(root);
  }
}

TEST(RootCourses, OfS1RunsSmoothlyThroughRecessAndForamenOfTheSacrum) {
  for (const SubjectDescription& d : {test::man(), test::woman()}) {
    const Subject s = test::subject(d);
    const RootCourse& course = s.roots[at(Root::S1)][1];
    const Pose S1 = vertebra_pose(s, standing_poses(s.segments), Vertebra::S1);
    std::vector<Vec3> points;
    for (const auto& w : course.waypoints) {
      points.push_back(S1.inverse() * (vertebra_pose(s, standing_poses(s.segments), w.vertebra) * w.point_V));
      EXPECT_GT(s.bones[at(Vertebra::S1)].distance(points.back()), 0) << points.back().transpose();
    }
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
      const Vec3 from = (points[i] - points[i - 1]).normalized(), to = (points[i + 1] - points[i]).normalized();
      EXPECT_LT(std::acos(from.dot(to)), 35 * units::deg) << i;
    }
    // 26 degrees at L5, and steeper below (projection study, PMID 22744616; Hasegawa 1996 Spine 21:1005).
    const Vec3 way = points[points.size() - 2] - points.front();
    const double take_off = std::atan2(way.z(), -way.y());
    EXPECT_GT(take_off, 15 * units::deg);
    EXPECT_LT(take_off, 26 * units::deg);
  }
}

TEST(RootCourses, ConusEndsInTheCanalAtTheUpperThirdOfL1) {
  const Subject s = test::subject();
  const VertebraDimensions& L1 = s.vertebrae[at(Vertebra::L1)];
  EXPECT_GT(s.conus_L1.y(), L1.height_posterior / 6);
  EXPECT_LT(s.conus_L1.y(), L1.height_posterior / 2);
  EXPECT_EQ(s.conus_L1.z(), 0);
  EXPECT_GT(s.bones[at(Vertebra::L1)].distance(s.conus_L1), 5 * mm);
}

TEST(RootCourses, TractsOfSciaticRootsAreStretchedByTheLeg) {
  const Subject s = test::subject();
  for (const Root root : {Root::L5, Root::S1}) {
    const TractGeometry& t = s.tracts[at(root)];
    EXPECT_GT(t.length, 0.85);
    EXPECT_LT(t.length, 1.0);
    EXPECT_GT(t.hip_radius, 0);
    EXPECT_LT(t.knee_radius, 0);
    EXPECT_GT(t.ankle_radius, 0);
  }
}

}  // namespace
}  // namespace foramen
