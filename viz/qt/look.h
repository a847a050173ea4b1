#pragma once

/// Colours and type of the whole window.

#include <QColor>
#include <cstddef>

#include "viz/session/state.h"

namespace foramen::qt {

/// Sets palette and type of the application.
void apply_look(session::Theme theme, double scale);

/// The type's size in points at a scale, before it is multiplied for headings.
[[nodiscard]] double type_size(double scale);

/// Colour of a case in curves and tables; those of Okabe and Ito (2008), told apart by all colour visions.
[[nodiscard]] QColor case_colour(std::size_t index, session::Theme theme);

}  // namespace foramen::qt
