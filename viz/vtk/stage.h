#pragma once

/// A drawing on a VTK renderer, updated in place from instant to instant.

#include <memory>

#include "viz/scene/drawing.h"
#include "viz/scene/views.h"

class vtkRenderer;

namespace foramen::vtk {

class Stage {
 public:
  Stage();
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  [[nodiscard]] vtkRenderer* renderer() const;

  /// Shows a drawing in place of the one before; shapes with the same name and mesh are only moved.
  void show(const scene::Drawing& drawing);
  void place_camera(const scene::Camera& camera, bool parallel);
  /// Turns the camera about its focus [rad] and comes closer by a factor.
  void orbit(double right, double up, double zoom);
  /// Moves the camera as a rigid body carried by `motion`.
  void carry_camera(const Pose& motion);
  void set_parallel(bool parallel);

  /// Soft shadows in corners and smooth edges: beautiful and slow (see toolchain: 150 ms against 45 ms in software).
  void refine(bool on);
  /// A list of lines over the picture; empty for none.
  void show_help(bool on);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
