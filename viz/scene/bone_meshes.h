#pragma once

/// The bones of one subject as triangles, made once.

#include <array>
#include <memory>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "viz/scene/drawing.h"

namespace foramen::scene {

/// One vertebra whole, and cut in two through its pedicles for pictures in which the arch is translucent.
struct BoneMesh {
  std::shared_ptr<const TriangleMesh> whole, body, arch, cut;  ///< `cut`: the faces of the cut
};

struct BoneMeshes {
  std::array<BoneMesh, kVertebraCount> vertebrae;
};

/// Polygonises every bone, on up to `threads` threads.
[[nodiscard]] BoneMeshes make_bone_meshes(const Subject& subject, int threads);

/// Puts the bones in their places; `ghost_arches` makes everything behind the pedicles' middle translucent.
void add_bones(Drawing& drawing, const BoneMeshes& bones, const BodyPoses& poses, bool ghost_arches);

}  // namespace foramen::scene
