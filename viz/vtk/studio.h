#pragma once

/// A stage with its own window and no screen: pictures of one sheet.

#include <vtkImageData.h>

#include <memory>
#include <vector>

#include "viz/vtk/offscreen_window.h"
#include "viz/vtk/show.h"
#include "viz/vtk/stage.h"

namespace foramen::vtk {

class Studio {
 public:
  /// `finer`: drawn that many times finer than asked and averaged, which evens out edges and the grain of soft shadows.
  Studio(const PictureSize& size, int finer, const Look& look, const scene::PagePlace& place);
  ~Studio();
  Studio(const Studio&) = delete;
  Studio& operator=(const Studio&) = delete;

  [[nodiscard]] Stage& stage() { return stage_; }
  [[nodiscard]] Vec2 size() const { return Vec2(finer_ * size_.width, finer_ * size_.height); }  ///< as drawn [px]
  /// Draws and puts the picture into `image` (RGB bytes) from column `left` on.
  void take(vtkImageData* image, int left);

 private:
  PictureSize size_;
  int finer_;
  OffscreenWindow window_;
  Stage stage_;
};

/// Columns of each of `count` sheets side by side: the first column of each, and the width at the end.
[[nodiscard]] std::vector<int> columns(int width, int count);

/// A sheet's frame at the instant shown.
[[nodiscard]] const Frame& shown_frame(const Sheet& sheet, const scene::ViewState& state);

/// One studio per sheet, side by side in a picture of that size, showing the instant of `state`; cameras placed for it
/// or, with `whole`, for all instants.
[[nodiscard]] std::vector<std::unique_ptr<Studio>> set_up(const std::vector<Sheet>& sheets,
                                                          const scene::ViewState& state, const PictureSize& size,
                                                          int finer, const Look& look, bool whole);

/// An RGB picture of that size.
[[nodiscard]] vtkSmartPointer<vtkImageData> blank(const PictureSize& size);

}  // namespace foramen::vtk
