#pragma once

/// Bringing a hand to a place.

#include <string>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen {

/// Where a hand grips, in the axes of the hand: the centre of mass of the hand lies in the palm (de Leva 1996: 79 % of
/// the way from the wrist to the third knuckle) [m].
[[nodiscard]] Vec3 grip_point(const Subject& subject, Side side);

struct ArmAngles {
  double shoulder_flexion = 0;  ///< [rad]
  double outward = 0;           ///< swing of the whole arm away from the body [rad]
  double elbow_flexion = 0;     ///< [rad]
};

/// The arm angles that bring the grip of one side to `target_W`, the rest of the body held at `tree`. Throws InputError
/// with `key` saying by how much the target lies out of reach.
[[nodiscard]] ArmAngles reach(const Subject& subject, const TreeMotion& tree, Side side, const Vec3& target_W,
                              const std::string& key);

}  // namespace foramen
