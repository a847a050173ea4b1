#include "viz/scene/pick.h"

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

namespace foramen::scene {
namespace {

struct Hit {
  double distance = std::numeric_limits<double>::infinity();
  int vertex = -1;
};

/// Möller and Trumbore 1997, faces towards the origin only.
Hit first_hit(const TriangleMesh& mesh, const Vec3& from, const Vec3& along) {
  Hit hit;
  for (const auto& [a, b, c] : mesh.triangles) {
    const Vec3& p = mesh.vertices[static_cast<std::size_t>(a)];
    const Vec3 u = mesh.vertices[static_cast<std::size_t>(b)] - p, v = mesh.vertices[static_cast<std::size_t>(c)] - p;
    const Vec3 h = along.cross(v);
    const double det = u.dot(h);
    if (det < 1e-14) continue;
    const Vec3 s = from - p;
    const double x = s.dot(h);
    if (x < 0.0 || x > det) continue;
    const Vec3 q = s.cross(u);
    const double y = along.dot(q);
    if (y < 0.0 || x + y > det) continue;
    const double distance = v.dot(q) / det;
    if (distance <= 0.0 || distance >= hit.distance) continue;
    hit = {distance, x > y ? (x > det - x - y ? b : a) : (y > det - x - y ? c : a)};
  }
  return hit;
}

bool may_be_picked(Material material) {
  return material != Material::Outline && material != Material::Floor && material != Material::Furniture &&
         material != Material::Dermatome;
}

}  // namespace

std::optional<Picked> pick(const Drawing& drawing, const Ray& ray, bool translucent_too) {
  std::optional<Picked> best;
  bool best_opaque = false;
  for (const Shape& shape : drawing.shapes) {
    if (!shape.mesh || !may_be_picked(shape.material)) continue;
    const Pose X_MW = shape.X_WM.inverse();
    const TriangleMesh& mesh = shape.coarse ? *shape.coarse : *shape.mesh;
    const Hit hit = first_hit(mesh, X_MW * ray.from_W, X_MW.R * ray.along_W);
    if (hit.vertex < 0) continue;
    const bool opaque = translucent_too || finish(shape.material).opacity >= 1.0;
    if (best && (best_opaque == opaque ? hit.distance >= best->distance : best_opaque)) continue;
    best = Picked{shape.name, shape.body, ray.from_W + hit.distance * ray.along_W, hit.distance};
    if (shape.bodies) best->body = (*shape.bodies)[static_cast<std::size_t>(hit.vertex)];
    best_opaque = opaque;
  }
  return best;
}

}  // namespace foramen::scene
