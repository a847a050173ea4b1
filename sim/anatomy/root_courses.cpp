/// The way of each nerve root past bone and disc, and the tract it runs into.

#include <cmath>

#include "sim/anatomy/builder.h"
#include "sim/base/units.h"

namespace foramen::build {
namespace {

using units::mm;
using Waypoint = RootCourse::Waypoint;

/// Posterior wall of the body in front of the canal: the waist, a little in front of the endplate rims (as the bones
/// are drawn).
double body_wall(const VertebraDimensions& d) {
  if (d.endplate_depth_lower <= 0) return -0.5 * d.endplate_depth_upper;
  return -0.25 * (d.endplate_depth_upper + d.endplate_depth_lower);
}

struct Router {
  const Build& b;
  Vertebra own;
  double radius, ganglion, gap_disc, gap_pedicle;

  [[nodiscard]] double fact(const char* quantity) const { return b.tables.roots.at(name(own), quantity); }
  [[nodiscard]] const VertebraDimensions& bone() const {
    return b.subject.vertebrae[static_cast<std::size_t>(index(own))];
  }
  [[nodiscard]] const MotionSegment& level(int i) const { return b.subject.levels[static_cast<std::size_t>(i)]; }
  /// Disc frame in the lower vertebra's own frame.
  [[nodiscard]] Pose disc_in_lower(int i) const {
    return i == index(Level::L5S1) ? b.subject.X_pelvis_S1.inverse() * level(i).X_LD : level(i).X_LD;
  }
  [[nodiscard]] double recess_z() const { return 0.5 * bone().canal_width - radius - gap_pedicle; }

  /// Beside the outline of a disc at angle phi, at height y over its mid-plane, clear of it by the gap.
  [[nodiscard]] Vec3 beside(const DiscGeometry& disc, double phi, double y) const {
    Vec2 edge;
    const Vec2 n = disc_outline_normal(disc, phi, &edge);
    const Vec2 p = edge + (radius + gap_disc) * n;
    return {p.x(), y, p.y()};
  }

  /// From the wall of the sac, behind the disc above, into the lateral recess of the own vertebra.
  void descend(std::vector<Waypoint>& path) const {
    const double sleeve = fact("sleeve_from_midline"), above = b.tables.parameters.at("root", "above_disc");
    if (own == Vertebra::L1) {
      path.push_back({own, {body_wall(bone()) - radius - gap_disc, 0.5 * bone().height_posterior, sleeve}});
      return;
    }
    const int i = index(own) - 1;
    const DiscGeometry& disc = level(i).disc;
    const double behind = -0.5 * disc.depth - radius - gap_disc;
    const Vec3 start(behind, above, sleeve), recess = disc_in_lower(i).inverse() * in_recess();
    const double down = (above + above) / (above - recess.y());
    path.push_back({static_cast<Vertebra>(i), level(i).X_UD * start});
    path.push_back({own, disc_in_lower(i) * Vec3(behind, -above, sleeve + down * (recess.z() - sleeve))});
  }

  [[nodiscard]] Vec3 in_recess() const {
    if (own == Vertebra::S1) {
      const double s = b.bone_scale();
      return {s * fact("recess_x"), s * fact("recess_y"), recess_z()};
    }
    return {body_wall(bone()) - radius - gap_disc, bone().pedicle_centre.y(), recess_z()};
  }

  /// Under the pedicle, behind the disc's upper margin, along its side and away.
  void leave(std::vector<Waypoint>& path) const {
    const VertebraDimensions& d = bone();
    const int i = index(own);
    const MotionSegment& below = level(i);
    const double under = d.pedicle_centre.y() - 0.5 * d.pedicle_height - ganglion - gap_pedicle;
    path.push_back({own, {d.pedicle_centre.x() + 1 * mm, under, d.pedicle_centre.z() - 2 * mm}});
    const DiscGeometry& disc = below.disc;
    // Out of the foramen where pedicle and disc margin end: the lateral third of the disc's back.
    const double widest = 0.5 * disc.width;
    const double exit_z = std::min(d.pedicle_centre.z() + 1 * mm, 0.88 * widest);
    const double half = 0.5 * disc.height_posterior;
    path.push_back({own, below.X_UD * beside(disc, disc_outline_angle(disc, exit_z), half)});
    path.push_back({own, below.X_UD * beside(disc, disc_outline_angle(disc, 0.97 * widest), -half)});
    const Vec3 beyond(fact("beyond_x"), fact("beyond_y"), widest + fact("beyond_z"));
    path.push_back({static_cast<Vertebra>(i + 1), disc_in_lower(i) * beyond});
  }

  void leave_sacrum(std::vector<Waypoint>& path) const {
    for (const char* point : {"foramen", "exit", "beyond"})
      path.push_back({own, b.bone_scale() * b.tables.roots.vector(name(own), point)});
  }
};

RootCourse right_course(const Build& b, Root root) {
  const FactTable& p = b.tables.parameters;
  const auto own = static_cast<Vertebra>(index(root));
  const auto item = name(own);
  const Router router{b,
                      own,
                      0.5 * b.tables.roots.at(item, "diameter"),
                      0.5 * b.tables.roots.at(item, "ganglion_diameter"),
                      p.at("root", "gap_disc"),
                      p.at("root", "gap_pedicle")};
  RootCourse course;
  course.root = root;
  course.side = Side::Right;
  course.radius = router.radius;
  course.ganglion_radius = router.ganglion;
  router.descend(course.waypoints);
  course.waypoints.push_back({own, router.in_recess()});
  if (root == Root::S1) {
    router.leave_sacrum(course.waypoints);
  } else {
    router.leave(course.waypoints);
  }
  return course;
}

}  // namespace

void route_roots(Build& b) {
  for (const Root root : kRoots) {
    const auto r = static_cast<std::size_t>(index(root));
    RootCourse right = right_course(b, root);
    RootCourse left = right;
    left.side = Side::Left;
    for (Waypoint& w : left.waypoints) w.point_V = mirrored(w.point_V);
    b.subject.roots[r] = {std::move(left), std::move(right)};
    const auto fact = [&](const char* quantity) { return b.tables.tracts.at(name(root), quantity); };
    b.subject.tracts[r] = {.length = b.person().stature * fact("length"),
                           .slack = fact("slack"),
                           .hip_radius = b.scale("stature_muscle") * fact("hip"),
                           .knee_radius = b.scale("stature_muscle") * fact("knee"),
                           .ankle_radius = b.scale("stature_muscle") * fact("ankle")};
  }
  const VertebraDimensions& L1 = b.subject.vertebrae.front();
  b.subject.conus_L1 = {body_wall(L1) - 0.5 * L1.canal_depth, b.tables.parameters.at("root", "conus_y"), 0};
}

}  // namespace foramen::build
