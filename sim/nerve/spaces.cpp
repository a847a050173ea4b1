#include "sim/nerve/spaces.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr double kCriticalSac = 77 * units::mm2;
/// Part of the canal's section that the dural sac fills when nothing presses: 80 of 119 mm² at L4–L5 in stenotic
/// people, in whom it matters (Lim 2017 Medicine 96:e9087; 152 of 200 in others).
constexpr double kSacShare = 0.67;
constexpr int kFanHeights = 5;
constexpr double kFarthest = 20e-3;
constexpr double kRoomy = 1.5e-3;
/// Rays walk towards bones farther than this by a bound of their distance [m].
constexpr double kFarOff = 2.5e-3;
/// A ray is at a wall when so near to it, if it comes straight up to it, and nearer if it grazes it [m].
constexpr double kTouch = 0.3e-3;
/// No wall is thinner than this [m].
constexpr double kThin = 1.5e-3;
constexpr int kMostSteps = 200;
/// A wall that comes nearer by less than this per way is walked along with care; less than that is not told apart.
constexpr double kLeastNearing = 0.4, kGrazing = 0.05;

/// The structures that bound a foramen: disc, flavum, the bones above and below and what has grown on them.
class ForamenWalls {
 public:
  static constexpr std::size_t kMost = 6;
  using Distances = std::array<double, kMost>;

  ForamenWalls(const Surroundings& around, std::size_t level)
      : disc_(around.discs[level]), flavum_(around.flava[level]) {
    for (const std::size_t v : {level, level + 1}) {
      const BoneFields& bone = around.fixed->bones[v];
      for (const BoneField* field : {bone.healthy.get(), bone.growths.get()})
        if (field) bones_[count_++ - 2] = {field, &around.bones[v]};
    }
  }

  /// The cheapest to measure come first.
  [[nodiscard]] std::size_t count() const { return count_; }

  /// Of bones farther than kFarOff only what it does not fall below.
  [[nodiscard]] double distance(std::size_t wall, const Vec3& p) const {
    if (wall == 0) return disc_.distance(p);
    if (wall == 1) return flavum_.distance(p).distance();
    const auto& [field, pose] = bones_[wall - 2];
    const Vec3 place = pose->R.transpose() * (p - pose->p);
    const double bound = field->bound(place);
    return bound > kFarOff ? bound : field->measure(place);
  }

  /// Fills in the distances of all walls while none is nearer than `least`; returns the nearest found.
  double measure(const Vec3& p, double least, Distances& distances) const {
    double nearest = kFarthest;
    for (std::size_t wall = 0; wall < count_ && nearest > least; ++wall)
      nearest = std::min(nearest, distances[wall] = distance(wall, p));
    return nearest;
  }

 private:
  struct Bone {
    const BoneField* field;
    const Pose* pose;
  };
  const DiscWall& disc_;
  const FlavumFront& flavum_;
  std::array<Bone, kMost - 2> bones_{};
  std::size_t count_ = 2;
};

/// How far along a ray one wall is known to be.
struct Sighting {
  double way = 0, distance = 0;  ///< [m]: a place on the ray and how far the wall is off there …
  double nearing = 0;            ///< how fast it came nearer on the way there
  double step = 0;               ///< where on the ray to look next: at the wall, if it goes on coming nearer so
};

/// Free way before all walls from `seed` along `direction`, up to `most` [m]; `distances` of the seed. One may walk as
/// far as a wall is off, and farther once it is known how fast it comes nearer, if what is off at the end makes up for
/// it.
double free_way(const ForamenWalls& walls, const Vec3& seed, const Vec3& direction,
                const ForamenWalls::Distances& distances, double most) {
  std::array<Sighting, ForamenWalls::kMost> sightings;
  for (std::size_t wall = 0; wall < walls.count(); ++wall)
    sightings[wall] = {0, distances[wall], kLeastNearing, distances[wall]};
  for (int i = 0; i < kMostSteps; ++i) {
    std::size_t nearest = 0;
    for (std::size_t wall = 1; wall < walls.count(); ++wall)
      if (sightings[wall].way + sightings[wall].distance < sightings[nearest].way + sightings[nearest].distance)
        nearest = wall;
    auto& [way, distance, nearing, step] = sightings[nearest];
    if (std::abs(step) < kTouch * nearing * nearing || way + distance > most) return std::clamp(way + step, 0.0, most);
    const double next = walls.distance(nearest, seed + (way + step) * direction);
    if (std::abs(next) < step - distance - kThin) {  // a part of that way is known from neither end
      step = distance;
      continue;
    }
    nearing = std::clamp((distance - next) / step, kGrazing, 1.0);
    way += step;
    distance = next;
    step = distance / std::max(nearing, kLeastNearing);
  }
  double way = most;
  for (std::size_t wall = 0; wall < walls.count(); ++wall)
    way = std::min(way, sightings[wall].way + sightings[wall].distance);
  return std::max(0.0, way);
}

/// Middle of a vertebra's pedicle on a side, moved up or down by half its height, world axes.
Vec3 pedicle_edge(const Surroundings& around, std::size_t vertebra, Side side, double up) {
  const VertebraDimensions& v = around.subject->vertebrae[vertebra];
  Vec3 p = v.pedicle_centre + Vec3(0, 0.5 * up * v.pedicle_height, 0);
  if (side == Side::Left) p = mirrored(p);
  return around.bones[vertebra] * p;
}

void measure_foramen(const Surroundings& around, std::size_t level, Side side, LevelSpaces& spaces) {
  const auto s = static_cast<std::size_t>(index(side));
  const Vec3 top = pedicle_edge(around, level, side, -1), bottom = pedicle_edge(around, level + 1, side, +1);
  spaces.foramen_height[s] = (top - bottom).norm();
  // Section and width are those of the sagittal plane through the upper pedicle's middle, as on sagittal images.
  const Pose& disc = around.discs[level].pose();
  const Vec3 forward = disc.R.col(0), aside = disc.R.col(2), foot = bottom + (top - bottom).dot(aside) * aside;
  const double step = (top - foot).norm() / kFanHeights;
  // The capsule bridges the facet joint, whose gap would else seem to go on.
  const FacetGeometry& joint = around.subject->levels[level].facets[s];
  const ForamenWalls walls(around, level);
  double area = 0, least = kFarthest;
  for (int i = 0; i < kFanHeights; ++i) {
    const double t = (i + 0.5) / kFanHeights;
    Vec3 seed = foot + t * (top - foot);
    // The line between the pedicles may touch a wall: start from the roomiest place near it.
    ForamenWalls::Distances here{}, other{};
    double room = walls.measure(seed, -kFarthest, here);
    for (const double shift : {-3e-3, -6e-3, 3e-3}) {
      if (room > kRoomy) break;
      const Vec3 place = foot + t * (top - foot) + shift * forward;
      const double d = walls.measure(place, room, other);
      if (d > room) {
        room = d;
        seed = place;
        here = other;
      }
    }
    const double to_joint = std::clamp((disc.inverse() * seed).x() - joint.centre_D.x(), 0.0, kFarthest);
    const double width =
        room <= 0 ? 0
                  : free_way(walls, seed, forward, here, kFarthest) + free_way(walls, seed, -forward, here, to_joint);
    area += width * step;
    if (width > 0) least = std::min(least, width);
  }
  spaces.foramen_area[s] = area;
  spaces.foramen_width[s] = area > 0 ? least : 0;
}

}  // namespace

double sac_pressure(double sac_area) {
  const double constriction = 1 - sac_area / kCriticalSac;
  if (constriction <= 0) return 0;
  const double power = std::log(2.0) / std::log(0.26 / 0.19);
  return 50 * units::mmHg * std::pow(constriction / 0.19, power);
}

LevelSpaces measure_spaces(const Surroundings& around, const SpineState& spine, Level level) {
  LevelSpaces spaces;
  const auto l = static_cast<std::size_t>(index(level));
  const Subject& subject = *around.subject;
  for (const Side side : kSides) {
    measure_foramen(around, l, side, spaces);
    spaces.recess_depth[static_cast<std::size_t>(index(side))] =
        subject.canal[l + 1].recess_depth[static_cast<std::size_t>(index(side))];
  }
  // Between the disc wall, with bulge and herniation, and the flavum, from facet joint to facet joint.
  const MotionSegment& segment = subject.levels[l];
  const CanalRoof& roof = segment.roof;
  const double flavum_growth = roof_advance(segment, spine.levels[l]);
  const auto intrusion = [&](double angle) {
    return around.discs[l].radius(angle) - around.discs[l].standing_radius(angle);
  };
  spaces.canal_depth = std::max(0.0, segment.canal_depth - intrusion(kPi) - flavum_growth);
  constexpr int kStrips = 9;
  const double width = 2 * roof.half_width, back = 0.5 * segment.disc.depth;
  double area = 0;
  for (int i = 0; i < kStrips; ++i) {
    const double z = ((i + 0.5) / kStrips - 0.5) * width;
    const double strip = segment.canal_depth - roof.rise(z);
    area += std::max(0.0, strip - intrusion(std::atan2(z, -back)) - flavum_growth) * width / kStrips;
  }
  spaces.canal_area = area;
  spaces.sac_pressure = sac_pressure(kSacShare * area);
  return spaces;
}

}  // namespace foramen
