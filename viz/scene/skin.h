#pragma once

/// The outside of a person: one closed surface that bends with the joints. For orientation in pictures only; the solver
/// never sees it. Proportions follow the joints of the subject; girths follow body mass over stature.

#include <array>
#include <memory>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen::scene {

/// Which bodies carry a point of the skin, and how much; unused entries weigh nothing. Weights sum to 1.
struct SkinCarriers {
  std::array<Body, 4> bodies{};
  std::array<float, 4> weights{};
};

/// The surface in its resting pose: joints in the middle of their range, so that no posture bends it far from there.
struct Skin {
  TriangleMesh rest;                   ///< in the pelvis frame [m]
  std::vector<SkinCarriers> carriers;  ///< per vertex
  BodyPoses rest_poses;                ///< X_WB of that pose, pelvis at the origin

  /// The body that carries most of a vertex.
  [[nodiscard]] Body body_of_vertex(std::size_t vertex) const { return carriers[vertex].bodies[0]; }
};

/// Polygonises the skin on a grid of `spacing` [m]. A subject without limbs or trunk has an empty one.
[[nodiscard]] Skin make_skin(const Subject& subject, double spacing = 0.016);

/// The surface with its bodies at `poses`: rotations and shifts are blended as dual quaternions (Kavan, Collins, Žára
/// and O'Sullivan 2008), which keep a bent joint's girth. Triangles are those of `rest`.
[[nodiscard]] TriangleMesh pose_skin(const Skin& skin, const BodyPoses& poses);

}  // namespace foramen::scene
