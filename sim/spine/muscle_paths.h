#pragma once

/// Lengths of muscle paths and the wrench a unit tension brings to every level.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen {

struct MusclePath {
  double length = 0;  ///< [m]
  std::array<Wrench, kLevelCount>
      unit_D;  ///< per unit tension, on the part below each level, about the disc centre, axes of D
};

/// `poses` places the bones; the disc centre and axes of a level ride on its lower vertebra.
[[nodiscard]] std::vector<MusclePath> muscle_paths(const Subject& subject, const BodyPoses& poses);

/// Whether `body` lies above `level` in the tree (vertebrae above, thorax, head, arms).
[[nodiscard]] bool is_above(Body body, Level level);

}  // namespace foramen
