#pragma once

/// The words over a picture, laid out by scene/page and painted.

#include <memory>
#include <vector>

#include "viz/scene/drawing.h"
#include "viz/scene/page.h"

class vtkRenderer;

namespace foramen::vtk {

class Overlay {
 public:
  explicit Overlay(vtkRenderer* renderer);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  void set(const scene::Drawing& drawing);  ///< keeps the words, not the shapes
  void set_theme(scene::Theme theme);
  void set_text_scale(double scale, bool printed);
  void set_place(const scene::PagePlace& place);
  void show_words(const scene::WordsShown& shown);
  void show_help(std::vector<scene::HelpLine> lines);
  /// Places everything for the renderer's present camera and size; to be called before each picture.
  void lay_out();
  /// Where words hide the picture on a page of that size [px].
  [[nodiscard]] std::vector<scene::Zone> covered(const Vec2& size) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
