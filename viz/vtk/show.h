#pragma once

/// What the program shows, ready for a picture or a video: one sheet per scenario, side by side.

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "sim/run/frame.h"
#include "viz/scene/lumbar_scene.h"
#include "viz/scene/page.h"
#include "viz/scene/view_state.h"
#include "viz/vtk/picture_size.h"

namespace foramen::vtk {

/// One scenario's frames and how to draw them.
struct Sheet {
  std::vector<Frame> frames;  ///< at least one, in time order
  scene::LumbarScene scene;
  std::optional<double> time = {};  ///< its own instant, where sheets are linked by phase [s]; else the state's
};

/// What is not part of the state that is shown: ground, size of the type, which words.
struct Look {
  scene::Theme theme = scene::Theme::Light;
  double text_scale = 1;
  scene::WordsShown shown = {};
  bool shadows = true;  ///< soft shadows and fine meshes; the shadows' grain differs a little from run to run
};

/// Draws the sheets in the state without any screen and writes a PNG, whole or not at all. Throws std::runtime_error
/// where EGL is missing or the file cannot be written.
void write_picture(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                   const std::filesystem::path& file, const Look& look = {});

struct VideoOptions {
  double fps = 25;   ///< pictures a second
  double speed = 1;  ///< 1: as long as the motion took; 0.5: half as fast
  Look look = {};
  std::function<void(int done, int all)> progress = {};  ///< told after each picture; may be empty
};

/// Films the sheets from their first to their last instant without any screen, the camera riding along, and writes Ogg
/// Theora (.ogv), whole or not at all; a directory name ending in '/' takes numbered PNGs in its place. Throws
/// std::runtime_error where EGL is missing or a file cannot be written, std::invalid_argument for an fps or speed that
/// is not positive.
void write_video(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                 const std::filesystem::path& file, const VideoOptions& options = {});

}  // namespace foramen::vtk
