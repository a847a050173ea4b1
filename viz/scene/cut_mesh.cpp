#include "viz/scene/cut_mesh.h"

#include <array>
#include <map>
#include <utility>
#include <vector>

namespace foramen::scene {
namespace {

/// One of the two halves while it grows.
struct Half {
  TriangleMesh mesh;
  std::vector<int> place;                       ///< of the whole mesh's vertices, −1 where not used
  std::map<std::pair<int, int>, int> on_plane;  ///< new vertices, by the edge they cut

  int keep(const TriangleMesh& whole, int vertex) {
    int& at = place[static_cast<std::size_t>(vertex)];
    if (at < 0)
      at = add(whole.vertices[static_cast<std::size_t>(vertex)], whole.normals[static_cast<std::size_t>(vertex)]);
    return at;
  }

  int cut(const TriangleMesh& whole, int a, int b, double x) {
    if (a > b) std::swap(a, b);
    const auto [entry, is_new] = on_plane.try_emplace({a, b}, 0);
    if (is_new) {
      const Vec3& from = whole.vertices[static_cast<std::size_t>(a)];
      const Vec3& to = whole.vertices[static_cast<std::size_t>(b)];
      const double t = (x - from.x()) / (to.x() - from.x());
      const Vec3 normal =
          (1.0 - t) * whole.normals[static_cast<std::size_t>(a)] + t * whole.normals[static_cast<std::size_t>(b)];
      entry->second = add(from + t * (to - from), normal.normalized());
    }
    return entry->second;
  }

  int add(const Vec3& vertex, const Vec3& normal) {
    mesh.vertices.push_back(vertex);
    mesh.normals.push_back(normal);
    return static_cast<int>(mesh.vertices.size()) - 1;
  }
};

/// The part of a triangle on one side, as a polygon; `edge` becomes the cut's edge in the order of the polygon.
std::vector<int> part_of(Half& half, const TriangleMesh& whole, const std::array<int, 3>& triangle, double x,
                         bool front, std::pair<int, int>* edge) {
  std::vector<int> polygon;
  int leaving = -1, entering = -1;
  for (std::size_t k = 0; k < 3; ++k) {
    const int a = triangle[k], b = triangle[(k + 1) % 3];
    const bool a_in = (whole.vertices[static_cast<std::size_t>(a)].x() >= x) == front;
    const bool b_in = (whole.vertices[static_cast<std::size_t>(b)].x() >= x) == front;
    if (a_in) polygon.push_back(half.keep(whole, a));
    if (a_in == b_in) continue;
    const int on_plane = half.cut(whole, a, b, x);
    polygon.push_back(on_plane);
    (a_in ? leaving : entering) = on_plane;
  }
  if (edge && leaving >= 0) *edge = {leaving, entering};
  return polygon;
}

void add_polygon(TriangleMesh& mesh, const std::vector<int>& polygon) {
  for (std::size_t k = 2; k < polygon.size(); ++k) mesh.triangles.push_back({polygon[0], polygon[k - 1], polygon[k]});
}

/// Fans over the closed outlines made of `edges` (from → to, indices of `open`).
TriangleMesh make_caps(const TriangleMesh& open, std::map<int, int> edges) {
  TriangleMesh caps;
  while (!edges.empty()) {
    const int first = static_cast<int>(caps.vertices.size());
    Vec3 sum = Vec3::Zero();
    for (auto edge = edges.begin(); edge != edges.end();) {
      caps.vertices.push_back(open.vertices[static_cast<std::size_t>(edge->first)]);
      sum += caps.vertices.back();
      const int next = edge->second;
      edges.erase(edge);
      edge = edges.find(next);
    }
    const int count = static_cast<int>(caps.vertices.size()) - first;
    const int middle = first + count;
    caps.vertices.push_back(sum / count);
    for (int k = 0; k < count; ++k) caps.triangles.push_back({middle, first + k, first + (k + 1) % count});
  }
  caps.normals.assign(caps.vertices.size(), -Vec3::UnitX());
  return caps;
}

}  // namespace

CutMesh cut_mesh(const TriangleMesh& mesh, double x) {
  Half front, back;
  front.place.assign(mesh.vertices.size(), -1);
  back.place.assign(mesh.vertices.size(), -1);
  std::map<int, int> rim;
  for (const auto& triangle : mesh.triangles) {
    std::pair<int, int> edge{-1, -1};
    add_polygon(front.mesh, part_of(front, mesh, triangle, x, true, &edge));
    add_polygon(back.mesh, part_of(back, mesh, triangle, x, false, nullptr));
    // The cap continues the surface: it takes each rim edge in the other direction.
    if (edge.first >= 0) rim[edge.second] = edge.first;
  }
  TriangleMesh caps = make_caps(front.mesh, std::move(rim));
  return {std::move(front.mesh), std::move(back.mesh), std::move(caps)};
}

}  // namespace foramen::scene
