#include "viz/vtk/image_file.h"
#include "viz/vtk/show.h"
#include "viz/vtk/studio.h"

namespace foramen::vtk {

void write_picture(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                   const std::filesystem::path& file, const Look& look) {
  constexpr int kFiner = 2;
  const auto image = blank(size);
  const std::vector<int> lefts = columns(size.width, static_cast<int>(sheets.size()));
  const auto studios = set_up(sheets, state, size, kFiner, look, false);
  for (std::size_t i = 0; i < sheets.size(); ++i) studios[i]->take(image, lefts[i]);
  write_png(image, file);
}

}  // namespace foramen::vtk
