#pragma once

/// Closed surfaces stretched over rings of points: discs, roots, the dural sac.

#include <span>
#include <vector>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

/// One closed ring of points [m]; every ring of a loft has the same number (at least 3), running counter-clockwise when
/// seen from the rings that follow.
using Ring = std::vector<Vec3>;

/// Joins at least two rings by triangles and closes both ends with a fan about the ring's centre. Vertices are the
/// rings in order, then the first and the last centre; triangles run counter-clockwise from outside; normals are
/// averages of the triangles around a vertex, weighted by area. Throws std::invalid_argument for rings that do not fit
/// together.
[[nodiscard]] TriangleMesh loft(std::span<const Ring> rings);

/// Fills `mesh.normals` from its triangles, weighted by area.
void smooth_normals(TriangleMesh& mesh);

/// Volume inside a closed mesh [m³]; negative when its triangles face inwards.
[[nodiscard]] double volume(const TriangleMesh& mesh);

}  // namespace foramen
