#include "viz/scene/scene_options.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/units.h"

namespace foramen::scene {
namespace {

constexpr std::array<std::string_view, 12> kLayers{"body",      "context",   "surroundings", "forces",
                                                   "muscles",   "ligaments", "sac",          "tract",
                                                   "dermatome", "outline",   "arches",       "compression"};
constexpr std::array<bool SceneOptions::*, 12> kSwitches{
    &SceneOptions::body,      &SceneOptions::context,   &SceneOptions::surroundings, &SceneOptions::forces,
    &SceneOptions::muscles,   &SceneOptions::ligaments, &SceneOptions::sac,          &SceneOptions::tract,
    &SceneOptions::dermatome, &SceneOptions::outline,   &SceneOptions::ghost_arches, &SceneOptions::disc_compression};

}  // namespace

ColourRanges colour_ranges(std::span<const Frame> frames) {
  ColourRanges ranges;
  for (const Frame& frame : frames) {
    for (const LevelState& level : frame.spine.levels) {
      if (level.disc.nucleus_pressure > ranges.disc_pressure) {
        ranges.disc_pressure = std::ceil(level.disc.nucleus_pressure / units::MPa) * units::MPa;
      }
    }
  }
  return ranges;
}

std::span<const std::string_view> layer_names() {
  return kLayers;
}

bool& layer(SceneOptions& options, int which) {
  return options.*kSwitches.at(static_cast<std::size_t>(which));
}

}  // namespace foramen::scene
