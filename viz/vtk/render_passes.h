#pragma once

/// How a picture is drawn. A refined still: ambient occlusion on what is opaque, then translucent shapes in depth
/// order, smooth edges over both, words last and sharp. While things move, translucent shapes are blended in the order
/// of the drawing, the skin last: the renderer's own order-independent way took a fifth of the time in software, for a
/// picture farther from the still.

#include <memory>

class vtkRenderer;

namespace foramen::vtk {

enum class Care {
  Moving,      ///< quick
  Still,       ///< refined; the picture must fill its window
  StillBeside  ///< refined as far as that is possible beside others in a window: without ambient occlusion
};

class RenderPasses {
 public:
  RenderPasses();
  ~RenderPasses();
  RenderPasses(const RenderPasses&) = delete;
  RenderPasses& operator=(const RenderPasses&) = delete;

  void apply(vtkRenderer* renderer, Care care);
  /// Before each picture: what is drawn later covers what lies as near, as words their grounds at the very front.
  static void let_later_cover(vtkRenderer* renderer);
  /// How much of the world the picture holds, from its middle to its upper edge [m]: a whole person's corners are
  /// darkened farther than a vertebra's.
  void set_scale(double half_height);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
