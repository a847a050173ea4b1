/// The way of each nerve root past bone and disc, and the tract it runs into.

#include <algorithm>
#include <cmath>

#include "sim/anatomy/builder.h"
#include "sim/base/units.h"

namespace foramen::build {
namespace {

using units::mm;
using Waypoint = RootCourse::Waypoint;

/// Where the root leaves the foramen and meets the disc: just past the middle of the pedicle [m], and no farther out
/// than this part of the disc's half width, where foraminal protrusions sit (estimates from axial sections).
constexpr double kPastPedicle = 0.5 * mm;
constexpr double kExitWidth = 0.82;

/// From where on the disc's upper margin to the root where it leaves the foramen: upwards from straight out (estimate:
/// the root runs in the upper third of the foramen, against body and disc rather than the articular process).
constexpr double kOverMargin = 20 * units::deg;

/// How far forward the body's wall, and the root with it, comes under the outer half of the pedicle, per half turn
/// round the pedicle and over the pedicle's width (estimate from the shape of the body).
constexpr double kFallAway = 0.55;

/// Where the ganglion lies round the pedicle (half turns from its medial side; below it at 0.5) and how much farther
/// from it than the root in the recess [m]: the root runs straight from the recess to its exit, some 45 degrees
/// outwards (50-59 degrees in the foramen: Silverstein 2015), with the pedicle above its inner half (estimate).
constexpr double kBelowPedicle = 0.40, kBelow = 1.0 * mm;

/// The root has come this part of the pedicle's height below its middle where it enters the recess (estimate).
constexpr double kRecessBelow = 0.15;

/// Waypoints from the foramen to the end, itself included, as `leave` and `leave_sacrum` lay them.
constexpr std::size_t kAfterForamen = 6, kAfterSacralForamen = 3;

/// Posterior wall of the body in front of the canal: the waist, a little in front of the endplate rims (as the bones
/// are drawn).
double body_wall(const VertebraDimensions& d) {
  if (d.endplate_depth_lower <= 0) return -0.5 * d.endplate_depth_upper;
  return -0.25 * (d.endplate_depth_upper + d.endplate_depth_lower);
}

struct Router {
  const Build& b;
  Vertebra own;
  double radius, ganglion, gap_disc, gap_side, gap_body, gap_pedicle;

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
  [[nodiscard]] Vec3 beside(const DiscGeometry& disc, double phi, double y, double gap) const {
    Vec2 edge;
    const Vec2 n = disc_outline_normal(disc, phi, &edge);
    const Vec2 p = edge + (radius + gap) * n;
    return {p.x(), y, p.y()};
  }

  /// From the wall of the sac, behind the disc above, into the lateral recess of the own vertebra.
  void descend(std::vector<Waypoint>& path) const {
    const double sleeve = fact("sleeve_from_midline"), above = b.tables.parameters.at("root", "above_disc");
    if (own == Vertebra::L1) {
      path.push_back({own, {body_wall(bone()) - radius - gap_disc, 0.5 * bone().height_posterior, recess_z()}});
      return;
    }
    const int i = index(own) - 1;
    const DiscGeometry& disc = level(i).disc;
    const double behind = -0.5 * disc.depth - radius - gap_disc;
    const double in_sac = b.tables.parameters.at("root", "gap_sac");
    const Vec3 start(behind + gap_disc - in_sac, above, sleeve), recess = disc_in_lower(i).inverse() * in_recess();
    const double down = (above + above) / (above - recess.y());
    path.push_back({static_cast<Vertebra>(i), level(i).X_UD * start});
    path.push_back({own, disc_in_lower(i) * Vec3(behind, -above, sleeve + down * (recess.z() - sleeve))});
  }

  [[nodiscard]] Vec3 in_recess() const {
    if (own == Vertebra::S1) {
      const double s = b.bone_scale();
      return {s * fact("recess_x"), s * fact("recess_y"), recess_z()};
    }
    return {body_wall(bone()) - radius - gap_body, bone().pedicle_centre.y() - kRecessBelow * bone().pedicle_height,
            recess_z()};
  }

  /// Round the pedicle, at `angle` from its medial side (0) to below it (π/2), clear of it by the gap.
  [[nodiscard]] Vec3 round_pedicle(double angle, double clear, double x) const {
    const VertebraDimensions& d = bone();
    const Vec2 half(0.5 * d.pedicle_width, 0.5 * d.pedicle_height), out(-std::cos(angle), -std::sin(angle));
    const Vec2 edge = half.cwiseProduct(out), normal = out.cwiseQuotient(half).normalized();
    const Vec2 p = edge + (clear + gap_pedicle) * normal;
    return {x, d.pedicle_centre.y() + p.y(), d.pedicle_centre.z() + p.x()};
  }

  /// Under the pedicle, behind the disc's upper margin, along its side and away.
  void leave(std::vector<Waypoint>& path) const {
    const int i = index(own);
    const MotionSegment& below = level(i);
    const DiscGeometry& disc = below.disc;
    const double wall = body_wall(bone()) - radius - gap_body;
    // From the recess straight down and outwards below the inner half of the pedicle, where the body's wall falls away
    // to the side and the root keeps to it, away from the pars.
    const double x = wall + kFallAway * bone().pedicle_width * (kBelowPedicle - 0.2);
    path.push_back({own, round_pedicle(kBelowPedicle * kPi, ganglion + kBelow, x)});
    // Out of the foramen over the disc's upper margin, then forwards and down along its side.
    const double side = fact("side_angle"), half = 0.5 * disc.height_posterior, gap = fact("gap_exit");
    const double out = std::min(bone().pedicle_centre.z() + kPastPedicle, kExitWidth * 0.5 * disc.width);
    const double exit = disc_outline_angle(disc, out), over = (radius + gap) * std::sin(kOverMargin);
    path.push_back(
        {own, below.X_UD * beside(disc, exit, half + over, (radius + gap) * std::cos(kOverMargin) - radius)});
    path.push_back({own, below.X_UD * beside(disc, exit + (side - exit) / 3, 0.5 * half, gap_side)});
    path.push_back({own, below.X_UD * beside(disc, exit + 2 * (side - exit) / 3, -0.25 * half, gap_side)});
    path.push_back({own, below.X_UD * beside(disc, side, -half, gap_side)});
    const Vec3 beyond(fact("beyond_x"), fact("beyond_y"), 0.5 * disc.width + fact("beyond_z"));
    path.push_back({static_cast<Vertebra>(i + 1), disc_in_lower(i) * beyond});
  }

  void leave_sacrum(std::vector<Waypoint>& path) const {
    for (const char* point : {"canal", "inner", "foramen", "exit", "beyond"})
      path.push_back({own, b.bone_scale() * b.tables.roots.vector(name(own), point)});
  }
};

RootCourse right_course(const Build& b, Root root) {
  const FactTable& p = b.tables.parameters;
  const auto own = static_cast<Vertebra>(index(root));
  const auto item = name(own);
  const Router router{b,
                      own,
                      0.5 * b.person().parameters.root_diameter * b.tables.roots.at(item, "diameter"),
                      0.5 * b.person().parameters.root_diameter * b.tables.roots.at(item, "ganglion_diameter"),
                      p.at("root", "gap_disc"),
                      p.at("root", "gap_side"),
                      p.at("root", "gap_body"),
                      p.at("root", "gap_pedicle")};
  RootCourse course;
  course.root = root;
  course.side = Side::Right;
  course.radius = router.radius;
  course.ganglion_radius = router.ganglion;
  router.descend(course.waypoints);
  course.recess = course.waypoints.size();
  course.waypoints.push_back({own, router.in_recess()});
  if (root == Root::S1) {
    router.leave_sacrum(course.waypoints);
    course.foramen = course.waypoints.size() - kAfterSacralForamen;
  } else {
    router.leave(course.waypoints);
    course.foramen = course.waypoints.size() - kAfterForamen;
  }
  return course;
}

TractGeometry tract(const Build& b, Root root, const std::string& nerve) {
  const auto of_root = [&](const char* quantity) { return b.tables.tracts.at(name(root), nerve + quantity); };
  const auto of_nerve = [&](const char* quantity) { return b.tables.tracts.at(nerve, quantity); };
  const double size = b.scale("stature_muscle");
  return {.share = of_root("_share"),
          .length = b.person().stature * of_nerve("length"),
          .slack = size * of_root("_slack"),
          .hip_radius = size * of_nerve("hip"),
          .knee_radius = size * of_nerve("knee"),
          .ankle_radius = size * of_nerve("ankle")};
}

void hang_sac(Build& b) {
  const auto fact = [&](const char* quantity) { return b.tables.tracts.at("sac", quantity); };
  SacGeometry& sac = b.subject.sac;
  sac.dura_stiffness = fact("dura_stiffness");
  sac.dura_toe = fact("dura_toe");
  sac.dura_above = fact("dura_above");
  sac.cord = fact("cord");
  sac.filum = fact("filum");
  sac.epidural_tie = fact("epidural_tie");
  sac.sleeve_tie = fact("sleeve_tie");
  sac.across_wall = fact("across_wall");
  sac.neck_radius = fact("neck");
  sac.thoracic_radius = fact("thoracic");
  sac.intradural_slack = fact("intradural_slack");
  sac.ligament_along = fact("ligament_along");
  sac.ligament_across = fact("ligament_across");
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
    b.subject.tracts[r] = tract(b, root, "sciatic");
    b.subject.femoral_tracts[r] = tract(b, root, "femoral");
    b.subject.sac.origin_above_conus[r] = b.tables.tracts.at(name(root), "origin_above_conus");
  }
  hang_sac(b);
  const VertebraDimensions& L1 = b.subject.vertebrae.front();
  b.subject.conus_L1 = {body_wall(L1) - 0.5 * L1.canal_depth, b.tables.parameters.at("root", "conus_y"), 0};
}

}  // namespace foramen::build
