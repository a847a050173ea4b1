#include "viz/scene/mesh_tools.h"

namespace foramen::scene {

void append(TriangleMesh& mesh, const TriangleMesh& more) {
  const auto first = static_cast<int>(mesh.vertices.size());
  mesh.vertices.insert(mesh.vertices.end(), more.vertices.begin(), more.vertices.end());
  mesh.normals.insert(mesh.normals.end(), more.normals.begin(), more.normals.end());
  mesh.triangles.reserve(mesh.triangles.size() + more.triangles.size());
  for (const auto& [a, b, c] : more.triangles) mesh.triangles.push_back({a + first, b + first, c + first});
}

TriangleMesh inflated(const TriangleMesh& mesh, double distance) {
  TriangleMesh larger = mesh;
  for (std::size_t i = 0; i < larger.vertices.size(); ++i) larger.vertices[i] += distance * larger.normals[i];
  return larger;
}

TriangleMesh box_mesh(const Vec3& low, const Vec3& high) {
  TriangleMesh box;
  for (int axis = 0; axis < 3; ++axis) {
    const int u = (axis + 1) % 3, v = (axis + 2) % 3;
    for (const bool upper : {false, true}) {
      Vec3 normal = Vec3::Zero();
      normal[axis] = upper ? 1.0 : -1.0;
      const auto first = static_cast<int>(box.vertices.size());
      for (int corner = 0; corner < 4; ++corner) {
        Vec3 p = low;
        p[axis] = upper ? high[axis] : low[axis];
        if (corner == 1 || corner == 2) p[u] = high[u];
        if (corner >= 2) p[v] = high[v];
        box.vertices.push_back(p);
        box.normals.push_back(normal);
      }
      if (upper) {
        box.triangles.push_back({first, first + 1, first + 2});
        box.triangles.push_back({first, first + 2, first + 3});
      } else {
        box.triangles.push_back({first, first + 2, first + 1});
        box.triangles.push_back({first, first + 3, first + 2});
      }
    }
  }
  return box;
}

}  // namespace foramen::scene
