#include "sim/nerve/root_conditions.h"

#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

/// Waypoint in the recess, from which a conjoined root is on its own; middle of the way past the disc above; and past
/// the disc below, counted from the foramen (see RootCourse).
constexpr double kRecess = 2, kDiscAbove = 0.5, kDiscBelow = 2;

const RootCondition* condition(const Subject& subject, Root root, Side side, RootKind kind) {
  for (const RootCondition& c : subject.description.root_conditions) {
    if (c.root == root && c.kind == kind && (!c.side || *c.side == side)) return &c;
  }
  return nullptr;
}

}  // namespace

void thicken_conjoined(const Subject& subject, Root root, Side side, const std::vector<double>& place,
                       std::vector<double>& radius) {
  if (!condition(subject, root, side, RootKind::Conjoined) || root == Root::L1) return;
  const auto r = static_cast<std::size_t>(index(root));
  const double own = subject.roots[r][0].radius, both = std::hypot(own, subject.roots[r - 1][0].radius);
  for (std::size_t i = 0; i < radius.size(); ++i) radius[i] += (both - own) * std::max(0.0, 1 - place[i] / kRecess);
}

std::optional<std::size_t> stuck_node(const Subject& subject, Root root, Side side, const std::vector<double>& place) {
  const RootCondition* tethered = condition(subject, root, side, RootKind::Tethered);
  if (!tethered) return std::nullopt;
  const RootCourse& course = subject.roots[static_cast<std::size_t>(index(root))][0];
  const bool below = tethered->level && index(*tethered->level) == index(root);
  const double at = below ? static_cast<double>(course.foramen) + kDiscBelow : kDiscAbove;
  const auto nearer = [&](double a, double b) { return std::abs(a - at) < std::abs(b - at); };
  return static_cast<std::size_t>(std::min_element(place.begin(), place.end(), nearer) - place.begin());
}

}  // namespace foramen
