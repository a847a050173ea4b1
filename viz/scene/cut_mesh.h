#pragma once

/// Cutting a closed surface by a plane, with flat caps on the cut.

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::scene {

/// The two sides of the plane x = `x`, open at the cut, and the cut faces, looking towards −x.
struct CutMesh {
  TriangleMesh front;  ///< x above
  TriangleMesh back;   ///< x below
  TriangleMesh caps;
};
[[nodiscard]] CutMesh cut_mesh(const TriangleMesh& mesh, double x);

}  // namespace foramen::scene
