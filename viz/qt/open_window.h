#pragma once

/// The window of foramen-view. Free of Qt, so that the program around it needs none.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "sim/run/simulate.h"
#include "viz/session/session.h"

namespace foramen::qt {

struct WindowRequest {
  session::Session session;
  std::shared_ptr<const Library> library;
  std::vector<std::string> script;  ///< commands to run before the user's
  int width = 1280, height = 800;   ///< [px]
  int threads = 0;                  ///< 0: all processors
  bool go_to_peak = true;           ///< show the highest root pressure once the run is solved
  /// When the program began, for telling how long the first picture took.
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();
  bool chosen = false;              ///< the size was asked for: what was kept from last time does not apply
};

/// Opens the window and returns when it is closed. Throws std::runtime_error where OpenGL is missing, InputError for a
/// script that is not understood.
void open_window(WindowRequest request);

}  // namespace foramen::qt
