#pragma once

/// Flat drawing over a renderer's picture: boxes, lines and text in pixels from its lower left corner.

#include <memory>
#include <string>

#include "sim/base/types.h"
#include "viz/scene/colour.h"

class vtkRenderer;

namespace foramen::vtk {

enum class Align { Left, Centre, Right };

struct TextStyle {
  int size = 15;  ///< [px] of the font
  scene::Colour colour{0.10f, 0.12f, 0.14f};
  bool bold = false;
  Align align = Align::Left;
};

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
