#pragma once

/// What lies under the pointer.

#include <optional>
#include <string>

#include "viz/scene/drawing.h"

namespace foramen::scene {

/// A half line.
struct Ray {
  Vec3 from_W = Vec3::Zero();    ///< [m]
  Vec3 along_W = Vec3::UnitX();  ///< unit
};

struct Picked {
  std::string shape;         ///< its name: "body", "root L5 left", "disc L4-L5", "bone L3", "load 1" …
  std::optional<Body> body;  ///< that carries the place, where one does
  Vec3 point_W = Vec3::Zero();
  double distance = 0;  ///< from the ray's origin [m]
};

/// The nearest shape the ray meets from outside. What is opaque wins over the translucent skin before it, unless
/// `translucent_too` asks for the very first; outlines, floor and furniture are never picked.
[[nodiscard]] std::optional<Picked> pick(const Drawing& drawing, const Ray& ray, bool translucent_too = false);

}  // namespace foramen::scene
