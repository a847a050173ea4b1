#include "sim/report/model_json.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "sim/base/base64.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/tissue/disc_surface.h"

namespace foramen {

namespace {

using Json = nlohmann::ordered_json;

/// Fine enough to turn in the hand, small enough to send [m].
constexpr double kBoneSpacing = 0.004;

template <class Number>
std::string packed(const std::vector<Number>& numbers) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(numbers.data());
  return base64({bytes, numbers.size() * sizeof(Number)});
}

/// To a micrometre: more digits say nothing and cost bytes.
double rounded(double metres) {
  return std::round(metres * 1e6) / 1e6;
}

Json point_json(const Vec3& p) {
  return {rounded(p.x()), rounded(p.y()), rounded(p.z())};
}

Json mesh_json(const TriangleMesh& mesh) {
  Vec3 low = Vec3::Constant(1e9), high = -low;
  for (const Vec3& v : mesh.vertices) {
    low = low.cwiseMin(v);
    high = high.cwiseMax(v);
  }
  const Vec3 size = (high - low).cwiseMax(1e-9);
  std::vector<std::uint16_t> positions;
  for (const Vec3& v : mesh.vertices) {
    for (int k = 0; k < 3; ++k)
      positions.push_back(static_cast<std::uint16_t>(std::lround((v[k] - low[k]) / size[k] * 65535)));
  }
  std::vector<std::uint16_t> triangles;
  for (const auto& t : mesh.triangles) {
    for (const int i : t) triangles.push_back(static_cast<std::uint16_t>(i));
  }
  return {{"low", point_json(low)},
          {"size", point_json(size)},
          {"positions", packed(positions)},
          {"triangles", packed(triangles)}};
}

Json pose_json(const Pose& pose) {
  Json columns = Json::array();
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 3; ++i) columns.push_back(rounded(pose.R(i, j)));
  }
  for (const double v : pose.p) columns.push_back(rounded(v));
  return columns;
}

Json roots_json(const Frame& frame) {
  Json roots = Json::array();
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const RootState& state =
          frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
      Json nodes = Json::array();
      for (const RootNode& node : state.nodes) {
        for (const double v : node.position_W) nodes.push_back(rounded(v));
        nodes.push_back(rounded(node.radius));
        nodes.push_back(std::round(10 * node.pressure / units::mmHg) / 10);
      }
      roots.push_back({{"name", std::string(name(side)) + " " + std::string(name(root))}, {"nodes", nodes}});
    }
  }
  return roots;
}

Json scene_json(const ModelScene& scene, std::size_t bones) {
  const Subject& subject = *scene.result->subject;
  const BodyPoses& poses = scene.frame->spine.poses;
  Json placed = Json::array(), discs = Json::array();
  for (const Vertebra v : kVertebrae) placed.push_back(pose_json(vertebra_pose(subject, poses, v)));
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const LevelState& state = scene.frame->spine.levels[l];
    const auto body = [&](Vertebra v) { return poses[static_cast<std::size_t>(index(body_of(v)))]; };
    DiscSurface disc = disc_surface(subject.levels[l], state.bulge_since_standing, herniation_bumps(subject, level),
                                    body(upper_vertebra(level)), body(lower_vertebra(level)));
    Json entry = mesh_json(disc.mesh);
    entry["name"] = std::string(name(level));
    entry["pressure_MPa"] = std::round(1e3 * state.disc.nucleus_pressure / units::MPa) / 1e3;
    discs.push_back(std::move(entry));
  }
  return {{"name", scene.name}, {"time_s", scene.frame->time},      {"bones", bones}, {"poses", placed},
          {"discs", discs},     {"roots", roots_json(*scene.frame)}};
}

}  // namespace

std::string model_json(const std::vector<ModelScene>& scenes, int threads) {
  Json bones = Json::array(), placed = Json::array();
  std::vector<std::string> known;
  for (const ModelScene& scene : scenes) {
    // Runs of the same person share their bones.
    Scenario who;
    who.subject = scene.result->scenario.subject;
    const std::string person = write_scenario(who);
    std::size_t at = 0;
    while (at < known.size() && known[at] != person) ++at;
    if (at == known.size()) {
      known.push_back(person);
      std::array<TriangleMesh, kVertebraCount> meshes;
      parallel_for(kVertebraCount, 1, threads,
                   [&](std::size_t i) { meshes[i] = polygonise(scene.result->subject->bones[i], kBoneSpacing); });
      Json set = Json::array();
      for (const TriangleMesh& mesh : meshes) set.push_back(mesh_json(mesh));
      bones.push_back(std::move(set));
    }
    placed.push_back(scene_json(scene, at));
  }
  return Json{{"bones", bones}, {"scenes", placed}}.dump();
}

}  // namespace foramen
