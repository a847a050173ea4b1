#include "viz/scene/cut_mesh.h"

#include <algorithm>
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
  std::vector<int> source;                      ///< of each vertex: the whole mesh's
  std::map<std::pair<int, int>, int> on_plane;  ///< new vertices, by the edge they cut

  int keep(const TriangleMesh& whole, int vertex) {
    int& at = place[static_cast<std::size_t>(vertex)];
    if (at < 0)
      at = add(whole.vertices[static_cast<std::size_t>(vertex)], whole.normals[static_cast<std::size_t>(vertex)],
               vertex);
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
      entry->second = add(from + t * (to - from), normal.normalized(), a);
    }
    return entry->second;
  }

  int add(const Vec3& vertex, const Vec3& normal, int from) {
    mesh.vertices.push_back(vertex);
    mesh.normals.push_back(normal);
    source.push_back(from);
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

/// An edge of the cut's outlines in the plane, y rising.
struct OutlineEdge {
  Vec2 low, high;  ///< (y, z) [m]
  int source = 0;  ///< vertex of the whole mesh nearby
  int turn = 1;    ///< +1 where the solid begins towards larger z, −1 where it ends, as its triangles say

  [[nodiscard]] double z_at(double y) const {
    return low.y() + (high.y() - low.y()) * (y - low.x()) / (high.x() - low.x());
  }
};

/// The part of a strip between two edges.
void add_strip(TriangleMesh& caps, std::vector<int>& sources, const std::array<const OutlineEdge*, 2>& edges, double x,
               double below, double above) {
  const int first = static_cast<int>(caps.vertices.size());
  caps.vertices.emplace_back(x, below, edges[0]->z_at(below));
  caps.vertices.emplace_back(x, below, edges[1]->z_at(below));
  caps.vertices.emplace_back(x, above, edges[1]->z_at(above));
  caps.vertices.emplace_back(x, above, edges[0]->z_at(above));
  for (const std::size_t side : {0, 1, 1, 0}) sources.push_back(edges[side]->source);
  caps.triangles.push_back({first, first + 1, first + 2});
  caps.triangles.push_back({first, first + 2, first + 3});
}

/// Fills outlines (any number, with holes, of solids that may overlap) strip by strip between the heights of their
/// corners: a point is inside where the outlines wind about it.
TriangleMesh fill(const std::vector<OutlineEdge>& edges, double x, std::vector<int>& sources) {
  std::vector<double> heights;
  for (const OutlineEdge& edge : edges) heights.insert(heights.end(), {edge.low.x(), edge.high.x()});
  std::sort(heights.begin(), heights.end());
  heights.erase(std::unique(heights.begin(), heights.end()), heights.end());
  TriangleMesh caps;
  for (std::size_t i = 0; i + 1 < heights.size(); ++i) {
    const double below = heights[i], above = heights[i + 1], middle = 0.5 * (below + above);
    std::vector<const OutlineEdge*> crossing;
    for (const OutlineEdge& edge : edges) {
      if (edge.low.x() <= below && edge.high.x() >= above) crossing.push_back(&edge);
    }
    std::sort(crossing.begin(), crossing.end(),
              [middle](const OutlineEdge* a, const OutlineEdge* b) { return a->z_at(middle) < b->z_at(middle); });
    int winding = 0;
    std::size_t begin = 0;
    for (std::size_t k = 0; k < crossing.size(); ++k) {
      if (winding == 0) begin = k;
      winding += crossing[k]->turn;
      if (winding == 0) add_strip(caps, sources, {crossing[begin], crossing[k]}, x, below, above);
    }
  }
  caps.normals.assign(caps.vertices.size(), -Vec3::UnitX());
  return caps;
}

}  // namespace

CutMesh cut_mesh(const TriangleMesh& mesh, double x) {
  Half front, back;
  front.place.assign(mesh.vertices.size(), -1);
  back.place.assign(mesh.vertices.size(), -1);
  std::vector<OutlineEdge> outlines;
  for (const auto& triangle : mesh.triangles) {
    std::pair<int, int> edge{-1, -1};
    add_polygon(front.mesh, part_of(front, mesh, triangle, x, true, &edge));
    add_polygon(back.mesh, part_of(back, mesh, triangle, x, false, nullptr));
    if (edge.first < 0) continue;
    Vec2 low = front.mesh.vertices[static_cast<std::size_t>(edge.first)].tail<2>();
    Vec2 high = front.mesh.vertices[static_cast<std::size_t>(edge.second)].tail<2>();
    const int turn = low.x() > high.x() ? -1 : 1;
    if (turn < 0) std::swap(low, high);
    if (low.x() < high.x()) outlines.push_back({low, high, front.source[static_cast<std::size_t>(edge.first)], turn});
  }
  CutMesh cut;
  cut.caps = fill(outlines, x, cut.caps_source);
  cut.front = std::move(front.mesh);
  cut.back = std::move(back.mesh);
  cut.front_source = std::move(front.source);
  cut.back_source = std::move(back.source);
  return cut;
}

}  // namespace foramen::scene
