#pragma once

/// Pictures on disk.

#include <filesystem>

class vtkImageData;

namespace foramen::vtk {

/// Writes a PNG beside its final name and moves it there when whole. Throws std::runtime_error if that fails.
void write_png(vtkImageData* image, const std::filesystem::path& file);

}  // namespace foramen::vtk
