#pragma once

/// The standard views and where the camera stands in them.

#include <span>
#include <string>
#include <string_view>

#include "sim/run/frame.h"
#include "viz/scene/scene_options.h"

namespace foramen::scene {

/// Lateral: the whole lumbar spine from the side of the most loaded root. Oblique: from behind that side, where roots
/// leave their foramina. Foramen: close up, on the place where the most loaded root is pressed. Axial: a section there,
/// seen from below with the front up, as scans are read.
/// Body: the whole person from the front of that side. Canal: down into the spinal canal, cut through the pedicles
/// above that place.
enum class View { Lateral, Oblique, Foramen, Anterior, Posterior, Axial, Body, Canal };
inline constexpr int kViewCount = 8;
[[nodiscard]] std::string_view name(View view);  ///< "lateral"
[[nodiscard]] std::span<const std::string_view> view_names();

/// The wished options as a view needs them: sections and translucent arches where the view is of them, nothing in the
/// way of a close-up, the person's outside in the picture of the whole body.
[[nodiscard]] SceneOptions options_for(View view, const SceneOptions& wished);

/// The root with the highest contact pressure.
struct RootPeak {
  Root root = Root::L5;
  Side side = Side::Left;
  double pressure = 0;  ///< [Pa]
};
[[nodiscard]] RootPeak highest_root(const Frame& frame);

/// The root that words, colours and cameras point out: the highest, the left one where both sides are pressed alike.
[[nodiscard]] RootPeak pointed_root(const Frame& frame);

/// A root pressed less than this is not pointed out: healthy roots stay below 15 mmHg in daily postures [Pa].
inline constexpr double kFindingFrom = 15 * 133.322387415;

/// The frame with the highest root pressure; the first of equals. Throws std::invalid_argument for no frames.
[[nodiscard]] std::size_t most_loaded_frame(std::span<const Frame> frames);

/// The frame nearest to `time` [s]. Throws std::invalid_argument for no frames.
[[nodiscard]] std::size_t nearest_frame(std::span<const Frame> frames, double time);

/// The plane of the axial section: along the disc nearest to where the most loaded root is pressed, at most 3 mm
/// off its middle; L4–L5 where nothing is pressed.
struct Plane {
  Vec3 point_W = Vec3::Zero();    ///< [m]
  Vec3 normal_W = Vec3::UnitY();  ///< unit, cranial
};
[[nodiscard]] Plane axial_plane(const Frame& frame);

/// The plane from which the view into the canal looks down: across the vertebra above the most pressed place.
[[nodiscard]] Plane canal_plane(const Frame& frame);

/// The lumbar spine as a whole.
struct SpineMiddle {
  Vec3 centre = Vec3::Zero();  ///< [m]
  Mat3 R = Mat3::Identity();   ///< axes of L3
  double half_length = 0;      ///< with the sacrum [m]
};
[[nodiscard]] SpineMiddle spine_middle(const Frame& frame);

/// Axes of the lumbar spine as a whole: anterior, cranial, right as columns.
[[nodiscard]] Mat3 spine_axes(const Frame& frame);

/// A direction of the world in the letters of radiology, e.g. "A", "PL" (anterior, posterior, left, right, superior,
/// inferior), read in `axes_W`; the larger part first, parts below a third left out.
[[nodiscard]] std::string anatomical_direction(const Vec3& direction_W, const Mat3& axes_W);

}  // namespace foramen::scene
