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

Studio::Studio(const PictureSize& size, int finer, const Look& look)
    : size_(size), finer_(finer), window_({finer * size.width, finer * size.height}) {
  window_->AddRenderer(stage_.renderer());
  stage_.set_theme(look.theme);
  stage_.set_text_scale(look.text_scale);
  stage_.show_words(look.shown);
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

vtkSmartPointer<vtkImageData> blank(const PictureSize& size) {
  vtkNew<vtkImageData> image;
  image->SetDimensions(size.width, size.height, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  return image;
}

}  // namespace foramen::vtk
