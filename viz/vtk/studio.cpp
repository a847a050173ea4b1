#include "viz/vtk/studio.h"

#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>

namespace foramen::vtk {
namespace {

/// Averages `finer` × `finer` pixels of `fine` into one of `image`, from column `left` on.
void average(const unsigned char* fine, const PictureSize& size, int finer, int left, vtkImageData* image) {
  for (int y = 0; y < size.height; ++y) {
    auto* out = static_cast<unsigned char*>(image->GetScalarPointer(left, y, 0));
    for (int k = 0; k < 3 * size.width; ++k) {
      const int x = k / 3, channel = k % 3;
      int sum = finer * finer / 2;
      for (int dy = 0; dy < finer; ++dy) {
        for (int dx = 0; dx < finer; ++dx) {
          sum += fine[3 * ((y * finer + dy) * size.width * finer + x * finer + dx) + channel];
        }
      }
      out[k] = static_cast<unsigned char>(sum / (finer * finer));
    }
  }
}

}  // namespace

Studio::Studio(const PictureSize& size, int finer, const Look& look, const scene::PagePlace& place)
    : size_(size), finer_(finer), window_({finer * size.width, finer * size.height}) {
  window_->AddRenderer(stage_.renderer());
  stage_.set_theme(look.theme);
  stage_.set_text_scale(look.text_scale);
  stage_.show_words(look.shown);
  stage_.set_place(place);
  stage_.refine(look.shadows);
}

Studio::~Studio() {
  window_->RemoveRenderer(stage_.renderer());
}

void Studio::take(vtkImageData* image, int left) {
  window_->Render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window_->GetPixelData(0, 0, finer_ * size_.width - 1, finer_ * size_.height - 1, 0, pixels, 0);
  average(pixels->GetPointer(0), size_, finer_, left, image);
}

std::vector<int> columns(int width, int count) {
  std::vector<int> lefts;
  for (int i = 0; i <= count; ++i) lefts.push_back(width * i / count);
  return lefts;
}

const Frame& shown_frame(const Sheet& sheet, const scene::ViewState& state) {
  return sheet.frames[scene::nearest_frame(sheet.frames, sheet.time.value_or(state.time))];
}

std::vector<std::unique_ptr<Studio>> set_up(const std::vector<Sheet>& sheets, const scene::ViewState& state,
                                            const PictureSize& size, int finer, const Look& look, bool whole) {
  const auto count = static_cast<int>(sheets.size());
  const std::vector<int> lefts = columns(size.width, count);
  std::vector<std::unique_ptr<Studio>> studios;
  std::vector<scene::Neighbour> bodies;
  scene::Framing framing;
  for (int i = 0; i < count; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const PictureSize own{lefts[k + 1] - lefts[k], size.height};
    studios.push_back(std::make_unique<Studio>(own, finer, look, scene::PagePlace{i, count}));
    bodies.push_back({&shown_frame(sheets[k], state), {}});
    if (whole) bodies.back().film = sheets[k].frames;
    studios.back()->stage().show(sheets[k].scene.draw(*bodies.back().frame, state.options));
    framing.size = studios.back()->size();
    const std::vector<scene::Zone> covered = studios.back()->stage().covered(framing.size);
    framing.covered.insert(framing.covered.end(), covered.begin(), covered.end());
  }
  const std::vector<scene::Camera> cameras = scene::place_cameras(state.view, bodies, framing);
  for (std::size_t i = 0; i < studios.size(); ++i) {
    studios[i]->stage().place_camera(cameras[i], state.parallel);
    studios[i]->stage().orbit(state.orbit_right, state.orbit_up, state.zoom);
  }
  return studios;
}

vtkSmartPointer<vtkImageData> blank(const PictureSize& size) {
  vtkNew<vtkImageData> image;
  image->SetDimensions(size.width, size.height, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  return image;
}

}  // namespace foramen::vtk
