#include "sim/nerve/course_curve.h"

#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

constexpr int kMostSteps = 60;
/// Last step of the foot [segments]: it is taken to first order, which errs by its square (the bed's pull by less than
/// 1e-7 N).
constexpr double kAtFoot = 5e-4;
/// A node beyond the curve's centre of curvature would have two feet: it keeps the one it comes to, as if the curve
/// bent less.
constexpr double kLeastCurvature = 0.2;

}  // namespace

CourseCurve::CourseCurve(const std::vector<Vec3>& points, const std::vector<Vec3>& tangents)
    : points_(points), tangents_(tangents), way_(points.size(), 0.0) {
  const std::size_t n = points.size();
  for (std::size_t i = 1; i < n; ++i) way_[i] = way_[i - 1] + (points[i] - points[i - 1]).norm();
  std::vector<double> above(n, 0.0);  // elimination of the tridiagonal system for equal second derivatives
  for (std::size_t i = 1; i + 1 < n; ++i) {
    const double before = way_[i] - way_[i - 1], after = way_[i + 1] - way_[i];
    const double pivot = 2 * (before + after) - after * above[i - 1];
    above[i] = before / pivot;
    const Vec3 right =
        3 * (after / before * (points[i] - points[i - 1]) + before / after * (points[i + 1] - points[i]));
    tangents_[i] = (right - after * tangents_[i - 1]) / pivot;
  }
  for (std::size_t i = n - 1; i-- > 1;) tangents_[i] -= above[i] * tangents_[i + 1];
  cubics_.reserve(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double h = way_[i + 1] - way_[i];
    const Vec3 step = points[i + 1] - points[i], from = h * tangents_[i], to = h * tangents_[i + 1];
    cubics_.push_back({points[i], from, 3 * step - 2 * from - to, from + to - 2 * step});
  }
}

CourseCurve::Foot CourseCurve::slid(std::size_t node, double along) const {
  const double at = std::clamp(way_[node] + along, way_.front(), way_.back());
  const auto after = std::upper_bound(way_.begin() + 1, way_.end() - 1, at);
  const auto segment = static_cast<std::size_t>(after - way_.begin()) - 1;
  return {segment, (at - way_[segment]) / (way_[segment + 1] - way_[segment])};
}

Vec3 CourseCurve::place(const Foot& foot) const {
  const Cubic& c = cubics_[foot.segment];
  return c.a + foot.u * (c.b + foot.u * (c.c + foot.u * c.d));
}

BedPull CourseCurve::beyond(std::size_t end, std::size_t node, const Vec3& place, const NodeBed& bed) const {
  const Vec3 &t = tangents_[end], from_end = place - points_[end];
  const double start = way_[end] - way_[node], slide = bed.along + (start + from_end.dot(t) > 0 ? bed.on : 0);
  const double out = (bed.across * from_end.dot(t) - slide * start) / (bed.across + slide), along = start + out;
  const Vec3 off = from_end - out * t;
  return {along, 0.5 * (bed.across * off.squaredNorm() + slide * along * along), bed.across * off,
          SymmetricBlock::outer(-bed.across * bed.across / (bed.across + slide), t, bed.across)};
}

BedPull CourseCurve::pull(std::size_t node, const Vec3& place, const NodeBed& bed, RestingFoot& foot) const {
  const std::size_t last = points_.size() - 1;
  auto& [j, u] = foot.at;
  u = std::clamp(u + foot.per_way.dot(place - foot.node), 0.0, 1.0);
  foot.node = place;
  int came = 0;  // from the segment before (1) or after (−1)
  for (int step = 0;; ++step) {
    const double h = way_[j + 1] - way_[j];
    const Cubic& c = cubics_[j];
    const Vec3 off = place - (c.a + u * (c.b + u * (c.c + u * c.d))), by_u = c.b + u * (2 * c.c + 3 * u * c.d),
               by_uu = 2 * c.c + 6 * u * c.d;
    const double along = way_[j] + u * h - way_[node], slide = bed.along + (along > 0 ? bed.on : 0);
    const double speed = by_u.squaredNorm();
    const double curvature =
        std::max(kLeastCurvature * bed.across * speed, bed.across * (speed - off.dot(by_uu)) + slide * h * h);
    const double to = u + (bed.across * off.dot(by_u) - slide * along * h) / curvature;
    const bool first_end = to < 0 && u == 0 && j == 0, last_end = to > 1 && u == 1 && j + 1 == last;
    if (first_end || last_end) {
      foot.per_way.setZero();
      return beyond(first_end ? 0 : last, node, place, bed);
    }
    const bool next = to > 1 && u == 1, back = to < 0 && u == 0;
    const bool turned_back = (next && came < 0) || (back && came > 0);
    const double rest = turned_back ? 0 : to - u, slid = along + rest * h;
    // Ligaments that begin or cease to hold within the last step have not been taken into account.
    const bool at_foot = std::abs(to - u) < kAtFoot && (bed.on == 0 || (slid > 0) == (along > 0));
    if (step == kMostSteps || at_foot || turned_back) {
      u += rest;
      foot.per_way = bed.across / curvature * by_u;
      const Vec3 from_foot = off - rest * by_u;
      return {slid, 0.5 * (bed.across * from_foot.squaredNorm() + slide * slid * slid), bed.across * from_foot,
              SymmetricBlock::outer(-bed.across * bed.across / curvature, by_u, bed.across)};
    }
    if (next || back) {
      j = next ? j + 1 : j - 1;
      u = next ? 0 : 1;
      came = next ? 1 : -1;
    } else {
      u = std::clamp(to, 0.0, 1.0);
      if (u > 0 && u < 1) came = 0;
    }
  }
}

}  // namespace foramen
