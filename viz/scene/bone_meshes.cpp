#include "viz/scene/bone_meshes.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "sim/anatomy/context_shapes.h"
#include "sim/base/parallel.h"
#include "viz/scene/cut_mesh.h"
#include "viz/scene/limb_bones.h"
#include "viz/scene/mesh_tools.h"

namespace foramen::scene {
namespace {

/// Fine enough for the rim of an endplate: 20,000 triangles a vertebra [m].
constexpr double kVertebraSpacing = 0.0013;
constexpr double kSacrumSpacing = 0.0018;  ///< larger, and seen from farther away: 30,000 triangles [m]

constexpr double kLimbSpacing = 0.0060;          ///< of skull and limbs [m]
constexpr double kCoarseSpacing = 0.0032;        ///< 3500 triangles a vertebra [m]
constexpr double kCoarseSacrumSpacing = 0.0048;  ///< 4500 triangles [m]
constexpr double kCoarser = 2.0;                 ///< of the neighbours' grids, while things move
constexpr double kShellDistance = 0.0008;        ///< of an outline [m]

BoneMesh make_vertebra(const Subject& subject, std::size_t i, const MeshDetail& detail) {
  BoneMesh bone;
  const double spacing = detail.coarseness * (kVertebrae[i] == Vertebra::S1 ? kSacrumSpacing : kVertebraSpacing);
  const double coarse = kVertebrae[i] == Vertebra::S1 ? kCoarseSacrumSpacing : kCoarseSpacing;
  bone.whole = shared(polygonise(subject.bones[i], spacing));
  bone.coarse = detail.moves && coarse > spacing ? shared(polygonise(subject.bones[i], coarse)) : bone.whole;
  bone.shell = shared(inflated(*bone.coarse, kShellDistance));
  const auto cut = [&](const TriangleMesh& mesh, auto& body, auto& arch, auto& faces) {
    CutMesh parts = cut_mesh(mesh, subject.vertebrae[i].pedicle_centre.x());
    body = shared(std::move(parts.front));
    arch = shared(std::move(parts.back));
    faces = shared(std::move(parts.caps));
  };
  cut(*bone.whole, bone.body, bone.arch, bone.cut);
  if (bone.coarse == bone.whole) {
    bone.coarse_body = bone.body, bone.coarse_arch = bone.arch, bone.coarse_cut = bone.cut;
  } else {
    cut(*bone.coarse, bone.coarse_body, bone.coarse_arch, bone.coarse_cut);
  }
  return bone;
}

/// What has to be made for the neighbours, one entry per bone; `coarser` stretches the grid.
struct ContextJob {
  std::string name;
  Body body;
  std::function<TriangleMesh(double coarser)> make;
};

ContextMesh make_context(const ContextJob& job, const MeshDetail& detail) {
  // Seen through and thin as they are, a coarser grid would show.
  ContextMesh bone{job.name, job.body, shared(job.make(1.0)), {}};
  bone.coarse = detail.moves ? shared(job.make(kCoarser)) : bone.mesh;
  return bone;
}

std::vector<ContextJob> context_jobs(const Subject& subject) {
  // Grids as fine as each bone is thin [m].
  constexpr double kHip = 0.005, kFemur = 0.006, kThoracic = 0.0045, kRibs = 0.0033;
  const auto segment = [&](Body body) -> const Segment& {
    return subject.segments[static_cast<std::size_t>(index(body))];
  };
  const PelvisSize pelvis{.hip_centre = segment(Body::ThighRight).X_PJ.p};
  const ThoraxSize thorax{.length = segment(Body::Head).X_PJ.p.y()};
  const double thigh = segment(Body::ThighRight).length;
  std::vector<ContextJob> jobs;
  // A person made without limbs or trunk has no neighbours.
  if (thorax.length > 0.0) {
    jobs.push_back({"ribs", Body::Thorax, [=](double c) { return rib_cage(thorax, kRibs * std::min(c, 1.6)); }});
    jobs.push_back({"thoracic spine", Body::Thorax, [=](double c) { return thoracic_spine(thorax, kThoracic * c); }});
  }
  if (thigh > 0.0) {
    jobs.push_back({"hip bone left", Body::Pelvis, [=](double c) { return hip_bone(pelvis, Side::Left, kHip * c); }});
    jobs.push_back({"hip bone right", Body::Pelvis, [=](double c) { return hip_bone(pelvis, Side::Right, kHip * c); }});
    jobs.push_back({"femur left", Body::ThighLeft, [=](double c) { return femur(thigh, Side::Left, kFemur * c); }});
    jobs.push_back({"femur right", Body::ThighRight, [=](double c) { return femur(thigh, Side::Right, kFemur * c); }});
  }
  for (const LimbBones& bones : limb_bones(subject)) {
    jobs.push_back({bones.name, bones.body, [solid = bones.solid](double c) { return solid.mesh(kLimbSpacing * c); }});
  }
  return jobs;
}

/// Whether a mesh still lies on a bone's surface.
bool still_fits(const TriangleMesh& mesh, const ImplicitVertebra& bone) {
  constexpr double kClose = 5e-5;    // settling a vertex leaves less [m]
  constexpr std::size_t kEvery = 3;  // vertices lie 3 mm apart; what grows on a bone is wider than three of them
  for (std::size_t i = 0; i < mesh.vertices.size(); i += kEvery) {
    if (std::abs(bone.distance(mesh.vertices[i])) >= kClose) return false;
  }
  return true;
}

}  // namespace

BoneMeshes make_bone_meshes(const Subject& subject, int threads, const MeshDetail& detail, const BoneMeshes* before) {
  BoneMeshes bones;
  bones.stature = subject.description.stature;
  const bool same_person = before && before->stature == bones.stature;
  const std::vector<ContextJob> jobs = same_person ? std::vector<ContextJob>{} : context_jobs(subject);
  if (same_person) bones.context = before->context;
  if (!same_person) bones.context.resize(jobs.size());
  // The largest first: the sacrum and the ribs.
  const auto vertebra = [](std::size_t i) { return kVertebraCount - 1 - i; };
  parallel_for(kVertebraCount + jobs.size(), 1, threads, [&](std::size_t i) {
    if (i >= kVertebraCount) {
      bones.context[i - kVertebraCount] = make_context(jobs[i - kVertebraCount], detail);
      return;
    }
    const std::size_t v = vertebra(i);
    const bool kept = before && still_fits(*before->vertebrae[v].coarse, subject.bones[v]);
    bones.vertebrae[v] = kept ? before->vertebrae[v] : make_vertebra(subject, v, detail);
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
      drawing.shapes.push_back({text, Material::Bone, bone.whole, {}, X_WV, {}, bone.coarse});
    } else {
      drawing.shapes.push_back({text + " body", Material::Bone, bone.body, {}, X_WV, {}, bone.coarse_body});
      drawing.shapes.push_back({text + " cut", Material::CutBone, bone.cut, {}, X_WV, {}, bone.coarse_cut});
      drawing.shapes.push_back({text + " arch", Material::GhostBone, bone.arch, {}, X_WV, {}, bone.coarse_arch});
    }
    drawing.shapes.back().body = body_of(v);
  }
}

void add_context(Drawing& drawing, const BoneMeshes& bones, const BodyPoses& poses) {
  for (const ContextMesh& one : bones.context) {
    drawing.shapes.push_back(
        {one.name, Material::Context, one.mesh, {}, poses[static_cast<std::size_t>(index(one.body))]});
    drawing.shapes.back().coarse = one.coarse;
    drawing.shapes.back().body = one.body;
  }
}

}  // namespace foramen::scene
