#include "viz/scene/views.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

namespace foramen::scene {
namespace {

constexpr std::array<std::string_view, kViewCount> kNames{"lateral",   "oblique", "foramen", "anterior",
                                                          "posterior", "axial",   "body",    "canal"};

}  // namespace

std::string_view name(View view) {
  return kNames[static_cast<std::size_t>(view)];
}
std::span<const std::string_view> view_names() {
  return kNames;
}

SceneOptions options_for(View view, const SceneOptions& wished) {
  SceneOptions options = wished;
  options.ghost_arches = view == View::Foramen || (wished.ghost_arches && view != View::Body);
  options.axial_section = view == View::Axial;
  options.canal_section = view == View::Canal;
  options.body = view == View::Body || wished.body;
  options.surroundings = wished.surroundings && options.body;  // a spine alone stands nowhere
  return options;
}

RootPeak highest_root(const Frame& frame) {
  RootPeak peak{.pressure = -1.0};
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const double pressure =
          frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))].pressure;
      if (pressure > peak.pressure) peak = {root, side, pressure};
    }
  }
  return peak;
}

std::size_t most_loaded_frame(std::span<const Frame> frames) {
  if (frames.empty()) throw std::invalid_argument("no frames to choose from");
  const auto highest = std::max_element(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) {
    return highest_root(a).pressure < highest_root(b).pressure;
  });
  return static_cast<std::size_t>(highest - frames.begin());
}

std::size_t nearest_frame(std::span<const Frame> frames, double time) {
  if (frames.empty()) throw std::invalid_argument("no frames to choose from");
  const auto nearest = std::min_element(frames.begin(), frames.end(), [time](const Frame& a, const Frame& b) {
    return std::abs(a.time - time) < std::abs(b.time - time);
  });
  return static_cast<std::size_t>(nearest - frames.begin());
}

RootPeak pointed_root(const Frame& frame) {
  constexpr double kAlike = 0.02;  // share of the pressure: less is the solver's rounding, not a finding
  RootPeak peak = highest_root(frame);
  const auto& both = frame.nerve.roots[static_cast<std::size_t>(index(peak.root))];
  const double left = both[static_cast<std::size_t>(index(Side::Left))].pressure;
  if (left >= (1.0 - kAlike) * peak.pressure) peak = {peak.root, Side::Left, left};
  return peak;
}

Plane axial_plane(const Frame& frame) {
  constexpr double kHalfDisc = 0.006;  // of a disc's height [m]
  const BodyPoses& poses = frame.spine.poses;
  constexpr std::array kColumn{Body::L1, Body::L2, Body::L3, Body::L4, Body::L5, Body::Pelvis};
  // The mid-plane of a disc lies across the line between its two bones; the pelvis' origin is the sacral endplate.
  const auto disc = [&](std::size_t i) -> Plane {
    const Vec3 &upper = poses[static_cast<std::size_t>(index(kColumn[i]))].p,
               &lower = poses[static_cast<std::size_t>(index(kColumn[i + 1]))].p;
    const Vec3 cranial = (upper - lower).normalized();
    return {kColumn[i + 1] == Body::Pelvis ? Vec3(lower + kHalfDisc * cranial) : Vec3(0.5 * (upper + lower)), cranial};
  };
  constexpr std::size_t kL4L5 = 3;
  const RootPeak peak = pointed_root(frame);
  if (peak.pressure < kFindingFrom) return disc(kL4L5);
  const Vec3& pressed =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))]
          .pressed_at_W;
  Plane nearest = disc(kL4L5);
  const auto above = [&](const Plane& plane) { return (pressed - plane.point_W).dot(plane.normal_W); };
  for (std::size_t i = 0; i + 1 < kColumn.size(); ++i) {
    if (const Plane one = disc(i); std::abs(above(one)) < std::abs(above(nearest))) nearest = one;
  }
  constexpr double kOff = 0.003;  // farther off, a section shows endplates [m]
  nearest.point_W += std::clamp(above(nearest), -kOff, kOff) * nearest.normal_W;
  return nearest;
}

Plane canal_plane(const Frame& frame) {
  const Plane section = axial_plane(frame);
  constexpr double kBelowMiddle = 0.002;  // of the body: through the pedicles' lower half [m]
  const BodyPoses& poses = frame.spine.poses;
  const Pose* above = &poses[static_cast<std::size_t>(index(Body::L1))];
  for (const Body body : {Body::L2, Body::L3, Body::L4, Body::L5}) {
    const Pose& bone = poses[static_cast<std::size_t>(index(body))];
    if ((bone.p - section.point_W).dot(bone.R.col(1)) > 0.0) above = &bone;
  }
  return {above->p - kBelowMiddle * above->R.col(1), above->R.col(1)};
}

SpineMiddle spine_middle(const Frame& frame) {
  constexpr double kAboveL1 = 0.030, kBelowEndplate = 0.105;  // half of L1 with its processes; the sacrum [m]
  const BodyPoses& poses = frame.spine.poses;
  const Pose& L1 = poses[static_cast<std::size_t>(index(Body::L1))];
  const Pose& L3 = poses[static_cast<std::size_t>(index(Body::L3))];
  const Vec3 top = L1.p + kAboveL1 * L1.R.col(1);
  const Vec3 bottom = poses[static_cast<std::size_t>(index(Body::Pelvis))].p - kBelowEndplate * L3.R.col(1);
  return {0.5 * (top + bottom), L3.R, 0.5 * (top - bottom).norm()};
}

Mat3 spine_axes(const Frame& frame) {
  return spine_middle(frame).R;
}

std::string anatomical_direction(const Vec3& direction_W, const Mat3& axes_W) {
  constexpr double kLeftOut = 0.33;
  const Vec3 v = axes_W.transpose() * direction_W.normalized();
  std::array<std::pair<double, char>, 3> parts{{{std::abs(v.x()), v.x() > 0 ? 'A' : 'P'},
                                                {std::abs(v.z()), v.z() > 0 ? 'R' : 'L'},
                                                {std::abs(v.y()), v.y() > 0 ? 'S' : 'I'}}};
  std::stable_sort(parts.begin(), parts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (const auto& [size, letter] : parts) {
    if (text.empty() || size > kLeftOut) text += letter;
  }
  return text;
}

}  // namespace foramen::scene
