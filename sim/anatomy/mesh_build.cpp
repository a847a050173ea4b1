#include "sim/anatomy/mesh_build.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <utility>

namespace foramen {

TriangleMesh mirrored_mesh(TriangleMesh mesh) {
  for (Vec3& v : mesh.vertices) v = mirrored(v);
  for (Vec3& n : mesh.normals) n = mirrored(n);
  for (auto& t : mesh.triangles) std::swap(t[1], t[2]);
  return mesh;
}

void append(TriangleMesh& mesh, const TriangleMesh& part, const Pose& pose) {
  const int first = static_cast<int>(mesh.vertices.size());
  for (const Vec3& v : part.vertices) mesh.vertices.push_back(pose * v);
  for (const Vec3& n : part.normals) mesh.normals.push_back(pose.R * n);
  for (const auto& t : part.triangles) mesh.triangles.push_back({t[0] + first, t[1] + first, t[2] + first});
}

TriangleMesh tube(const std::vector<Vec3>& path, const Vec2& half, const Vec3& upright, int sides) {
  TriangleMesh mesh;
  const std::size_t n = path.size();
  const auto add = [&](const Vec3& p, const Vec3& normal) {
    mesh.vertices.push_back(p);
    mesh.normals.push_back(normal);
    return static_cast<int>(mesh.vertices.size()) - 1;
  };
  for (std::size_t i = 0; i < n; ++i) {
    const Vec3 along = (path[std::min(i + 1, n - 1)] - path[i > 0 ? i - 1 : 0]).normalized();
    const Vec3 up = (upright - along * along.dot(upright)).normalized(), across = up.cross(along);
    for (int k = 0; k < sides; ++k) {
      const double angle = 2 * kPi * k / sides, c = std::cos(angle), s = std::sin(angle);
      add(path[i] + half.x() * c * across + half.y() * s * up,
          (across * (c / half.x()) + up * (s / half.y())).normalized());
    }
  }
  const int rings = static_cast<int>(n);
  for (int i = 0; i + 1 < rings; ++i)
    for (int k = 0; k < sides; ++k) {
      const int a = i * sides + k, b = i * sides + (k + 1) % sides, c = a + sides, d = b + sides;
      mesh.triangles.push_back({a, b, c});
      mesh.triangles.push_back({b, d, c});
    }
  const Vec3 back = (path[0] - path[1]).normalized(), front = (path[n - 1] - path[n - 2]).normalized();
  const double cap = 0.6 * half.minCoeff();
  const int first = add(path[0] + cap * back, back), last = add(path[n - 1] + cap * front, front);
  for (int k = 0; k < sides; ++k) {
    mesh.triangles.push_back({first, (k + 1) % sides, k});
    const int ring = (rings - 1) * sides;
    mesh.triangles.push_back({last, ring + k, ring + (k + 1) % sides});
  }
  return mesh;
}

}  // namespace foramen
