#include "sim/nerve/protrusion_place.h"

#include <array>
#include <cmath>

#include "sim/nerve/obstacles.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 3> kPlaceNames{"in front", "axilla", "shoulder"};
/// A summit that is off the root's middle by less than this part of its diameter lies in front of it.
constexpr double kInFront = 0.25;

}  // namespace

std::string_view name(ProtrusionPlace place) {
  return kPlaceNames[static_cast<std::size_t>(place)];
}

std::optional<ProtrusionPlace> protrusion_place(const Subject& subject, const SpineState& spine, const RootState& state,
                                                Root root, Side side) {
  if (state.pressed_by.structure != Structure::Herniation) return std::nullopt;
  const auto l = static_cast<std::size_t>(index(state.pressed_by.level));
  const MotionSegment& segment = subject.levels[l];
  const Vec3 at = disc_pose(subject, spine, state.pressed_by.level).inverse() * state.pressed_at_W;
  const double outwards = side == Side::Left ? -1 : 1;
  std::optional<double> farther;  // how much farther out than the root the nearest summit is [m]
  for (const Herniation& h : segment.herniations) {
    if (h.protrusion <= 0) continue;
    const double z = disc_outline(segment.disc, herniation_angle(h, segment.disc, subject.vertebrae[l])).y();
    const double off = outwards * (z - at.z());
    if (!farther || std::abs(off) < std::abs(*farther)) farther = off;
  }
  if (!farther) return std::nullopt;
  const double radius = subject.roots[static_cast<std::size_t>(index(root))][0].radius;
  if (std::abs(*farther) < 2 * kInFront * radius) return ProtrusionPlace::InFront;
  return *farther > 0 ? ProtrusionPlace::Shoulder : ProtrusionPlace::Axilla;
}

}  // namespace foramen
