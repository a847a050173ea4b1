#pragma once

/// How finely bones are drawn.

namespace foramen::scene {

struct MeshDetail {
  double coarseness = 1;  ///< stretches the grids: more than 1 for a small picture, whose pixels could not show it
  bool moves = true;      ///< whether meshes with few triangles are wanted as well; else the fine ones stand for them
};

}  // namespace foramen::scene
