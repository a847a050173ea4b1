#pragma once

/// Muscles and ligaments.

#include "sim/anatomy/subject.h"
#include "viz/scene/drawing.h"
#include "viz/scene/scene_options.h"

namespace foramen::scene {

/// One shape per muscle group and side: fascicles as spindles whose girth follows from cross-section and present length
/// at constant volume, coloured by activation.
void add_muscles(Drawing& drawing, const Subject& subject, const Frame& frame);

/// One shape per level: the fibres as bands, coloured by the tension of the ligament they belong to.
void add_ligaments(Drawing& drawing, const Subject& subject, const Frame& frame, double full_scale);

}  // namespace foramen::scene
