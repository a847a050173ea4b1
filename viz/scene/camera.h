#pragma once

/// Where the camera of a view stands, so that what the view is of lies beside the words over the picture.

#include <optional>
#include <span>
#include <vector>

#include "viz/scene/page.h"
#include "viz/scene/views.h"

namespace foramen::scene {

struct Camera {
  Vec3 position = Vec3::Zero();  ///< [m]
  Vec3 focus = Vec3::Zero();     ///< [m]
  Vec3 up = Vec3::UnitY();       ///< unit
  double half_height = 0.15;     ///< of what is seen at the focus [m]
  Vec2 focus_at = Vec2::Zero();  ///< where in the picture the focus appears: 0 in the middle, ±1 at the edges
};

/// Vertical opening of the perspective camera [rad].
inline constexpr double kViewAngle = 24.0 * kPi / 180.0;

/// The picture a camera is placed for.
struct Framing {
  Vec2 size{1280, 800};              ///< [px]
  std::vector<Zone> covered = {};    ///< by panel and legends [px]
  std::optional<Side> side = {};     ///< from which the body is seen; none: from the pressed one
  std::span<const Frame> film = {};  ///< all instants the camera will show from where it stands; may be empty
};

/// The part of the picture beside what is covered in which a thing of these half extents (any unit) appears largest.
[[nodiscard]] Zone free_zone(const Framing& framing, const Vec2& half_extent);

/// Camera of a view at one instant.
[[nodiscard]] Camera place_camera(View view, const Frame& frame, const Framing& framing = {});

/// One body of those that stand side by side.
struct Neighbour {
  const Frame* frame = nullptr;
  std::span<const Frame> film = {};  ///< as in Framing
};

/// Cameras of bodies side by side: all from the side of the root that is pressed most, at one scale and in one place of
/// their pictures, so that they can be compared. `framing` covers what is covered in any of the pictures.
[[nodiscard]] std::vector<Camera> place_cameras(View view, std::span<const Neighbour> bodies, Framing framing);

/// What a view's camera rides on from instant to instant: the place of the lumbar spine, and for views in the spine's
/// own axes its rotation too. A camera moves by carrier(now)·carrier(before)⁻¹.
[[nodiscard]] Pose camera_carrier(View view, const Frame& frame);

}  // namespace foramen::scene
