#include "viz/scene/tube.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "sim/anatomy/lofted_mesh.h"

namespace foramen::scene {
namespace {

constexpr double kCoincident = 1e-6;  ///< nodes closer than this are one [m]

std::vector<TubeNode> distinct(std::span<const TubeNode> nodes) {
  std::vector<TubeNode> kept;
  for (const TubeNode& node : nodes) {
    if (kept.empty() || (node.centre - kept.back().centre).norm() > kCoincident) kept.push_back(node);
  }
  if (kept.size() < 2)
    throw std::invalid_argument("a line needs two distinct nodes, got " + std::to_string(kept.size()));
  return kept;
}

/// Point of the centripetal Catmull–Rom curve between b and c (Barry and Goldman 1988), `t` 0…1.
Vec3 curve_point(const Vec3& a, const Vec3& b, const Vec3& c, const Vec3& d, double t) {
  const double ta = 0.0;
  const double tb = ta + std::sqrt((b - a).norm());
  const double tc = tb + std::sqrt((c - b).norm());
  const double td = tc + std::sqrt((d - c).norm());
  const double s = tb + t * (tc - tb);
  const auto between = [s](const Vec3& p, const Vec3& q, double from, double to) {
    return Vec3(((to - s) * p + (s - from) * q) / (to - from));
  };
  const Vec3 ab = between(a, b, ta, tb), bc = between(b, c, tb, tc), cd = between(c, d, tc, td);
  return between(between(ab, bc, ta, tc), between(bc, cd, tb, td), tb, tc);
}

Vec3 tangent(std::span<const TubeNode> nodes, std::size_t i) {
  const std::size_t before = i == 0 ? 0 : i - 1, after = std::min(i + 1, nodes.size() - 1);
  return (nodes[after].centre - nodes[before].centre).normalized();
}

/// Any direction across `along`, close to `wish` where that is possible.
Vec3 across(const Vec3& along, const Vec3& wish) {
  Vec3 direction = wish - wish.dot(along) * along;
  if (direction.norm() < 1e-3) direction = along.cross(along.unitOrthogonal());
  return direction.normalized();
}

}  // namespace

std::vector<TubeNode> smooth_line(std::span<const TubeNode> nodes, double spacing) {
  const std::vector<TubeNode> line = distinct(nodes);
  std::vector<TubeNode> fine{line.front()};
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const TubeNode& from = line[i];
    const TubeNode& to = line[i + 1];
    // Ends are continued straight.
    const Vec3 before = i > 0 ? line[i - 1].centre : Vec3(2.0 * from.centre - to.centre);
    const Vec3 after = i + 2 < line.size() ? line[i + 2].centre : Vec3(2.0 * to.centre - from.centre);
    const int pieces = std::max(1, static_cast<int>(std::ceil((to.centre - from.centre).norm() / spacing)));
    for (int k = 1; k <= pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      fine.push_back({k == pieces ? to.centre : curve_point(before, from.centre, to.centre, after, t),
                      from.radius + t * (to.radius - from.radius), from.value + t * (to.value - from.value)});
    }
  }
  return fine;
}

Tube tube(std::span<const TubeNode> nodes, int sides, double flattening, const Vec3& flat_direction) {
  if (nodes.size() < 2) throw std::invalid_argument("a tube needs two nodes");
  // Half-round ends: rings at these shares of the radius before and after the line.
  constexpr double kEnd[][2] = {{0.95, 0.31}, {0.71, 0.71}, {0.38, 0.92}};  // (along, across): a quarter circle
  std::vector<Ring> rings;
  std::vector<double> values;
  Vec3 thick = across(tangent(nodes, 0), flat_direction);
  const auto add_ring = [&](const TubeNode& node, const Vec3& along, double shift, double scale) {
    const Vec3 wide = thick.cross(along);
    Ring ring;
    ring.reserve(static_cast<std::size_t>(sides));
    for (int k = 0; k < sides; ++k) {
      const double angle = 2.0 * kPi * k / sides;
      ring.push_back(node.centre + shift * node.radius * along +
                     scale * node.radius * (std::cos(angle) * wide + flattening * std::sin(angle) * thick));
    }
    rings.push_back(std::move(ring));
    values.insert(values.end(), static_cast<std::size_t>(sides), node.value);
  };
  for (const auto& [shift, scale] : kEnd) add_ring(nodes.front(), tangent(nodes, 0), -shift, scale);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Vec3 along = tangent(nodes, i);
    // A round tube carries its direction along (no twist); a flat one keeps facing the given way.
    thick = across(along, flattening == 1.0 ? thick : flat_direction);
    add_ring(nodes[i], along, 0.0, 1.0);
  }
  for (auto end = std::rbegin(kEnd); end != std::rend(kEnd); ++end) {
    add_ring(nodes.back(), tangent(nodes, nodes.size() - 1), (*end)[0], (*end)[1]);
  }
  values.push_back(nodes.front().value);
  values.push_back(nodes.back().value);
  return {loft(rings), std::move(values)};
}

}  // namespace foramen::scene
