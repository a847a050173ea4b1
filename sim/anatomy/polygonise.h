#pragma once

/// Triangles of an implicit surface, for drawing.

#include <functional>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

/// Signed distance [m] at a point, negative inside, and its gradient if asked.
using DistanceField = std::function<double(const Vec3& p, Vec3* gradient)>;

/// Polygonises the zero surface of `distance` within the box on a grid of `spacing` [m]: a closed manifold whose
/// vertices lie on the surface, with the gradient as normal. Throws std::invalid_argument for a spacing that is not
/// positive or an empty box.
[[nodiscard]] TriangleMesh polygonise(const DistanceField& distance, const Vec3& lower, const Vec3& upper,
                                      double spacing);

}  // namespace foramen
