#pragma once

/// The disc between two endplates, with its bulge and its herniations.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/tissue/disc.h"

namespace foramen {

/// Where a protrusion sits on the disc's contour.
struct Bump {
  double phi = 0;         ///< angle of its middle, see disc_outline [rad]
  double protrusion = 0;  ///< [m]
  double width = 0;       ///< of its base along the contour [m]
};

/// Height of a bump at distance `along` from its middle on the contour [m] and at share `up` (0 lower, 1 upper
/// endplate) of the disc height [m]: (1 − u²)³ in both directions, as the roots feel it; 0 from half the width on, and
/// a little of it left at the endplates.
[[nodiscard]] double bump_height(const Bump& bump, double along, double up);

/// The bumps of a level's herniations.
[[nodiscard]] std::vector<Bump> herniation_bumps(const Subject& subject, Level level);

struct DiscSurface {
  TriangleMesh mesh;               ///< closed, in world coordinates
  std::vector<double> protrusion;  ///< per vertex: height of the bumps there as a share of the highest bump, 0…1
};

/// The surface of a disc. The rims ride on the two bodies that carry the bones (`X_WU`, `X_WL`); between them the wall
/// bulges by a parabola over the height, `bulge` at mid-height beyond the standing outline, plus the
/// bumps.
[[nodiscard]] DiscSurface disc_surface(const MotionSegment& segment, const std::array<double, kContourPoints>& bulge,
                                       const std::vector<Bump>& bumps, const Pose& X_WU, const Pose& X_WL);

}  // namespace foramen
