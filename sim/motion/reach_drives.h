#pragma once

/// How the angles of a posture turn the joints of the tree.

#include <vector>

#include "sim/motion/posture_kinematics.h"

namespace foramen {

/// One joint axis that turns with an angle.
struct Drive {
  Body body = Body::Pelvis;
  int axis = 0;  ///< 0, 1, 2: the joint's own x, y, z turn
  double rate = 0;
};

/// The joints an angle turns, as turn_joints does.
[[nodiscard]] std::vector<Drive> drives_of(PostureAngle angle, const LumbarShares& shares);

}  // namespace foramen
