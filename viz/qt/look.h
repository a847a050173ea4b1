#pragma once

/// Colours and type of the whole window.

#include <QColor>
#include <QIcon>
#include <cstddef>

#include "viz/session/state.h"

namespace foramen::qt {

/// Sets palette and type of the application.
void apply_look(session::Theme theme, double scale);

/// The type's size in points at a scale, before it is multiplied for headings.
[[nodiscard]] double type_size(double scale);

/// What the buttons of a recorder say, drawn in the colour of the words around them.
enum class MediaSign { Play, Pause, StepOn, StepBack };
[[nodiscard]] QIcon media_icon(MediaSign sign, const QColor& ink);

/// Colour of a case in curves and tables; those of Okabe and Ito (2008), told apart by all colour visions.
[[nodiscard]] QColor case_colour(std::size_t index, session::Theme theme);

}  // namespace foramen::qt
