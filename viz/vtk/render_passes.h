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

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
