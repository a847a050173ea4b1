#pragma once

/// Moments of the hips' passive tissues: capsule, ligaments, stretched muscles.

#include <array>

#include "sim/scenario/posture_angles.h"

namespace foramen {

/// Flexion moment on the thigh [N·m] at a hip and knee flexion [rad]: it bends an extended hip and extends one that is
/// flexed over a straight knee, where the hamstrings are long. Double exponential fitted to ten healthy adults (Riener
/// and Edrich 1999 J Biomech 32:539).
[[nodiscard]] double passive_hip_flexion(double hip_flexion, double knee_flexion);

/// The same for both hips of a posture, by Side.
[[nodiscard]] std::array<double, 2> passive_hip_flexion(const PostureAngles& angles);

}  // namespace foramen
