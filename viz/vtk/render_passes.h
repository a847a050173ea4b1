#pragma once

/// The passes of a refined still: ambient occlusion on what is opaque, then translucent shapes in depth order, smooth
/// edges over both, words last and sharp.

#include <memory>

class vtkRenderer;

namespace foramen::vtk {

class RenderPasses {
 public:
  RenderPasses();
  ~RenderPasses();
  RenderPasses(const RenderPasses&) = delete;
  RenderPasses& operator=(const RenderPasses&) = delete;

  void apply(vtkRenderer* renderer, bool refined);
  /// How much of the world the picture holds, from its middle to its upper edge [m]: a whole person's corners are
  /// darkened farther than a vertebra's.
  void set_scale(double half_height);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
