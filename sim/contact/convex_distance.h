#pragma once

/// Closest points of convex bodies, by Bullet's GJK and EPA in double precision.

#include <vector>

#include "sim/base/types.h"

namespace foramen {

struct ClosestPoints {
  double distance = 0;           ///< between the surfaces [m]; negative: depth of penetration
  Vec3 on_a = Vec3::Zero();      ///< [m]
  Vec3 on_b = Vec3::Zero();      ///< [m]
  Vec3 normal_b = Vec3::Zero();  ///< unit, from b towards a
};

/// Of the convex hulls of two sets of at least four points, world axes [m]. Exact to 1e-9 m where they are apart;
/// depths are those of shallow contacts. Throws std::invalid_argument for fewer points or ones that are not finite.
[[nodiscard]] ClosestPoints closest_points(const std::vector<Vec3>& a, const std::vector<Vec3>& b);

}  // namespace foramen
