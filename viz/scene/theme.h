#pragma once

/// Light and dark: the colours of ground and words.

#include "viz/scene/colour.h"

namespace foramen::scene {

enum class Theme { Light, Dark };

struct ThemeColours {
  Colour ground_low, ground_high;  ///< of the picture, from its lower to its upper edge
  Colour ink, faint_ink;           ///< words
  Colour paper;                    ///< behind them
  Colour warning;
};

[[nodiscard]] inline const ThemeColours& theme_colours(Theme theme) {
  // Light: bone is lighter, dark pressure colours are darker than the ground. Dark: for a darkened room, as viewers of
  // scans are.
  static const ThemeColours light{.ground_low = {0.70f, 0.72f, 0.74f},
                                  .ground_high = {0.88f, 0.89f, 0.90f},
                                  .ink = {0.11f, 0.13f, 0.15f},
                                  .faint_ink = {0.30f, 0.33f, 0.36f},
                                  .paper = {0.97f, 0.97f, 0.96f},
                                  .warning = {0.70f, 0.10f, 0.08f}};
  static const ThemeColours dark{.ground_low = {0.10f, 0.11f, 0.13f},
                                 .ground_high = {0.24f, 0.26f, 0.29f},
                                 .ink = {0.94f, 0.95f, 0.96f},
                                 .faint_ink = {0.70f, 0.73f, 0.76f},
                                 .paper = {0.13f, 0.14f, 0.16f},
                                 .warning = {1.00f, 0.58f, 0.50f}};
  return theme == Theme::Light ? light : dark;
}

}  // namespace foramen::scene
