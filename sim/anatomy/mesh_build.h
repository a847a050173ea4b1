#pragma once

/// Putting drawing meshes together.

#include <vector>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

/// Reflection in the sagittal plane; triangles keep facing outwards.
[[nodiscard]] TriangleMesh mirrored_mesh(TriangleMesh mesh);

/// Adds `part`, placed by `pose`, to `mesh`.
void append(TriangleMesh& mesh, const TriangleMesh& part, const Pose& pose = {});

/// A closed tube along `path` (at least two points) [m] with elliptic sections: half axes `half.x()` across `upright`
/// and `half.y()` along it.
[[nodiscard]] TriangleMesh tube(const std::vector<Vec3>& path, const Vec2& half, const Vec3& upright, int sides = 10);

}  // namespace foramen
