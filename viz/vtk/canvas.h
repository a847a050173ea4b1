#pragma once

/// Flat drawing over a renderer's picture: boxes, lines and text in pixels from its lower left corner.

#include <memory>
#include <string>

#include "sim/base/types.h"
#include "viz/scene/colour.h"
#include "viz/scene/page.h"

class vtkRenderer;

namespace foramen::vtk {

using scene::Align;
using scene::TextStyle;

class Canvas {
 public:
  explicit Canvas(vtkRenderer* renderer);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  /// Starts an empty sheet; what is drawn shows from finish() on.
  void clear();
  void box(const Vec2& low, const Vec2& high, const scene::Colour& colour, double opacity = 1.0);
  void line(const Vec2& from, const Vec2& to, double width, const scene::Colour& colour);
  /// `at` is the lower end of the first line's capitals.
  void text(const Vec2& at, const std::string& text, const TextStyle& style);
  void finish();

  /// Width and height of a text [px].
  [[nodiscard]] static Vec2 size_of(const std::string& text, const TextStyle& style);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
