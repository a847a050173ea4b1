#include "viz/scene/skin.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "sim/anatomy/polygonise.h"
#include "sim/base/units.h"
#include "viz/scene/skin_solids.h"

namespace foramen::scene {
namespace {

/// Joints half way between standing and squatting, arms away from the trunk.
TreeMotion resting_joints() {
  using units::deg;
  TreeMotion tree;
  const auto turn = [&](Body left, Side side) -> Vec3& { return tree.joints[index(on_side(left, side))].angle; };
  for (const Side side : kSides) {
    const double sign = side_sign(side);
    turn(Body::ThighLeft, side) = Vec3(-sign * 12 * deg, 0, 50 * deg);
    turn(Body::ShankLeft, side) = Vec3(0, 0, -60 * deg);
    turn(Body::UpperArmLeft, side) = Vec3(-sign * 32 * deg, 0, 40 * deg);
    turn(Body::ForearmLeft, side) = Vec3(0, 0, 35 * deg);
  }
  return tree;
}

/// Share of each segment of the trunk at a height, standing: hats over the segments' middles.
struct TrunkNode {
  Body body;
  double height;  ///< [m]
};

std::array<TrunkNode, 7> trunk_nodes(const BodyPoses& poses) {
  std::array<TrunkNode, 7> nodes{};
  constexpr double kBeyond = 0.045;  // from L5 down to where the pelvis alone carries, from L1 up to the thorax [m]
  const auto height = [&](Body body) { return poses[index(body)].p.y(); };
  nodes[0] = {Body::Pelvis, height(Body::L5) - kBeyond};
  for (std::size_t i = 1; i < 6; ++i) {
    const auto body = static_cast<Body>(index(Body::Pelvis) + static_cast<int>(i));
    nodes[i] = {body, height(body)};
  }
  nodes[6] = {Body::Thorax, height(Body::L1) + kBeyond};
  return nodes;
}

using Shares = std::array<double, kBodyCount>;

void add_trunk(Shares& shares, const std::array<TrunkNode, 7>& nodes, double height, double share) {
  if (height <= nodes.front().height) {
    shares[index(nodes.front().body)] += share;
    return;
  }
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (height > nodes[i].height) continue;
    const double t = (height - nodes[i - 1].height) / (nodes[i].height - nodes[i - 1].height);
    shares[index(nodes[i - 1].body)] += share * (1.0 - t);
    shares[index(nodes[i].body)] += share * t;
    return;
  }
  shares[index(nodes.back().body)] += share;
}

SkinCarriers largest_four(const Shares& shares) {
  std::array<int, kBodyCount> order{};
  for (int b = 0; b < kBodyCount; ++b) order[static_cast<std::size_t>(b)] = b;
  std::partial_sort(order.begin(), order.begin() + 4, order.end(), [&](int a, int b) {
    return shares[static_cast<std::size_t>(a)] > shares[static_cast<std::size_t>(b)] ||
           (shares[static_cast<std::size_t>(a)] == shares[static_cast<std::size_t>(b)] && a < b);
  });
  SkinCarriers carriers;
  double sum = 0.0;
  for (std::size_t k = 0; k < 4; ++k) sum += shares[static_cast<std::size_t>(order[k])];
  for (std::size_t k = 0; k < 4; ++k) {
    carriers.bodies[k] = static_cast<Body>(order[k]);
    carriers.weights[k] = static_cast<float>(shares[static_cast<std::size_t>(order[k])] / sum);
  }
  return carriers;
}

/// How a point is carried: by the part of the body it lies on and, near a joint, by that part's neighbours.
SkinCarriers carriers_of(const std::vector<SkinPart>& parts, const std::array<TrunkNode, 7>& nodes, const Vec3& p) {
  std::size_t own = 0;
  std::vector<double> distances(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    distances[i] = parts[i].solid.distance(p, nullptr);
    if (distances[i] < distances[own]) own = i;
  }
  Shares shares{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != own && parts[i].neighbour != parts[own].body && parts[own].neighbour != parts[i].body) continue;
    const double softness = std::min(parts[i].softness, parts[own].softness);
    const double share = std::exp(-(distances[i] - distances[own]) / softness);
    if (parts[i].body == Body::Pelvis) {
      add_trunk(shares, nodes, p.y(), share);
    } else {
      shares[index(parts[i].body)] += share;
    }
  }
  return largest_four(shares);
}

/// A rigid motion as a unit dual quaternion.
struct DualQuaternion {
  Eigen::Vector4d real, dual;  ///< (x, y, z, w)
};

DualQuaternion dual_quaternion(const Pose& X) {
  const Eigen::Quaterniond q(X.R);
  const Eigen::Quaterniond t(0.0, X.p.x(), X.p.y(), X.p.z());
  return {q.coeffs(), 0.5 * (t * q).coeffs()};
}

}  // namespace

Skin make_skin(const Subject& subject, double spacing) {
  Skin skin;
  if (subject.segments[index(Body::ThighRight)].length <= 0.0) return skin;
  skin.rest_poses = place_bodies(subject, resting_joints());
  const std::vector<SkinPart> parts = skin_parts(subject, skin.rest_poses);
  skin.rest = united_mesh(parts, spacing);
  const auto nodes = trunk_nodes(skin.rest_poses);
  skin.carriers.reserve(skin.rest.vertices.size());
  for (const Vec3& vertex : skin.rest.vertices) skin.carriers.push_back(carriers_of(parts, nodes, vertex));
  return skin;
}

TriangleMesh pose_skin(const Skin& skin, const BodyPoses& poses) {
  std::array<DualQuaternion, kBodyCount> motions;
  for (std::size_t b = 0; b < motions.size(); ++b)
    motions[b] = dual_quaternion(poses[b] * skin.rest_poses[b].inverse());
  TriangleMesh mesh;
  mesh.triangles = skin.rest.triangles;
  mesh.vertices.resize(skin.rest.vertices.size());
  mesh.normals.resize(skin.rest.vertices.size());
  for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
    const SkinCarriers& carriers = skin.carriers[i];
    const DualQuaternion& first = motions[static_cast<std::size_t>(index(carriers.bodies[0]))];
    DualQuaternion sum{Eigen::Vector4d::Zero(), Eigen::Vector4d::Zero()};
    for (std::size_t k = 0; k < 4; ++k) {
      if (carriers.weights[k] <= 0.0f) continue;
      const DualQuaternion& one = motions[static_cast<std::size_t>(index(carriers.bodies[k]))];
      // q and −q are one rotation: take the nearer.
      const double weight = static_cast<double>(carriers.weights[k]) * (one.real.dot(first.real) < 0.0 ? -1.0 : 1.0);
      sum.real += weight * one.real;
      sum.dual += weight * one.dual;
    }
    const double size = sum.real.norm();
    const Vec3 v = sum.real.head<3>() / size, e = sum.dual.head<3>() / size;
    const double w = sum.real[3] / size, f = sum.dual[3] / size;
    const auto rotated = [&](const Vec3& p) { return Vec3(p + 2.0 * v.cross(v.cross(p) + w * p)); };
    mesh.vertices[i] = rotated(skin.rest.vertices[i]) + 2.0 * (w * e - f * v + v.cross(e));
    mesh.normals[i] = rotated(skin.rest.normals[i]);
  }
  return mesh;
}

}  // namespace foramen::scene
