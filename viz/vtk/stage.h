#pragma once

/// A drawing on a VTK renderer, updated in place from instant to instant.

#include <memory>
#include <optional>
#include <vector>

#include "viz/scene/camera.h"
#include "viz/scene/drawing.h"
#include "viz/scene/page.h"
#include "viz/scene/pick.h"

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
  void show_help(std::vector<scene::HelpLine> lines);
  void show_words(const scene::WordsShown& shown);
  void set_theme(scene::Theme theme);
  /// Size of everything written: 1, or 1.5 for a projector; printed, it grows and shrinks with the picture.
  void set_text_scale(double scale, bool printed = true);
  /// Which of several pages side by side this is.
  void set_place(const scene::PagePlace& place);
  /// Where words hide the picture on a page of that size [px].
  [[nodiscard]] std::vector<scene::Zone> covered(const Vec2& size) const;

  /// What is under a pixel of the window, counted from its lower left corner.
  [[nodiscard]] std::optional<scene::Picked> pick(double x_px, double y_px) const;
  /// The place under a pixel, as far from the eye as `like_W` [m].
  [[nodiscard]] Vec3 point_at(double x_px, double y_px, const Vec3& like_W) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
