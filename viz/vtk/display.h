#pragma once

/// Whether a window can be opened.

#include <string>

namespace foramen::vtk {

/// Empty if the X display named by DISPLAY can be reached, else one sentence why not. VTK itself would abort.
[[nodiscard]] std::string why_no_display();

}  // namespace foramen::vtk
