#pragma once

/// What the program shows, ready for a window or a picture: one sheet per scenario, side by side.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/run/frame.h"
#include "viz/scene/commands.h"
#include "viz/scene/lumbar_scene.h"

namespace foramen::vtk {

/// One scenario's frames and how to draw them.
struct Sheet {
  std::vector<Frame> frames;  ///< at least one, in time order
  scene::LumbarScene scene;
};

struct PictureSize {
  int width = 1280, height = 800;
};

/// Draws the sheets in the state without any screen and writes a PNG, whole or not at all. Throws std::runtime_error
/// where EGL is missing or the file cannot be written.
void write_picture(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                   const std::filesystem::path& file);

struct WindowOptions {
  PictureSize size;
  std::string title = "Foramen";
  std::vector<std::string> script;  ///< commands to run before the user's
  int quit_after = 0;               ///< pictures drawn before the window closes by itself; 0: never
};

/// Opens a window and returns when it is closed. Throws std::runtime_error where there is no display.
void open_window(const std::vector<Sheet>& sheets, scene::Session& session, const WindowOptions& options);

}  // namespace foramen::vtk
