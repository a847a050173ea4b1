#include "sim/tissue/disc_surface.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/anatomy/lofted_mesh.h"

namespace foramen {
namespace {

constexpr int kAround = 160;  ///< points of a ring: 1 mm apart, so that a bump of 8 mm is round
constexpr int kRings = 11;    ///< over the height
/// A bump reaches this many half disc heights up and down, as in the nerve room's obstacle.
constexpr double kBumpReach = 1.3;
constexpr double kSunk = 0.0006;  ///< rims reach this far into the endplates, so that no light shows between [m]

struct ContourPoint {
  Vec2 outline;      ///< (x, z) in D
  Vec2 outward;      ///< unit normal
  double along = 0;  ///< arc length from phi = 0 [m]
};

std::vector<ContourPoint> contour(const DiscGeometry& disc) {
  std::vector<ContourPoint> points(kAround);
  constexpr double step = 2.0 * kPi / kAround;
  for (int i = 0; i < kAround; ++i) {
    ContourPoint& point = points[static_cast<std::size_t>(i)];
    point.outward = disc_outline_normal(disc, i * step, &point.outline);
    if (i > 0) {
      const ContourPoint& before = points[static_cast<std::size_t>(i - 1)];
      point.along = before.along + (point.outline - before.outline).norm();
    }
  }
  return points;
}

/// Bulge between the points of the law, periodic and linear.
double bulge_at(const std::array<double, kContourPoints>& bulge, double phi) {
  const double position = phi / (2.0 * kPi) * kContourPoints;
  const auto below = static_cast<std::size_t>(position) % kContourPoints;
  const double share = position - std::floor(position);
  return (1.0 - share) * bulge[below] + share * bulge[(below + 1) % kContourPoints];
}

/// Height of the disc at standing over the point x of D: a wedge between flat endplates.
double wedge_height(const DiscGeometry& disc, double x) {
  return disc.height_mean() + (disc.height_anterior - disc.height_posterior) * x / disc.depth;
}

}  // namespace

double bump_height(const Bump& bump, double along, double up) {
  const double u = 2.0 * along / bump.width;
  const double v = (2.0 * up - 1.0) / kBumpReach;
  const double a = std::max(0.0, 1.0 - u * u), b = std::max(0.0, 1.0 - v * v);
  return bump.protrusion * a * a * a * b * b * b;
}

std::vector<Bump> herniation_bumps(const Subject& subject, Level level) {
  const MotionSegment& segment = subject.levels[static_cast<std::size_t>(index(level))];
  const VertebraDimensions& upper = subject.vertebrae[static_cast<std::size_t>(index(upper_vertebra(level)))];
  std::vector<Bump> bumps;
  for (const Herniation& herniation : segment.herniations)
    bumps.push_back({herniation_angle(herniation, segment.disc, upper), herniation.protrusion, herniation.width});
  return bumps;
}

DiscSurface disc_surface(const MotionSegment& segment, const std::array<double, kContourPoints>& bulge,
                         const std::vector<Bump>& bumps, const Pose& X_WU, const Pose& X_WL) {
  const DiscGeometry& disc = segment.disc;
  const std::vector<ContourPoint> points = contour(disc);
  const double perimeter = points.back().along + (points.front().outline - points.back().outline).norm();
  const Pose X_WDu = X_WU * segment.X_UD, X_WDl = X_WL * segment.X_LD;

  const auto along_at = [&](double phi) {
    const double position = phi / (2.0 * kPi) * kAround;
    const auto below = static_cast<std::size_t>(position) % kAround;
    const double next = below + 1 < kAround ? points[below + 1].along : perimeter;
    return points[below].along + (position - std::floor(position)) * (next - points[below].along);
  };

  double highest = 0.0;
  for (const Bump& bump : bumps) highest = std::max(highest, bump.protrusion);
  DiscSurface surface;
  std::vector<Ring> rings(kRings, Ring(kAround));
  for (int r = 0; r < kRings; ++r) {
    const double up = 1.0 - static_cast<double>(r) / (kRings - 1);
    for (std::size_t i = 0; i < kAround; ++i) {
      const ContourPoint& point = points[i];
      const double half = 0.5 * wedge_height(disc, point.outline.x()) + kSunk;
      const Vec3 upper = X_WDu * Vec3(point.outline.x(), half, point.outline.y());
      const Vec3 lower = X_WDl * Vec3(point.outline.x(), -half, point.outline.y());
      const Vec3 outward_D(point.outward.x(), 0.0, point.outward.y());
      const Vec3 outward = (X_WDu.R * outward_D + X_WDl.R * outward_D).normalized();
      double out = 4.0 * up * (1.0 - up) * bulge_at(bulge, 2.0 * kPi * static_cast<double>(i) / kAround);
      double protruding = 0.0;
      for (const Bump& bump : bumps) {
        // The shorter way round the contour.
        const double apart = std::remainder(point.along - along_at(bump.phi), perimeter);
        protruding += bump_height(bump, apart, up);
      }
      out += protruding;
      surface.protrusion.push_back(highest > 0.0 ? std::min(1.0, protruding / highest) : 0.0);
      rings[static_cast<std::size_t>(r)][i] = up * upper + (1.0 - up) * lower + out * outward;
    }
  }
  surface.mesh = loft(rings);
  surface.protrusion.resize(surface.mesh.vertices.size(), 0.0);  // the middles of the rims
  return surface;
}

}  // namespace foramen
