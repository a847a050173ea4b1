#include "sim/nerve/spaces.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr double kCriticalSac = 77 * units::mm2;
/// Part of the canal's section that the dural sac fills when nothing presses (estimate: sac about 180 of 275 mm² at
/// L4–L5).
constexpr double kSacShare = 0.65;
constexpr int kFanHeights = 5;
constexpr double kFarthest = 20e-3;
constexpr double kRoomy = 1.5e-3;

/// Distance to the nearest of the structures that bound a foramen.
double foramen_wall(const Surroundings& around, std::size_t level, const Vec3& p) {
  double d = std::min(around.discs[level].distance(p, 1).distance(), around.flava[level].distance(p).distance());
  for (const std::size_t v : {level, level + 1}) {
    const Pose& pose = around.bones[v];
    const Vec3 p_V = pose.R.transpose() * (p - pose.p);
    const BoneFields& bone = around.fixed->bones[v];
    for (const BoneField* field : {bone.healthy.get(), bone.growths.get()}) {
      if (field) d = std::min(d, field->bound(p_V));
    }
  }
  return d;
}

/// Free way from `seed` along `direction` by sphere tracing [m].
double free_way(const Surroundings& around, std::size_t level, const Vec3& seed, const Vec3& direction) {
  double way = 0;
  for (int i = 0; i < 25 && way < kFarthest; ++i) {
    const double d = foramen_wall(around, level, seed + way * direction);
    way += d;
    if (d < 0.05e-3) break;
  }
  return std::clamp(way, 0.0, kFarthest);
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
  double area = 0, least = kFarthest;
  for (int i = 0; i < kFanHeights; ++i) {
    const double t = (i + 0.5) / kFanHeights;
    Vec3 seed = foot + t * (top - foot);
    // The line between the pedicles may touch a wall: start from the roomiest place near it.
    double room = foramen_wall(around, level, seed);
    for (const double shift : {-3e-3, -6e-3, 3e-3}) {
      if (room > kRoomy) break;
      const Vec3 other = foot + t * (top - foot) + shift * forward;
      const double d = foramen_wall(around, level, other);
      if (d > room) {
        room = d;
        seed = other;
      }
    }
    const double to_joint = std::max(0.0, (disc.inverse() * seed).x() - joint.centre_D.x());
    const double width = room <= 0 ? 0
                                   : free_way(around, level, seed, forward) +
                                         std::min(free_way(around, level, seed, -forward), to_joint);
    area += width * step;
    least = std::min(least, width);
  }
  spaces.foramen_area[s] = area;
  spaces.foramen_width[s] = least;
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
