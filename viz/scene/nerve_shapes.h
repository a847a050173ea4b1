#pragma once

/// Nerve roots, the dural sac and the nerves they run into, as tubes.

#include "sim/anatomy/subject.h"
#include "viz/scene/drawing.h"
#include "viz/scene/scene_options.h"

namespace foramen::scene {

/// The roots as they were solved, coloured by contact pressure or tension.
void add_roots(Drawing& drawing, const Frame& frame, const ColourRanges& ranges, RootColouring colouring);

/// The dural sac, and in it the roots on their way from the conus to where they leave it; `opened`: these alone.
void add_sac(Drawing& drawing, const Subject& subject, const Frame& frame, const ColourRanges& ranges,
             bool opened = false);

/// The sciatic nerve (from L4, L5, S1) behind hip and knee to the ankle and the femoral nerve (from L2, L3, L4) to the
/// knee, coloured by the tension of the roots when the roots are. Courses are sketched after anatomical plates.
void add_tracts(Drawing& drawing, const Subject& subject, const Frame& frame, const ColourRanges& ranges,
                RootColouring colouring);

}  // namespace foramen::scene
