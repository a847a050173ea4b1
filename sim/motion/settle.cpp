#include "sim/motion/settle.h"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace foramen {

namespace {

Vec3 turned(const Vec3& v, double angle) {
  const double s = std::sin(angle), c = std::cos(angle);
  return {c * v.x() - s * v.y(), s * v.x() + c * v.y(), v.z()};
}

/// The pair of points, one on either side of x, whose connection passes x lowest.
bool supporting_pair(const std::vector<Vec3>& points, double x, Vec3& behind, Vec3& before) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const Vec3& a : points) {
    if (a.x() > x) continue;
    for (const Vec3& b : points) {
      if (b.x() <= x) continue;
      const double height = a.y() + (b.y() - a.y()) * (x - a.x()) / (b.x() - a.x());
      if (height >= lowest) continue;
      lowest = height;
      behind = a;
      before = b;
    }
  }
  return std::isfinite(lowest);
}

}  // namespace

Rest settle(const std::vector<Vec3>& points_W, const Vec3& centre_of_mass_W) {
  if (points_W.empty()) throw std::invalid_argument("settle: nothing can touch");
  constexpr int kLargestTurns = 50;
  constexpr double kLevel = 1e-12;  // [rad]
  Rest rest;
  std::vector<Vec3> points = points_W;
  Vec3 behind = Vec3::Zero(), before = Vec3::Zero();
  for (int i = 0; i < kLargestTurns; ++i) {
    if (!supporting_pair(points, turned(centre_of_mass_W, rest.turn).x(), behind, before)) {
      rest.stable = false;
      break;
    }
    const double tilt = std::atan2(before.y() - behind.y(), before.x() - behind.x());
    if (std::abs(tilt) < kLevel) break;
    rest.turn -= tilt;
    for (std::size_t k = 0; k < points.size(); ++k) points[k] = turned(points_W[k], rest.turn);
  }
  double lowest = std::numeric_limits<double>::infinity();
  for (const Vec3& point : points) lowest = std::min(lowest, point.y());
  rest.lift = -lowest;
  return rest;
}

}  // namespace foramen
