#include "viz/scene/drawing.h"

#include <algorithm>
#include <array>

namespace foramen::scene {

const Finish& finish(Material material) {
  // In the order of Material. Colours chosen by eye beside anatomical plates: ivory bone, paler where it is context.
  static const std::array<Finish, kMaterialCount> finishes{{
      {.colour = {0.94f, 0.90f, 0.81f}, .ambient = 0.10, .diffuse = 0.88, .specular = 0.10, .specular_power = 18},
      {.colour = {0.86f, 0.70f, 0.60f}, .ambient = 0.15, .diffuse = 0.85, .specular = 0.02, .specular_power = 5},
      {.colour = {0.90f, 0.86f, 0.78f},
       .opacity = 0.22,
       .ambient = 0.25,
       .diffuse = 0.75,
       .specular = 0.05,
       .specular_power = 10},
      {.colour = {0.87f, 0.85f, 0.80f},
       .opacity = 0.17,
       .ambient = 0.22,
       .diffuse = 0.70,
       .specular = 0.04,
       .specular_power = 10},
      {.colour = {0.55f, 0.75f, 0.85f}, .ambient = 0.12, .diffuse = 0.85, .specular = 0.25, .specular_power = 30},
      {.colour = {0.95f, 0.93f, 0.50f}, .ambient = 0.20, .diffuse = 0.80, .specular = 0.28, .specular_power = 35},
      {.colour = {0.78f, 0.85f, 0.92f},
       .opacity = 0.45,
       .ambient = 0.25,
       .diffuse = 0.70,
       .specular = 0.20,
       .specular_power = 30},
      {.colour = {0.80f, 0.45f, 0.40f}, .ambient = 0.20, .diffuse = 0.80, .specular = 0.10, .specular_power = 15},
      {.colour = {0.92f, 0.92f, 0.86f}, .ambient = 0.20, .diffuse = 0.80, .specular = 0.20, .specular_power = 25},
      {.colour = {0.80f, 0.62f, 0.50f},
       .opacity = 0.17,
       .ambient = 0.35,
       .diffuse = 0.65,
       .specular = 0.08,
       .specular_power = 12,
       .rim = 0.62},
      {.colour = {0.75f, 0.20f, 0.40f}, .opacity = 0.85, .ambient = 0.40, .diffuse = 0.60},
      {.colour = {0.78f, 0.79f, 0.80f}, .ambient = 0.72, .diffuse = 0.25},
      {.colour = {0.50f, 0.56f, 0.62f}, .ambient = 0.25, .diffuse = 0.75, .specular = 0.05, .specular_power = 10},
      {.colour = {0.72f, 0.52f, 0.30f}, .ambient = 0.25, .diffuse = 0.75, .specular = 0.05, .specular_power = 10},
      {.colour = {0.10f, 0.45f, 0.40f}, .ambient = 0.35, .diffuse = 0.65, .specular = 0.15, .specular_power = 20},
      {.colour = {0.04f, 0.04f, 0.08f}, .opacity = 0.02, .ambient = 1.0, .diffuse = 0.0, .rim = 1.6, .rim_power = 4.5},
  }};
  return finishes.at(static_cast<std::size_t>(material));
}

const Shape* Drawing::find(const std::string& name) const {
  const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) { return shape.name == name; });
  return found == shapes.end() ? nullptr : &*found;
}

}  // namespace foramen::scene
