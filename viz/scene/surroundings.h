#pragma once

/// What carries the person and what the hands hold, read off the forces of an instant.

#include <vector>

#include "sim/run/frame.h"
#include "sim/scenario/scenario.h"
#include "viz/scene/drawing.h"

namespace foramen::scene {

/// Floor; a seat under thighs and pelvis that are pushed up above the floor; a rest behind a trunk that is pushed
/// forward; a bed under a lying trunk.
void add_supports(Drawing& drawing, const Frame& frame);

/// Box, bag or weight in the hands while they carry it.
void add_loads(Drawing& drawing, const Frame& frame, const std::vector<HandLoad>& loads);

/// Arrows of the forces that supports and loads exert on each segment; a longer one is a larger force.
void add_forces(Drawing& drawing, const Frame& frame);

}  // namespace foramen::scene
