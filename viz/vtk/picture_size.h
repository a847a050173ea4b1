#pragma once

/// Size of a picture.

namespace foramen::vtk {

struct PictureSize {
  int width = 1280, height = 800;  ///< [px]
};

}  // namespace foramen::vtk
