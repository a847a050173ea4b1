#pragma once

/// The disc between two endplates, with its bulge and its herniations.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/tissue/disc.h"

namespace foramen::scene {

/// Where a protrusion sits on the disc's contour.
struct Bump {
  double phi = 0;         ///< angle of its middle, see disc_outline [rad]
  double protrusion = 0;  ///< [m]
  double width = 0;       ///< of its base along the contour [m]
};

/// Places a herniation by its zone: central in the midline, paracentral midway between midline and pedicle, foraminal
/// under the pedicle's middle, extraforaminal one half pedicle width beyond its outer border. `pedicle` is the upper
/// vertebra of the level.
[[nodiscard]] Bump place_bump(const Herniation& herniation, const DiscGeometry& disc,
                              const VertebraDimensions& pedicle);

/// Height of a bump at distance `along` from its middle on the contour and at share `up` (0 lower, 1 upper endplate) of
/// the disc height [m]: a smooth bell in both directions, 0 from half the width on.
[[nodiscard]] double bump_height(const Bump& bump, double along, double up);

struct DiscSurface {
  TriangleMesh mesh;               ///< closed, in world coordinates
  std::vector<double> protrusion;  ///< per vertex: height of the bumps there as a share of the highest bump, 0…1
};

/// The surface of a disc. The rims ride on the two bodies that carry the bones (`X_WU`, `X_WL`); between them the wall
/// bulges by a parabola over the height, `bulge` at mid-height (see DiscState), plus the bumps.
[[nodiscard]] DiscSurface disc_surface(const MotionSegment& segment, const std::array<double, kContourPoints>& bulge,
                                       const std::vector<Bump>& bumps, const Pose& X_WU, const Pose& X_WL);

}  // namespace foramen::scene
