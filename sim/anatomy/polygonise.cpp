#include "sim/anatomy/polygonise.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <unordered_map>

namespace foramen {
namespace {

/// A regular grid of samples with air all around the box.
struct Grid {
  Vec3 origin = Vec3::Zero();
  double spacing = 0;
  std::array<int, 3> n{};
  std::vector<float> values;

  [[nodiscard]] std::size_t at(int i, int j, int k) const {
    const auto row = static_cast<std::size_t>(i) * static_cast<std::size_t>(n[1]) + static_cast<std::size_t>(j);
    return row * static_cast<std::size_t>(n[2]) + static_cast<std::size_t>(k);
  }
  [[nodiscard]] Vec3 point(int i, int j, int k) const { return origin + spacing * Vec3(i, j, k); }
};

/// Samples the field. A block of the grid whose centre is farther from the surface than its corners is filled with the
/// centre's value.
Grid sampled(const DistanceField& distance, const Vec3& lower, const Vec3& upper, double spacing) {
  Grid grid{lower - Vec3::Constant(1.5 * spacing), spacing, {}, {}};
  for (int axis = 0; axis < 3; ++axis)
    grid.n[static_cast<std::size_t>(axis)] = static_cast<int>(std::ceil((upper - lower)[axis] / spacing)) + 4;
  grid.values.resize(grid.at(grid.n[0] - 1, grid.n[1] - 1, grid.n[2] - 1) + 1);
  constexpr int kBlock = 5;
  constexpr double kSafety = 1.6;  // the distance is exact only near the surface
  const double reach = kSafety * 0.5 * (kBlock - 1) * spacing * std::sqrt(3.0);
  for (int bi = 0; bi < grid.n[0]; bi += kBlock)
    for (int bj = 0; bj < grid.n[1]; bj += kBlock)
      for (int bk = 0; bk < grid.n[2]; bk += kBlock) {
        const double centre = distance(grid.point(bi, bj, bk) + Vec3::Constant(0.5 * (kBlock - 1) * spacing), nullptr);
        for (int i = bi; i < std::min(bi + kBlock, grid.n[0]); ++i)
          for (int j = bj; j < std::min(bj + kBlock, grid.n[1]); ++j)
            for (int k = bk; k < std::min(bk + kBlock, grid.n[2]); ++k)
              grid.values[grid.at(i, j, k)] =
                  static_cast<float>(std::abs(centre) > reach ? centre : distance(grid.point(i, j, k), nullptr));
      }
  return grid;
}

/// Four crossings on one face leave open which of them belong together, and joining them can make edges with four
/// triangles. So there the outer corner nearest to the surface is counted as inside, until no such face is left.
void resolve_ambiguous_faces(Grid& grid) {
  const auto outside = [&](std::size_t at) { return grid.values[at] >= 0; };
  const std::array<std::size_t, 3> stride{grid.at(1, 0, 0), grid.at(0, 1, 0), grid.at(0, 0, 1)};
  bool changed = true;
  while (changed) {
    changed = false;
    for (int i = 0; i + 1 < grid.n[0]; ++i)
      for (int j = 0; j + 1 < grid.n[1]; ++j)
        for (int k = 0; k + 1 < grid.n[2]; ++k)
          for (std::size_t axis = 0; axis < 3; ++axis) {
            const std::size_t a = grid.at(i, j, k), b = a + stride[(axis + 1) % 3], d = a + stride[(axis + 2) % 3],
                              c = b + stride[(axis + 2) % 3];
            if (outside(a) != outside(c) || outside(b) != outside(d) || outside(a) == outside(b)) continue;
            const auto [p, q] = outside(a) ? std::pair{a, c} : std::pair{b, d};
            constexpr float kJustInside = -1e-9F;  // [m]
            grid.values[grid.values[p] < grid.values[q] ? p : q] = kJustInside;
            changed = true;
          }
  }
}

// Corner c of a cell lies at (c & 1, c >> 1 & 1, c >> 2 & 1); edge 4·axis + m runs along `axis` from its m-th corner.
struct CellEdge {
  int from, to;
};

constexpr std::array<CellEdge, 12> cell_edges() {
  std::array<CellEdge, 12> edges{};
  for (int axis = 0; axis < 3; ++axis)
    for (int m = 0; m < 4; ++m) {
      const int b = (axis + 1) % 3, c = (axis + 2) % 3;
      const int from = ((m & 1) << b) | ((m >> 1) << c);
      edges[static_cast<std::size_t>(4 * axis + m)] = {from, from | (1 << axis)};
    }
  return edges;
}
constexpr std::array<CellEdge, 12> kEdges = cell_edges();

using Sheets = std::array<int, 12>;  // which sheet of the surface an edge belongs to; -1: not crossed

/// Groups the crossed edges of a cell into sheets: two crossed edges of a face belong together.
Sheets sheets_of(unsigned inside) {
  Sheets sheet{};
  for (std::size_t e = 0; e < 12; ++e) {
    const bool crossed = ((inside >> kEdges[e].from) & 1U) != ((inside >> kEdges[e].to) & 1U);
    sheet[e] = crossed ? static_cast<int>(e) : -1;
  }
  const auto join = [&](std::size_t a, std::size_t b) {
    const int keep = std::min(sheet[a], sheet[b]), drop = std::max(sheet[a], sheet[b]);
    std::replace(sheet.begin(), sheet.end(), drop, keep);
  };
  for (int axis = 0; axis < 3; ++axis)
    for (int high = 0; high < 2; ++high) {
      std::array<std::size_t, 4> on{};
      std::size_t count = 0;
      for (std::size_t e = 0; e < 12; ++e) {
        const bool of_face = ((kEdges[e].from >> axis) & 1) == high && ((kEdges[e].to >> axis) & 1) == high;
        if (of_face && sheet[e] >= 0 && count < 4) on[count++] = e;
      }
      if (count == 2) join(on[0], on[1]);
    }
  return sheet;
}

const std::array<Sheets, 256>& sheet_table() {
  static const std::array<Sheets, 256> table = [] {
    std::array<Sheets, 256> t{};
    for (unsigned inside = 0; inside < 256; ++inside) t[inside] = sheets_of(inside);
    return t;
  }();
  return table;
}

/// Brings a vertex onto the surface along the gradient and sets its normal.
void settle(const DistanceField& distance, double spacing, Vec3& p, Vec3& normal) {
  constexpr int kSteps = 3;
  constexpr double kLast = 1e-5;  // so short a step turns the normal no more, and lands where it should [m]
  for (int step = 0; step <= kSteps; ++step) {
    const double d = distance(p, &normal);
    const double squared = normal.squaredNorm();
    if (squared <= 0 || step == kSteps) break;
    const Vec3 move = -normal * (d / squared);
    p += move * std::min(1.0, 0.5 * spacing / std::max(move.norm(), 1e-12));
    if (move.norm() < kLast) break;
  }
  normal.normalize();
}

/// Surface nets with one vertex per sheet of a cell.
class Net {
 public:
  Net(const DistanceField& distance, const Grid& grid) : distance_(distance), grid_(grid) {
    first_vertex_.assign(grid.values.size(), -1);
    sheets_.assign(grid.values.size(), 0);
    place_vertices();
    for (std::size_t axis = 0; axis < 3; ++axis) join_cells(axis);
  }

  TriangleMesh mesh;

 private:
  [[nodiscard]] bool inside(int i, int j, int k) const { return grid_.values[grid_.at(i, j, k)] < 0; }

  void place_vertices() {
    for (int i = 0; i + 1 < grid_.n[0]; ++i)
      for (int j = 0; j + 1 < grid_.n[1]; ++j)
        for (int k = 0; k + 1 < grid_.n[2]; ++k) {
          unsigned corners = 0;
          for (int c = 0; c < 8; ++c)
            if (inside(i + (c & 1), j + (c >> 1 & 1), k + (c >> 2 & 1))) corners |= 1U << c;
          if (corners == 0 || corners == 255) continue;
          sheets_[grid_.at(i, j, k)] = static_cast<std::uint8_t>(corners);
          first_vertex_[grid_.at(i, j, k)] = static_cast<int>(mesh.vertices.size());
          place_in_cell(corners, i, j, k);
        }
  }

  void place_in_cell(unsigned corners, int i, int j, int k) {
    const Sheets& sheet = sheet_table()[corners];
    for (int s = 0; s < 12; ++s) {
      Vec3 sum = Vec3::Zero();
      int count = 0;
      for (std::size_t e = 0; e < 12; ++e) {
        if (sheet[e] != s) continue;
        const auto corner = [&](int c) { return std::array{i + (c & 1), j + (c >> 1 & 1), k + (c >> 2 & 1)}; };
        const auto a = corner(kEdges[e].from), b = corner(kEdges[e].to);
        const double va = static_cast<double>(grid_.values[grid_.at(a[0], a[1], a[2])]);
        const double vb = static_cast<double>(grid_.values[grid_.at(b[0], b[1], b[2])]);
        const double t = va / (va - vb);
        sum += (1 - t) * grid_.point(a[0], a[1], a[2]) + t * grid_.point(b[0], b[1], b[2]);
        ++count;
      }
      if (count == 0) continue;
      Vec3 p = sum / count, normal;
      settle(distance_, grid_.spacing, p, normal);
      mesh.vertices.push_back(p);
      mesh.normals.push_back(normal);
    }
  }

  /// Vertex of the sheet that crosses edge `edge` of cell (i, j, k).
  [[nodiscard]] int vertex(std::array<int, 3> cell, std::size_t edge) const {
    const std::size_t at = grid_.at(cell[0], cell[1], cell[2]);
    const Sheets& sheet = sheet_table()[sheets_[at]];
    int order = 0;  // sheets are numbered by their first edge
    for (int s = 0; s < sheet[edge]; ++s)
      if (sheet[static_cast<std::size_t>(s)] == s) ++order;
    return first_vertex_[at] + order;
  }

  /// A quadrilateral around every grid edge along `axis` that crosses the surface.
  void join_cells(std::size_t axis) {
    const std::size_t b = (axis + 1) % 3, c = (axis + 2) % 3;
    std::array<int, 3> p{};
    for (p[0] = 0; p[0] + 1 < grid_.n[0]; ++p[0])
      for (p[1] = 0; p[1] + 1 < grid_.n[1]; ++p[1])
        for (p[2] = 0; p[2] + 1 < grid_.n[2]; ++p[2]) {
          std::array<int, 3> q = p;
          ++q[axis];
          const bool here = inside(p[0], p[1], p[2]);
          if (here == inside(q[0], q[1], q[2]) || p[b] == 0 || p[c] == 0) continue;
          std::array<int, 4> v{};
          constexpr std::array<std::array<int, 2>, 4> kAround{{{1, 1}, {0, 1}, {0, 0}, {1, 0}}};
          for (std::size_t m = 0; m < 4; ++m) {
            std::array<int, 3> cell = p;
            cell[b] -= kAround[m][0];
            cell[c] -= kAround[m][1];
            v[m] = vertex(cell, 4 * axis + static_cast<std::size_t>(kAround[m][0] + 2 * kAround[m][1]));
          }
          if (!here) std::swap(v[1], v[3]);
          add_quad(v);
        }
  }

  void add_quad(const std::array<int, 4>& v) {
    const auto length = [&](std::size_t a, std::size_t b) {
      return (mesh.vertices[static_cast<std::size_t>(v[a])] - mesh.vertices[static_cast<std::size_t>(v[b])]).norm();
    };
    if (length(0, 2) <= length(1, 3)) {
      mesh.triangles.push_back({v[0], v[1], v[2]});
      mesh.triangles.push_back({v[0], v[2], v[3]});
    } else {
      mesh.triangles.push_back({v[1], v[2], v[3]});
      mesh.triangles.push_back({v[1], v[3], v[0]});
    }
  }

  const DistanceField& distance_;
  const Grid& grid_;
  std::vector<int> first_vertex_;
  std::vector<std::uint8_t> sheets_;  ///< corners inside, per cell
};

}  // namespace

TriangleMesh polygonise(const DistanceField& distance, const Vec3& lower, const Vec3& upper, double spacing) {
  if (!(spacing > 0) || !std::isfinite(spacing))
    throw std::invalid_argument(fmt::format("polygonise: spacing = {} m, must be positive", spacing));
  if (!((upper - lower).minCoeff() > 0) || !(upper - lower).allFinite())
    throw std::invalid_argument(fmt::format("polygonise: empty box, sides {} × {} × {} m", upper.x() - lower.x(),
                                            upper.y() - lower.y(), upper.z() - lower.z()));
  Grid grid = sampled(distance, lower, upper, spacing);
  resolve_ambiguous_faces(grid);
  return std::move(Net(distance, grid).mesh);
}

TriangleMesh polygonise(const ImplicitVertebra& vertebra, double spacing) {
  const auto [lower, upper] = vertebra.bounds();
  return polygonise([&](const Vec3& p, Vec3* gradient) { return vertebra.distance(p, gradient); }, lower, upper,
                    spacing);
}

}  // namespace foramen
