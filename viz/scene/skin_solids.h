#pragma once

/// The solids a person's outside is made of.

#include <vector>

#include "sim/anatomy/context_solids.h"
#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen::scene {

/// One rigid part; the whole trunk is one, carried by the pelvis's entry.
struct SkinPart {
  Body body = Body::Pelvis;
  Body neighbour = Body::Pelvis;  ///< the part it hangs on
  double softness = 0.010;        ///< how fast it gives over to its neighbour beyond a joint [m]
  DrawnSolid solid;               ///< placed
};

/// The parts in their places.
[[nodiscard]] std::vector<SkinPart> skin_parts(const Subject& subject, const BodyPoses& poses);

/// The surface of their smooth union.
[[nodiscard]] TriangleMesh united_mesh(const std::vector<SkinPart>& parts, double spacing);

}  // namespace foramen::scene
