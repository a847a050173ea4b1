#pragma once

/// What every closed surface must be.

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::example {

/// Every edge has exactly one triangle on each side, and all normals have length 1.
inline void expect_closed(const TriangleMesh& mesh) {
  std::map<std::pair<int, int>, int> uses;
  for (const auto& t : mesh.triangles) {
    for (std::size_t k = 0; k < 3; ++k) ++uses[{t[k], t[(k + 1) % 3]}];
  }
  for (const auto& [edge, count] : uses) {
    ASSERT_EQ(count, 1) << edge.first << "-" << edge.second;
    ASSERT_TRUE(uses.contains({edge.second, edge.first})) << "open at " << edge.first << "-" << edge.second;
  }
  ASSERT_EQ(mesh.normals.size(), mesh.vertices.size());
  for (const Vec3& normal : mesh.normals) ASSERT_NEAR(normal.norm(), 1.0, 1e-9);
}

}  // namespace foramen::example
