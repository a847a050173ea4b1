#pragma once

/// The command line of foramen-view.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace foramen::view {

struct Arguments {
  std::vector<std::filesystem::path> scenarios;
  std::vector<Override> overrides;
  std::optional<std::filesystem::path> picture;
  std::optional<std::filesystem::path> video;
  std::optional<std::filesystem::path> script;
  std::optional<double> time;  ///< [s]; nothing: the instant of the highest root pressure
  std::optional<std::string> view, theme;
  std::optional<double> text_scale;       ///< 1: as designed
  double disc_scale = 0, root_scale = 0;  ///< full colours [MPa], [mmHg]; 0: the highest shown
  int width = 1280, height = 800;         ///< [px]
  bool size_given = false;                ///< asked for, rather than the default
  bool muscles = false;
  int threads = 0;         ///< 0: all processors
  bool compare = false;    ///< said, though several scenarios always stand side by side
  bool offscreen = false;  ///< a script without any window
};

/// Throws InputError for what cannot be understood, with the nearest name for an unknown option. Returns nothing after
/// --help or --version, which it answers itself.
[[nodiscard]] std::optional<Arguments> read_arguments(int argc, char** argv);

}  // namespace foramen::view
