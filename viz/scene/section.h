#pragma once

/// A slice of a drawing, as in an axial scan, with the cut face filled.

#include "viz/scene/drawing.h"

namespace foramen::scene {

/// Keeps a slice of `thickness` [m] that starts at the plane through `point_W` [m] and extends towards `keep_W` (unit).
/// Shapes outside vanish; those across the plane are closed with a shape named "… section"; names of what is outside
/// vanish.
[[nodiscard]] Drawing section(const Drawing& drawing, const Vec3& point_W, const Vec3& keep_W, double thickness);

}  // namespace foramen::scene
