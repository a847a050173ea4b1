/// Bone that pathology adds: osteophytes on the rims of the bodies, and the superior articular process grown into
/// recess and foramen. Everything is laid out on the right side.

#include <algorithm>

#include "sim/anatomy/builder.h"
#include "sim/base/units.h"

namespace foramen::build {
namespace {

using units::mm;

/// No wall of a recess or foramen is farther from the root than this [m].
constexpr double kFarthest = 14 * mm;
/// Half thickness of the bar that a grown articular process shows to the root, and its half length along the canal's
/// width [m] (estimates: the process is 8 mm thick and the recess 5–10 mm wide).
constexpr double kBarThickness = 3 * mm, kBarWidth = 5 * mm;
/// How far a grown process spreads sideways and along itself, over how far it has grown (estimate: a low dome).
constexpr double kBarSpread = 2;
/// Below which no bone is added [m].
constexpr double kNothing = 1e-9;

struct Grower {
  Build& b;

  [[nodiscard]] const ImplicitVertebra& bone(std::size_t v) const { return b.subject.bones[v]; }
  [[nodiscard]] const MotionSegment& segment(Level level) const {
    return b.subject.levels[static_cast<std::size_t>(index(level))];
  }
  /// Disc frame in the lower vertebra's own frame.
  [[nodiscard]] Pose disc_in_lower(Level level) const {
    const Pose& X_LD = segment(level).X_LD;
    return lower_vertebra(level) == Vertebra::S1 ? b.subject.X_pelvis_S1.inverse() * X_LD : X_LD;
  }
  void add(std::size_t vertebra, const BoneGrowth& growth) const { b.subject.growths[vertebra].push_back(growth); }

  /// Way from `start` along `direction` to where `distance` vanishes, at most kFarthest [m].
  template <class Distance>
  static double way(const Distance& distance, const Vec3& start, const Vec3& direction) {
    double gone = 0;
    for (int i = 0; i < 60 && gone < kFarthest; ++i) {
      const double d = distance(start + gone * direction);
      if (d < 0.01 * mm) break;
      gone += d;
    }
    return std::min(gone, kFarthest);
  }

  /// A bar with its face at `face`, looking along `forward`, that reaches `up` and `down` along `along` once it has
  /// grown by `grown`: a small one is a knob on the process.
  static BoneGrowth bar(Side side, const Vec3& face, const Vec3& forward, const Vec3& along, double grown, double up,
                        double down) {
    const double spread = kBarSpread * grown;
    BoneGrowth g;
    g.part = VertebraPart::SuperiorArticular;
    g.side = side;
    const Vec3 middle = face - kBarThickness * forward;
    g.from = middle - std::min(down, spread) * along;
    g.to = middle + std::min(up, spread) * along;
    g.across = Vec3::UnitZ();
    g.half_from = g.half_to = Vec2(std::min(kBarWidth, kBarThickness + spread), kBarThickness);
    g.cap_from = g.cap_to = 2 * mm;
    g.squareness = 0.7;
    return g;
  }

  /// The articular process of the lower vertebra behind the traversing root.
  void narrow_recess(Level level, Side side) const {
    const auto lower = static_cast<std::size_t>(index(level)) + 1;
    const auto s = static_cast<std::size_t>(index(side));
    const CanalGeometry& canal = b.subject.canal[lower];
    const double healthy =
        b.person().parameters.canal_size * b.tables.canal.at(b.by_sex(name(lower_vertebra(level))), "recess_depth");
    if (canal.recess_depth[s] > healthy - kNothing) return;
    // Waypoints of a course: beside the sac, behind the disc above, in the recess.
    const RootCourse& root = b.subject.roots[lower][static_cast<std::size_t>(index(Side::Right))];
    // The process lies along the root, which comes down and forward into the recess.
    const Vec3 place = root.waypoints[2].point_V, along = (root.waypoints[1].point_V - place).normalized();
    const Vec3 forward = (Vec3::UnitX() - along.x() * along).normalized();
    const double front = way([&](const Vec3& p) { return bone(lower).distance(p); }, place, forward);
    const double wall = std::min(front, root.radius + 2 * mm);
    const Vec3 face = place + (wall - canal.recess_depth[s]) * forward;
    add(lower, bar(side, face, forward, along, healthy - canal.recess_depth[s], 6 * mm, 1 * mm));
  }

  /// The same behind the exiting root, below its pedicle: it narrows the foramen from behind.
  void narrow_foramen(Level level, Side side) const {
    const auto upper = static_cast<std::size_t>(index(level)), lower = upper + 1;
    const auto s = static_cast<std::size_t>(index(side));
    const double share = b.subject.canal[upper].foramen_narrowing[s];
    const auto& measured = b.person().measured[upper].foramen_width[s];
    if (share <= 0 && !measured) return;
    const RootCourse& root = b.subject.roots[upper][static_cast<std::size_t>(index(Side::Right))];
    const Pose X_LD = disc_in_lower(level), X_LU = X_LD * segment(level).X_UD.inverse(), X_UL = X_LU.inverse();
    // Half way between ganglion and exit, below the middle of the pedicle.
    const Vec3 middle = 0.5 * (root.waypoints[root.foramen].point_V + root.waypoints[root.foramen + 1].point_V);
    const Vec3 place = X_LU * middle, forward = X_LD.R.col(0);
    const auto upper_distance = [&](const Vec3& p) { return bone(upper).distance(X_UL * p); };
    const auto nearest = [&](const Vec3& p) { return std::min(upper_distance(p), bone(lower).distance(p)); };
    const double front = std::min(way(upper_distance, place, forward), root.ganglion_radius + 2 * mm);
    const double width = front + way(nearest, place, -forward);
    double taken = share * width;
    if (measured) taken += std::max(0.0, width - *measured);
    if (taken < kNothing) return;
    const Vec3 face = place + (front - std::max(width - taken, 0.5 * mm)) * forward;
    add(lower, bar(side, face, forward, X_LD.R.col(1), taken, 1 * mm, 9 * mm));
  }

  void add_spur(const Osteophyte& o, Side side) const {
    const auto upper = static_cast<std::size_t>(index(o.level)), lower = upper + 1;
    const bool foraminal = o.where == OsteophytePlace::Foraminal;
    const std::size_t vertebra = foraminal ? upper : lower;
    const DiscGeometry& disc = segment(o.level).disc;
    Herniation place;
    place.side = HerniationSide::Right;
    place.zone = foraminal ? HerniationZone::Foraminal : HerniationZone::Paracentral;
    const double phi = herniation_angle(place, disc, b.subject.vertebrae[upper]);
    Vec2 edge;
    const Vec2 n = disc_outline_normal(disc, phi, &edge);
    const Pose X_VD = foraminal ? segment(o.level).X_UD : disc_in_lower(o.level);
    // On the rim, a little beyond the endplate.
    constexpr double kBeyond = 2.5 * mm, kOutside = 6 * mm, kRoot = 4 * mm;
    const double y = (foraminal ? 1 : -1) * (0.5 * disc.height_posterior + kBeyond);
    const Vec3 normal = X_VD.R * Vec3(n.x(), 0, n.y());
    const Vec3 start = X_VD * Vec3(edge.x(), y, edge.y()) + kOutside * normal;
    const Vec3 surface =
        start - way([&](const Vec3& p) { return bone(vertebra).distance(p); }, start, -normal) * normal;
    BoneGrowth g;
    g.part = VertebraPart::Osteophyte;
    g.side = side;
    g.cap_from = 1 * mm;
    g.cap_to = std::min(2 * mm, 0.7 * o.size);
    g.from = surface - kRoot * normal;
    g.to = surface + (o.size - g.cap_to) * normal;
    g.across = normal.cross(X_VD.R.col(1));
    g.half_from = Vec2(6, 3.5) * mm;
    g.half_to = Vec2(4, 2.5) * mm;
    add(vertebra, g);
  }
};

}  // namespace

void grow_bones(Build& b) {
  const Grower grower{b};
  for (const Level level : kLevels) {
    for (const Side side : kSides) {
      grower.narrow_recess(level, side);
      grower.narrow_foramen(level, side);
    }
  }
  for (const Osteophyte& o : b.person().osteophytes) {
    if (o.size < kNothing) continue;
    for (const Side side : kSides) {
      if (!o.side || *o.side == side) grower.add_spur(o, side);
    }
  }
  for (std::size_t v = 0; v < b.subject.bones.size(); ++v) {
    if (!b.subject.growths[v].empty())
      b.subject.bones[v] = ImplicitVertebra(b.subject.vertebrae[v], b.subject.growths[v]);
  }
}

}  // namespace foramen::build
