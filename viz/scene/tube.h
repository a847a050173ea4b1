#pragma once

/// Smooth tubes through points: nerve roots, the dural sac, muscle lines.

#include <span>
#include <vector>

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::scene {

/// A place on the centre line.
struct TubeNode {
  Vec3 centre = Vec3::Zero();  ///< [m]
  double radius = 0;           ///< [m]
  double value = 0;            ///< carried along, for colours
};

/// The same line with nodes no farther apart than `spacing` [m]: a centripetal Catmull–Rom curve (Catmull and Rom 1974;
/// Yuksel et al. 2011: no loops) through every node; radius and value run linearly between. Nodes that coincide count
/// once. Throws std::invalid_argument for fewer than two distinct nodes.
[[nodiscard]] std::vector<TubeNode> smooth_line(std::span<const TubeNode> nodes, double spacing);

struct Tube {
  TriangleMesh mesh;           ///< closed, with rounded ends
  std::vector<double> values;  ///< per vertex
};

/// A tube of `sides` sides along the nodes (at least two, distinct). `flattening` is the ratio of the section's
/// thickness along `flat_direction` to its width; 1 is round.
[[nodiscard]] Tube tube(std::span<const TubeNode> nodes, int sides, double flattening = 1.0,
                        const Vec3& flat_direction = Vec3::UnitX());

}  // namespace foramen::scene
