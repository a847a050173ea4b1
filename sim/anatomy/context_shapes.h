#pragma once

/// Bones around the lumbar spine, for orientation in pictures only: hip bones, thoracic cage and femurs. Recognisable,
/// not measured; the solver never sees them.

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

/// Size of the pelvis; points in its frame (origin at the centre of the S1 endplate, world axes in standing) [m].
struct PelvisSize {
  Vec3 hip_centre = Vec3::Zero();  ///< right: in front, below, to the right
  double width = 0;                ///< between the most lateral points of the iliac crests; 0: in proportion
};

/// Size of the thorax; its frame has its origin at the T12–L1 joint and world axes in standing [m].
struct ThoraxSize {
  double length = 0;  ///< joint T12–L1 to the top of T1
  double width = 0;   ///< of the rib cage; 0: in proportion to the length
  double depth = 0;   ///< from the ribs behind to the breastbone; 0: in proportion
};

/// Hip bone of one side in the pelvis frame. Throws std::invalid_argument, with the values, for a hip centre that is
/// not below and to the right of the sacrum or a spacing [m] that is not positive.
[[nodiscard]] TriangleMesh hip_bone(const PelvisSize& size, Side side, double spacing = 0.004);

/// Femur of one side: head at the origin (the hip), knee at (0, −length, 0) [m]. Throws as hip_bone.
[[nodiscard]] TriangleMesh femur(double length, Side side, double spacing = 0.004);

/// T12 … T1 along the thoracic kyphosis, in the thorax frame. Throws as hip_bone.
[[nodiscard]] TriangleMesh thoracic_spine(const ThoraxSize& size, double spacing = 0.0035);

/// Twelve pairs of ribs with their cartilages, and the breastbone, in the thorax frame. Throws as hip_bone.
[[nodiscard]] TriangleMesh rib_cage(const ThoraxSize& size, double spacing = 0.003);

}  // namespace foramen
