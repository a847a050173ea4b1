#pragma once

/// Files for ParaView: bones, discs and roots of every frame as .vtp, with a .pvd that puts them in time.

#include <filesystem>

#include "sim/run/simulate.h"

namespace foramen {

/// Writes bones.pvd, discs.pvd, roots.pvd and their .vtp files into `folder` (made if needed). Positions in metres,
/// floor frame; arrays carry their unit in their name. Frames that did not converge are left out. Throws
/// std::runtime_error when the disk does not take it.
void write_vtk_series(const Result& result, const std::filesystem::path& folder, int threads);

}  // namespace foramen
