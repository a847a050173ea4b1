#pragma once

/// Discs with their bulge and herniations, and the nucleus that a section shows.

#include "sim/anatomy/subject.h"
#include "viz/scene/drawing.h"
#include "viz/scene/scene_options.h"

namespace foramen::scene {

/// One disc in the colour of its value; what has left it takes kProtrusionColour. `as_annulus`: pale, for
/// a section in which the nucleus shows the pressure.
[[nodiscard]] Shape disc_shape(const Subject& subject, const Frame& frame, Level level, const Colour& colour,
                               bool as_annulus);

/// The nucleus inside a disc: the outline moved in by the walls' thickness. Empty where nothing is left of it.
[[nodiscard]] Shape nucleus_shape(const Subject& subject, const Frame& frame, Level level, const Colour& colour);

}  // namespace foramen::scene
