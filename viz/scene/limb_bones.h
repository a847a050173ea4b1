#pragma once

/// Skull, shoulder girdle and bones of the limbs, for orientation in pictures only: rods in proportion to a person of
/// 1.75 m, recognisable, not measured.

#include <string>
#include <vector>

#include "sim/anatomy/context_solids.h"
#include "sim/anatomy/subject.h"

namespace foramen::scene {

struct LimbBones {
  std::string name;
  Body body = Body::Head;
  DrawnSolid solid;  ///< in the body's frame [m]
};

/// One entry per body that has any. Empty for a subject without limbs.
[[nodiscard]] std::vector<LimbBones> limb_bones(const Subject& subject);

}  // namespace foramen::scene
