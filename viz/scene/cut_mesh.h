#pragma once

/// Cutting a closed surface by a plane, with flat caps on the cut.

#include <vector>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::scene {

/// The two sides of the plane x = `x`, open at the cut, and the cut faces, looking towards −x.
struct CutMesh {
  TriangleMesh front;  ///< x above
  TriangleMesh back;   ///< x below
  TriangleMesh caps;
  std::vector<int> front_source;  ///< per vertex of `front`: the vertex of the whole mesh it is or lies next to
  std::vector<int> back_source;   ///< the same of `back`
  std::vector<int> caps_source;   ///< the same of `caps`
};
[[nodiscard]] CutMesh cut_mesh(const TriangleMesh& mesh, double x);

}  // namespace foramen::scene
