#include "viz/scene/camera.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace foramen::scene {
namespace {

/// What a view is of, whatever the picture's shape.
struct Sight {
  Vec3 focus = Vec3::Zero();        ///< [m]
  Vec3 from = Vec3::UnitZ();        ///< unit, towards the camera
  Vec3 up = Vec3::UnitY();          ///< unit
  Vec2 half_extent = Vec2::Ones();  ///< to be seen about the focus, right and up [m]
};

/// What reaches beyond the joints of head, hands and feet, in their segments' axes, of a man of middle size [m].
const std::array<std::pair<Body, Vec3>, 5> kTips{{{Body::Head, {0.0, 0.20, 0.0}},
                                                  {Body::HandLeft, {0.0, -0.18, 0.0}},
                                                  {Body::HandRight, {0.0, -0.18, 0.0}},
                                                  {Body::FootLeft, {0.19, -0.06, 0.0}},
                                                  {Body::FootRight, {0.19, -0.06, 0.0}}}};

/// The whole person in every instant of the film, seen from the front of one side and a little from above; on a bed
/// from higher, where one sees what lies on it.
Sight body_sight(const Frame& frame, double side, std::span<const Frame> film) {
  constexpr double kMargin = 0.13;  // flesh, and air round the picture [m]
  const Mat3& pelvis = frame.spine.poses[static_cast<std::size_t>(index(Body::Pelvis))].R;
  const double heading = std::atan2(-pelvis(2, 0), std::abs(pelvis(0, 0)) > 0.3 ? pelvis(0, 0) : 1.0);
  const Mat3 turned = Eigen::AngleAxisd(heading, Vec3::UnitY()).toRotationMatrix();
  Sight seen;
  constexpr double kLevel = 0.35;  // cosine of the trunk's lean from where it lies
  const bool lies = std::abs(frame.spine.poses[static_cast<std::size_t>(index(Body::Thorax))].R(1, 1)) < kLevel &&
                    std::abs(pelvis(1, 1)) < kLevel;
  seen.from = (turned * Vec3(0.42, lies ? 0.45 : 0.16, 0.92 * side)).normalized();
  const Vec3 across = Vec3::UnitY().cross(seen.from).normalized();
  seen.up = seen.from.cross(across);
  const Vec3 here = spine_middle(frame).centre;
  std::vector<Vec3> points;  // right, up and towards the camera of the spine
  const auto take = [&](const Frame& one) {
    // The camera rides with the spine: what counts is where the body is about it.
    const Vec3 middle = spine_middle(one).centre;
    const auto point = [&](const Vec3& p) {
      points.emplace_back(across.dot(p - middle), seen.up.dot(p - middle), seen.from.dot(p - middle));
    };
    for (const Pose& pose : one.spine.poses) point(pose.p);
    for (const auto& [body, tip] : kTips) point(one.spine.poses[static_cast<std::size_t>(index(body))] * tip);
  };
  take(frame);
  for (const Frame& one : film) {
    if (one.converged()) take(one);
  }
  // What is nearer to the camera looks larger, by how far off the camera must be for the rest.
  double per_distance = 0;
  Vec2 low, high;
  for (int pass = 0; pass < 2; ++pass) {
    low = Vec2::Constant(1e3);
    high = Vec2::Constant(-1e3);
    for (const Vec3& p : points) {
      const Vec2 at = p.head<2>() / (1 - std::min(0.5, p.z() * per_distance));
      low = low.cwiseMin(at);
      high = high.cwiseMax(at);
    }
    per_distance = std::tan(0.5 * kViewAngle) / (0.5 * (high - low).maxCoeff() + kMargin);
  }
  const Vec2 centre = 0.5 * (low + high);
  seen.focus = here + centre.x() * across + centre.y() * seen.up;
  seen.half_extent = 0.5 * (high - low) + Vec2::Constant(kMargin);
  return seen;
}

/// The lumbar spine, or one place of it.
Sight spine_sight(View view, const Frame& frame, double side) {
  const SpineMiddle middle = spine_middle(frame);
  const RootPeak peak = pointed_root(frame);
  const RootState& root =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))];
  const Vec3 forward = middle.R.col(0), cranial = middle.R.col(1), right = middle.R.col(2);
  constexpr double kUpright = 0.62;  // width of the spine with its names, of its height
  const double half = 1.10 * middle.half_length;
  // Across the spine as much as along it: a camera that stands still sees it stoop.
  Sight seen{middle.centre, side * right, cranial, Vec2(kUpright * half, half)};
  switch (view) {
    case View::Lateral:
      // Gravity points down in the picture: how far the trunk leans is part of the finding.
      seen.up = Vec3::UnitY();
      seen.half_extent.x() = half;
      break;
    case View::Oblique:
      seen.from = (-0.80 * forward + 0.62 * side * right + 0.12 * cranial).normalized();
      break;
    case View::Foramen:
      seen.from = (-0.55 * forward + 0.85 * side * right + 0.15 * cranial).normalized();
      seen.focus =
          root.pressure > 0.0 || root.nodes.empty() ? root.pressed_at_W : root.nodes[root.nodes.size() / 2].position_W;
      seen.half_extent = Vec2(0.030, 0.036);  // one motion segment with its neighbours' pedicles [m]
      break;
    case View::Anterior:
      seen.from = forward;
      break;
    case View::Posterior:
      seen.from = -forward;
      break;
    case View::Body:
      break;  // body_sight()
    case View::Canal: {
      const Plane plane = canal_plane(frame);
      seen.from = (plane.normal_W - 0.18 * forward).normalized();
      seen.up = (forward - forward.dot(seen.from) * seen.from).normalized();
      seen.focus = plane.point_W - 0.024 * forward - 0.012 * plane.normal_W;
      seen.half_extent = Vec2(0.054, 0.052);
      break;
    }
    case View::Axial: {
      const Plane plane = axial_plane(frame);
      seen.from = -plane.normal_W;
      seen.up = (forward - forward.dot(seen.from) * seen.from).normalized();
      // On the midline, in the canal.
      const Vec3& spine = frame.spine.poses[static_cast<std::size_t>(index(Body::L5))].p;
      const Vec3 in_plane = spine + (plane.point_W - spine).dot(plane.normal_W) * plane.normal_W;
      seen.focus = in_plane - 0.018 * forward;
      seen.half_extent = Vec2(0.054, 0.056);  // body, arch and spinous process of one vertebra [m]
      break;
    }
  }
  if (std::abs(seen.up.dot(seen.from)) > 0.9) seen.up = forward;  // lying: the spine's own axes
  return seen;
}

/// Cuts `covered` off a zone at one of its four sides.
Zone cut(Zone zone, const Zone& covered, int side) {
  if (!zone.overlaps(covered)) return zone;
  if (side == 0) zone.high.x() = std::min(zone.high.x(), covered.low.x());
  if (side == 1) zone.low.x() = std::max(zone.low.x(), covered.high.x());
  if (side == 2) zone.high.y() = std::min(zone.high.y(), covered.low.y());
  if (side == 3) zone.low.y() = std::max(zone.low.y(), covered.high.y());
  return zone;
}

double fit(const Zone& zone, const Vec2& half_extent) {
  return (zone.high - zone.low).cwiseQuotient(half_extent).minCoeff();
}

/// The best of all ways to cut the covered zones off.
Zone best_cut(const Zone& zone, std::span<const Zone> covered, const Vec2& half_extent) {
  if (covered.empty()) return zone;
  std::optional<Zone> best;
  for (int side = 0; side < 4; ++side) {
    const Zone left = best_cut(cut(zone, covered.front(), side), covered.subspan(1), half_extent);
    if (!best || fit(left, half_extent) > fit(*best, half_extent)) best = left;
  }
  return *best;
}

}  // namespace

Zone free_zone(const Framing& framing, const Vec2& half_extent) {
  const Zone all{Vec2::Zero(), framing.size};
  const Zone free = best_cut(all, framing.covered, half_extent);
  // Where words leave next to nothing, the picture goes behind them.
  constexpr double kLeast = 0.35;  // of the whole picture's scale
  return fit(free, half_extent) < kLeast * fit(all, half_extent) ? all : free;
}

std::vector<Camera> place_cameras(View view, std::span<const Neighbour> bodies, Framing framing) {
  RootPeak most{.pressure = -1.0};
  for (const Neighbour& one : bodies) {
    if (const RootPeak peak = pointed_root(*one.frame); peak.pressure > most.pressure) most = peak;
  }
  const double side = side_sign(framing.side.value_or(most.side));
  std::vector<Sight> sights;
  Vec2 half_extent = Vec2::Zero();
  for (const Neighbour& one : bodies) {
    sights.push_back(view == View::Body ? body_sight(*one.frame, side, one.film) : spine_sight(view, *one.frame, side));
    half_extent = half_extent.cwiseMax(sights.back().half_extent);
  }
  const Zone free = free_zone(framing, half_extent);
  std::vector<Camera> cameras;
  for (const Sight& seen : sights) {
    Camera& camera = cameras.emplace_back(Camera{.focus = seen.focus, .up = seen.up});
    camera.half_height = framing.size.y() / fit(free, half_extent);
    camera.focus_at = (free.low + free.high).cwiseQuotient(framing.size) - Vec2::Ones();
    camera.position = camera.focus + seen.from * camera.half_height / std::tan(0.5 * kViewAngle);
  }
  return cameras;
}

Camera place_camera(View view, const Frame& frame, const Framing& framing) {
  const Neighbour alone{&frame, framing.film};
  return place_cameras(view, std::span(&alone, 1), framing).front();
}

Pose camera_carrier(View view, const Frame& frame) {
  const SpineMiddle middle = spine_middle(frame);
  return {view == View::Lateral || view == View::Body ? Mat3(Mat3::Identity()) : middle.R, middle.centre};
}

}  // namespace foramen::scene
