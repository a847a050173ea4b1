#include "viz/scene/views.h"

#include <Eigen/Geometry>
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

/// The lumbar spine as a whole: its middle, the axes of L3, and half its length with the sacrum [m].
struct Middle {
  Vec3 centre;
  Mat3 R;
  double half_length;
};

Middle middle_of(const Frame& frame) {
  constexpr double kAboveL1 = 0.030, kBelowEndplate = 0.105;  // half of L1 with its processes; the sacrum [m]
  const BodyPoses& poses = frame.spine.poses;
  const Pose& L1 = poses[static_cast<std::size_t>(index(Body::L1))];
  const Pose& L3 = poses[static_cast<std::size_t>(index(Body::L3))];
  const Vec3 top = L1.p + kAboveL1 * L1.R.col(1);
  const Vec3 bottom = poses[static_cast<std::size_t>(index(Body::Pelvis))].p - kBelowEndplate * L3.R.col(1);
  return {0.5 * (top + bottom), L3.R, 0.5 * (top - bottom).norm()};
}

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

Plane axial_plane(const Frame& frame) {
  const BodyPoses& poses = frame.spine.poses;
  const auto at = [&](Body body) -> const Pose& { return poses[static_cast<std::size_t>(index(body))]; };
  const RootPeak peak = highest_root(frame);
  if (peak.pressure < kFindingFrom) return {0.5 * (at(Body::L4).p + at(Body::L5).p), at(Body::L4).R.col(1)};
  const Vec3& pressed =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))]
          .pressed_at_W;
  // The lowest vertebra whose middle is above the place gives the axis.
  const Pose* above = &at(Body::L1);
  for (const Body body : {Body::L2, Body::L3, Body::L4, Body::L5}) {
    if ((at(body).p - pressed).dot(at(body).R.col(1)) > 0.0) above = &at(body);
  }
  return {pressed, above->R.col(1)};
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

namespace {

/// The whole person in the middle of the picture, seen from the front of one side and a little from above.
Camera body_camera(const Frame& frame, double side, double aspect) {
  constexpr double kMargin = 0.22;        // head, hands and feet beyond their joints [m]
  constexpr double kShareOfWidth = 0.62;  // panel and legends take the rest
  const Mat3& pelvis = frame.spine.poses[static_cast<std::size_t>(index(Body::Pelvis))].R;
  const double heading = std::atan2(-pelvis(2, 0), std::abs(pelvis(0, 0)) > 0.3 ? pelvis(0, 0) : 1.0);
  const Mat3 turned = Eigen::AngleAxisd(heading, Vec3::UnitY()).toRotationMatrix();
  const Vec3 from = (turned * Vec3(0.42, 0.16, 0.92 * side)).normalized();
  const Vec3 across = Vec3::UnitY().cross(from).normalized(), up = from.cross(across);
  Vec2 low = Vec2::Constant(1e3), high = Vec2::Constant(-1e3);
  Vec3 middle = Vec3::Zero();
  const auto take = [&](const Vec3& p) {
    const Vec2 seen(across.dot(p), up.dot(p));
    low = low.cwiseMin(seen);
    high = high.cwiseMax(seen);
  };
  for (const Pose& pose : frame.spine.poses) {
    take(pose.p);
    middle += pose.p / kBodyCount;
  }
  constexpr double kHead = 0.14;  // middle of the head above its joint [m]
  take(frame.spine.poses[static_cast<std::size_t>(index(Body::Head))] * Vec3(0.0, kHead, 0.0));
  const Vec2 centre = 0.5 * (low + high), half = 0.5 * (high - low) + Vec2::Constant(kMargin);
  Camera camera;
  camera.focus = centre.x() * across + centre.y() * up + from.dot(middle) * from;
  camera.half_height = std::max(half.y(), half.x() / (aspect * kShareOfWidth));
  camera.position = camera.focus + from * camera.half_height / std::tan(0.5 * kViewAngle);
  return camera;
}

}  // namespace

Camera place_camera(View view, const Frame& frame, double aspect) {
  const Middle middle = middle_of(frame);
  const RootPeak peak = highest_root(frame);
  const double side = side_sign(peak.side);
  const RootState& root =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))];
  if (view == View::Body) return body_camera(frame, side, aspect);
  const Vec3 forward = middle.R.col(0), cranial = middle.R.col(1), right = middle.R.col(2);

  Camera camera{.focus = middle.centre, .half_height = 1.10 * middle.half_length};
  Vec3 from = side * right;
  switch (view) {
    case View::Lateral:
      // Gravity points down in the picture: how far the trunk leans is part of the finding.
      camera.up = Vec3::UnitY();
      break;
    case View::Oblique:
      from = (-0.80 * forward + 0.62 * side * right + 0.12 * cranial).normalized();
      camera.up = cranial;
      break;
    case View::Foramen:
      from = (-0.55 * forward + 0.85 * side * right + 0.15 * cranial).normalized();
      camera.up = cranial;
      camera.focus =
          root.pressure > 0.0 || root.nodes.empty() ? root.pressed_at_W : root.nodes[root.nodes.size() / 2].position_W;
      camera.half_height = 0.036;  // one motion segment with its neighbours' pedicles
      break;
    case View::Anterior:
      from = forward;
      camera.up = cranial;
      break;
    case View::Posterior:
      from = -forward;
      camera.up = cranial;
      break;
    case View::Body:
      break;  // above
    case View::Canal: {
      const Plane plane = canal_plane(frame);
      from = (plane.normal_W - 0.18 * forward).normalized();
      camera.up = forward - forward.dot(from) * from;
      camera.up.normalize();
      camera.focus = plane.point_W - 0.024 * forward - 0.012 * plane.normal_W;
      camera.half_height = 0.052;
      break;
    }
    case View::Axial: {
      const Plane plane = axial_plane(frame);
      from = -plane.normal_W;
      camera.up = forward - forward.dot(from) * from;
      camera.up.normalize();
      // On the midline, in the canal.
      camera.focus = plane.point_W + (middle.centre - plane.point_W).dot(right) * right;
      if (peak.pressure < kFindingFrom) camera.focus -= 0.018 * forward;
      camera.half_height = 0.056;  // body, arch and spinous process of one vertebra
      break;
    }
  }
  if (std::abs(camera.up.dot(from)) > 0.9) camera.up = forward;  // lying: the spine's own axes
  // A narrow picture must still hold the depth of a stooping spine; its legends stand below.
  constexpr double kNarrow = 1.1;
  if (aspect < kNarrow) camera.half_height *= kNarrow / aspect;
  camera.position = camera.focus + from * camera.half_height / std::tan(0.5 * kViewAngle);
  return camera;
}

Pose camera_carrier(View view, const Frame& frame) {
  const Middle middle = middle_of(frame);
  return {view == View::Lateral || view == View::Body ? Mat3(Mat3::Identity()) : middle.R, middle.centre};
}

Mat3 spine_axes(const Frame& frame) {
  return middle_of(frame).R;
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
