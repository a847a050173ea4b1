#include "viz/scene/bone_meshes.h"

#include <fmt/core.h>

#include <functional>
#include <utility>

#include "sim/anatomy/context_shapes.h"
#include "sim/base/parallel.h"
#include "viz/scene/cut_mesh.h"

namespace foramen::scene {
namespace {

/// Fine enough for the rim of an endplate: 20,000 triangles a vertebra [m].
constexpr double kVertebraSpacing = 0.0013;
constexpr double kSacrumSpacing = 0.0018;  ///< larger, and seen from farther away: 30,000 triangles [m]

std::shared_ptr<const TriangleMesh> shared(TriangleMesh mesh) {
  return std::make_shared<const TriangleMesh>(std::move(mesh));
}

BoneMesh make_vertebra(const Subject& subject, std::size_t i, double coarseness) {
  BoneMesh bone;
  const double spacing = kVertebrae[i] == Vertebra::S1 ? kSacrumSpacing : kVertebraSpacing;
  bone.whole = shared(polygonise(subject.bones[i], coarseness * spacing));
  CutMesh parts = cut_mesh(*bone.whole, subject.vertebrae[i].pedicle_centre.x());
  bone.body = shared(std::move(parts.front));
  bone.arch = shared(std::move(parts.back));
  bone.cut = shared(std::move(parts.caps));
  return bone;
}

/// What has to be made for the neighbours, one entry per mesh.
struct ContextJob {
  const char* name;
  Body body;
  std::function<TriangleMesh()> make;
};

std::vector<ContextJob> context_jobs(const Subject& subject) {
  const auto segment = [&](Body body) -> const Segment& {
    return subject.segments[static_cast<std::size_t>(index(body))];
  };
  const PelvisSize pelvis{.hip_centre = segment(Body::ThighRight).X_PJ.p};
  const ThoraxSize thorax{.length = segment(Body::Head).X_PJ.p.y()};
  const double thigh = segment(Body::ThighRight).length;
  std::vector<ContextJob> jobs;
  // A person made without limbs or trunk has no neighbours.
  if (thigh > 0.0) {
    jobs.push_back({"hip bone left", Body::Pelvis, [=] { return hip_bone(pelvis, Side::Left); }});
    jobs.push_back({"hip bone right", Body::Pelvis, [=] { return hip_bone(pelvis, Side::Right); }});
    jobs.push_back({"femur left", Body::ThighLeft, [=] { return femur(thigh, Side::Left); }});
    jobs.push_back({"femur right", Body::ThighRight, [=] { return femur(thigh, Side::Right); }});
  }
  if (thorax.length > 0.0) {
    jobs.push_back({"thoracic spine", Body::Thorax, [=] { return thoracic_spine(thorax); }});
    jobs.push_back({"ribs", Body::Thorax, [=] { return rib_cage(thorax); }});
  }
  return jobs;
}

}  // namespace

BoneMeshes make_bone_meshes(const Subject& subject, int threads, double coarseness) {
  BoneMeshes bones;
  const std::vector<ContextJob> jobs = context_jobs(subject);
  bones.context.resize(jobs.size());
  parallel_for(kVertebraCount + jobs.size(), 1, threads, [&](std::size_t i) {
    if (i < kVertebraCount) {
      bones.vertebrae[i] = make_vertebra(subject, i, coarseness);
    } else {
      const ContextJob& job = jobs[i - kVertebraCount];
      bones.context[i - kVertebraCount] = {job.name, job.body, shared(job.make())};
    }
  });
  return bones;
}

void add_vertebrae(Drawing& drawing, const BoneMeshes& bones, const Subject& subject, const BodyPoses& poses,
                   bool ghost_arches) {
  for (const Vertebra v : kVertebrae) {
    const BoneMesh& bone = bones.vertebrae[static_cast<std::size_t>(index(v))];
    const Pose X_WV = vertebra_pose(subject, poses, v);
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

void add_context(Drawing& drawing, const BoneMeshes& bones, const BodyPoses& poses) {
  for (const ContextMesh& one : bones.context) {
    drawing.shapes.push_back(
        {one.name, Material::Context, one.mesh, {}, poses[static_cast<std::size_t>(index(one.body))]});
  }
}

}  // namespace foramen::scene
