#include "sim/anatomy/lofted_mesh.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <stdexcept>
#include <string>

namespace foramen {
namespace {

Vec3 centre_of(const Ring& ring) {
  Vec3 sum = Vec3::Zero();
  for (const Vec3& point : ring) sum += point;
  return sum / static_cast<double>(ring.size());
}

void check(std::span<const Ring> rings) {
  if (rings.size() < 2) throw std::invalid_argument("a loft needs two rings, got " + std::to_string(rings.size()));
  for (const Ring& ring : rings) {
    if (ring.size() != rings[0].size() || ring.size() < 3) {
      throw std::invalid_argument("rings of " + std::to_string(rings[0].size()) + " and " +
                                  std::to_string(ring.size()) + " points do not make a loft");
    }
  }
}

}  // namespace

TriangleMesh loft(std::span<const Ring> rings) {
  check(rings);
  const int n = static_cast<int>(rings[0].size());
  const int count = static_cast<int>(rings.size());
  TriangleMesh mesh;
  mesh.vertices.reserve(static_cast<std::size_t>(n * count + 2));
  for (const Ring& ring : rings) mesh.vertices.insert(mesh.vertices.end(), ring.begin(), ring.end());
  mesh.vertices.push_back(centre_of(rings.front()));
  mesh.vertices.push_back(centre_of(rings.back()));
  mesh.triangles.reserve(static_cast<std::size_t>(2 * n * count));
  for (int i = 0; i < n; ++i) {
    const int next = (i + 1) % n;
    mesh.triangles.push_back({n * count, next, i});
    for (int r = 0; r + 1 < count; ++r) {
      const int a = r * n + i, b = r * n + next, c = (r + 1) * n + next, d = (r + 1) * n + i;
      mesh.triangles.push_back({a, b, c});
      mesh.triangles.push_back({a, c, d});
    }
    mesh.triangles.push_back({n * count + 1, (count - 1) * n + i, (count - 1) * n + next});
  }
  smooth_normals(mesh);
  return mesh;
}

void smooth_normals(TriangleMesh& mesh) {
  mesh.normals.assign(mesh.vertices.size(), Vec3::Zero());
  for (const auto& [a, b, c] : mesh.triangles) {
    const auto ia = static_cast<std::size_t>(a), ib = static_cast<std::size_t>(b), ic = static_cast<std::size_t>(c);
    const Vec3 twice_area = (mesh.vertices[ib] - mesh.vertices[ia]).cross(mesh.vertices[ic] - mesh.vertices[ia]);
    for (const std::size_t i : {ia, ib, ic}) mesh.normals[i] += twice_area;
  }
  for (Vec3& normal : mesh.normals) {
    const double length = normal.norm();
    normal = length > 0.0 ? Vec3(normal / length) : Vec3::UnitY();
  }
}

double volume(const TriangleMesh& mesh) {
  double six_volumes = 0.0;
  for (const auto& [a, b, c] : mesh.triangles) {
    six_volumes += mesh.vertices[static_cast<std::size_t>(a)].dot(
        mesh.vertices[static_cast<std::size_t>(b)].cross(mesh.vertices[static_cast<std::size_t>(c)]));
  }
  return six_volumes / 6.0;
}

}  // namespace foramen
