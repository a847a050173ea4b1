#pragma once

/// What carries the person and what the hands take up and put down. Furniture stands still while the person moves: it
/// is read off the whole course of a movement, its instants in time order; without one, off the frame alone.

#include <span>
#include <vector>

#include "sim/run/frame.h"
#include "sim/scenario/scenario.h"
#include "viz/scene/drawing.h"

namespace foramen::scene {

/// Floor; a seat and a rest behind the trunk where they carry the person at some time; a bed under one whom it carries.
void add_supports(Drawing& drawing, const Frame& frame, std::span<const Instant> course);

/// Box, bag or weight in the hands while they carry it; before, where they take it up, and afterwards, where they put
/// it down, on a stand where that is above the floor.
void add_loads(Drawing& drawing, const Frame& frame, const std::vector<HandLoad>& loads,
               std::span<const Instant> course);

/// Arrows of the forces that supports and loads exert on each segment; a longer one is a larger force.
void add_forces(Drawing& drawing, const Frame& frame);

}  // namespace foramen::scene
