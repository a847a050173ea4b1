#include "viz/vtk/image_file.h"
#include "viz/vtk/show.h"
#include "viz/vtk/studio.h"

namespace foramen::vtk {

void write_picture(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                   const std::filesystem::path& file, const Look& look) {
  constexpr int kFiner = 2;
  const auto image = blank(size);
  const std::vector<int> lefts = columns(size.width, static_cast<int>(sheets.size()));
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const Sheet& sheet = sheets[i];
    const PictureSize own{lefts[i + 1] - lefts[i], size.height};
    const Frame& frame = sheet.frames[scene::nearest_frame(sheet.frames, sheet.time.value_or(state.time))];
    Studio studio(own, kFiner, look);
    studio.stage().show(sheet.scene.draw(frame, state.options));
    studio.stage().place_camera(scene::place_camera(state.view, frame, static_cast<double>(own.width) / own.height),
                                state.parallel);
    studio.stage().orbit(state.orbit_right, state.orbit_up, state.zoom);
    studio.take(image, lefts[i]);
  }
  write_png(image, file);
}

}  // namespace foramen::vtk
