#pragma once

/// The words over a picture: panel, legends, names beside bones, letters of the directions, help.

#include <memory>

#include "viz/scene/drawing.h"

class vtkRenderer;

namespace foramen::vtk {

class Overlay {
 public:
  explicit Overlay(vtkRenderer* renderer);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;

  void set(const scene::Drawing& drawing);  ///< keeps the words, not the shapes
  void show_help(bool on);
  /// Places everything for the renderer's present camera and size; to be called before each picture.
  void lay_out();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace foramen::vtk
