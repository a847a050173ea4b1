#include "viz/scene/bone_meshes.h"

#include <fmt/core.h>

#include <utility>

#include "sim/base/parallel.h"
#include "viz/scene/cut_mesh.h"

namespace foramen::scene {
namespace {

constexpr double kBoneSpacing = 0.0013;  ///< fine enough for the rim of an endplate, 12,000 triangles a vertebra [m]

}  // namespace

BoneMeshes make_bone_meshes(const Subject& subject, int threads) {
  BoneMeshes bones;
  parallel_for(kVertebraCount, 1, threads, [&](std::size_t i) {
    BoneMesh& bone = bones.vertebrae[i];
    bone.whole = std::make_shared<const TriangleMesh>(polygonise(subject.bones[i], kBoneSpacing));
    CutMesh parts = cut_mesh(*bone.whole, subject.vertebrae[i].pedicle_centre.x());
    bone.body = std::make_shared<const TriangleMesh>(std::move(parts.front));
    bone.arch = std::make_shared<const TriangleMesh>(std::move(parts.back));
    bone.cut = std::make_shared<const TriangleMesh>(std::move(parts.caps));
  });
  return bones;
}

void add_bones(Drawing& drawing, const BoneMeshes& bones, const BodyPoses& poses, bool ghost_arches) {
  for (const Vertebra v : kVertebrae) {
    const BoneMesh& bone = bones.vertebrae[static_cast<std::size_t>(index(v))];
    const Pose& X_WV = poses[static_cast<std::size_t>(index(body_of(v)))];
    const std::string text = fmt::format("bone {}", name(v));
    if (!ghost_arches) {
      drawing.shapes.push_back({text, Material::Bone, bone.whole, {}, X_WV});
    } else {
      drawing.shapes.push_back({text + " body", Material::Bone, bone.body, {}, X_WV});
      drawing.shapes.push_back({text + " cut", Material::CutBone, bone.cut, {}, X_WV});
      drawing.shapes.push_back({text + " arch", Material::GhostBone, bone.arch, {}, X_WV});
    }
  }
}

}  // namespace foramen::scene
