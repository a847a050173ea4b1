#pragma once

/// The bones of one subject as triangles, made once.

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "viz/scene/drawing.h"
#include "viz/scene/mesh_detail.h"

namespace foramen::scene {

/// One vertebra whole, and cut in two through its pedicles for pictures in which the arch is translucent.
struct BoneMesh {
  std::shared_ptr<const TriangleMesh> whole, body, arch, cut;                        ///< `cut`: the faces of the cut
  std::shared_ptr<const TriangleMesh> coarse, coarse_body, coarse_arch, coarse_cut;  ///< few triangles: while moving
  std::shared_ptr<const TriangleMesh> shell;  ///< a little outside the whole: its outline
};

/// A neighbour of the lumbar spine, in the frame of the segment that carries it.
struct ContextMesh {
  std::string name;
  Body body = Body::Pelvis;
  std::shared_ptr<const TriangleMesh> mesh, coarse;  ///< `coarse`: while things move
};

struct BoneMeshes {
  std::array<BoneMesh, kVertebraCount> vertebrae;
  std::vector<ContextMesh> context;  ///< hip bones, limbs, thoracic spine, ribs, skull
  double stature = 0;                ///< of the person the neighbours were made for [m]
};

/// Polygonises every bone, on up to `threads` threads. Of `before`, if given, every bone is kept whose surface is still
/// that of the subject.
[[nodiscard]] BoneMeshes make_bone_meshes(const Subject& subject, int threads, const MeshDetail& detail = {},
                                          const BoneMeshes* before = nullptr);

/// Puts the vertebrae in their places; `ghost_arches` makes everything behind the pedicles' middle translucent.
void add_vertebrae(Drawing& drawing, const BoneMeshes& bones, const Subject& subject, const BodyPoses& poses,
                   bool ghost_arches);

/// Puts the neighbours in their places.
void add_context(Drawing& drawing, const BoneMeshes& bones, const BodyPoses& poses);

}  // namespace foramen::scene
