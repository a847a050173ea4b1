#pragma once

/// How a stiff body comes to rest on a level surface.

#include <vector>

#include "sim/base/types.h"

namespace foramen {

/// Where a body lies still in the plane of its length and the vertical: the turn about z [rad] and then the lift [m]
/// that put its lowest points on the level 0, one before and one behind the centre of mass. `stable` is false where all
/// points lie on one side of it: it would topple, and is not turned.
struct Rest {
  double turn = 0;
  double lift = 0;
  bool stable = true;
};
/// `points_W` may touch [m], at least one; a turn is about the origin. Throws std::invalid_argument without points.
[[nodiscard]] Rest settle(const std::vector<Vec3>& points_W, const Vec3& centre_of_mass_W);

}  // namespace foramen
