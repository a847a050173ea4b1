#pragma once

/// A render window without any screen.

#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>

#include "viz/vtk/egl_context.h"
#include "viz/vtk/picture_size.h"

namespace foramen::vtk {

/// VTK asks for the context through events instead of opening a display. Throws std::runtime_error where EGL is
/// missing.
class OffscreenWindow {
 public:
  explicit OffscreenWindow(const PictureSize& size);

  [[nodiscard]] vtkGenericOpenGLRenderWindow* operator->() { return window_; }

 private:
  EglContext context_;  // outlives the window, which frees its objects in it
  vtkNew<vtkGenericOpenGLRenderWindow> window_;
};

}  // namespace foramen::vtk
