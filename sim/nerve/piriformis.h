#pragma once

/// The sciatic nerve under a thick or tight piriformis, where it leaves the pelvis.

#include "sim/nerve/root_state.h"
#include "sim/scenario/posture_angles.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// What the muscle of a side has in thickness over a usual one [m].
[[nodiscard]] double piriformis_thickening(const SubjectDescription& person, Side side);

/// How much longer the nerve's bed is where it bends round the muscle [m].
[[nodiscard]] double piriformis_detour(double thickening);

/// Contact pressure on the nerve that leaves below the muscle [Pa]: squeezed between muscle and bone where the muscle,
/// thickened, and tightened by bending and adducting the hip, fills the room around it, and pulled against it by the
/// nerve's `tension` [N]. Nothing for a usual muscle.
[[nodiscard]] double piriformis_pressure(double thickening, const PostureAngles& angles, Side side, double tension);

/// Where the muscle presses a root's nerve harder than anything presses the root itself, it becomes the root's
/// pressure.
void press_piriformis(const SubjectDescription& person, const PostureAngles& angles, Root root, Side side,
                      double tract_tension, RootState& state);

}  // namespace foramen
