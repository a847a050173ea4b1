#pragma once

/// Small things done to triangle meshes.

#include <memory>
#include <utility>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::scene {

/// Adds the triangles of `more` to `mesh`.
void append(TriangleMesh& mesh, const TriangleMesh& more);

/// Every vertex moved along its normal by `distance` [m].
[[nodiscard]] TriangleMesh inflated(const TriangleMesh& mesh, double distance);

/// A closed box from `low` to `high` with flat faces [m].
[[nodiscard]] TriangleMesh box_mesh(const Vec3& low, const Vec3& high);

/// A mesh that drawings may share.
[[nodiscard]] inline std::shared_ptr<const TriangleMesh> shared(TriangleMesh mesh) {
  return std::make_shared<const TriangleMesh>(std::move(mesh));
}

}  // namespace foramen::scene
