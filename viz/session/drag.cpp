#include "viz/session/drag.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/motion/posture_kinematics.h"
#include "sim/motion/reach.h"
#include "viz/session/edits.h"

namespace foramen::session {
namespace {

constexpr double kLeastArm = 0.05;  ///< nearer to its pivot a place says nothing of an angle [m]

/// Turn about the person's left–right axis that takes the grabbed place towards `to_W` round a pivot [rad].
double sagittal_turn(const Vec3& pivot, const Vec3& from, const Vec3& to) {
  const Vec2 before = (from - pivot).head<2>(), after = (to - pivot).head<2>();
  if (before.norm() < kLeastArm || after.norm() < kLeastArm) return 0.0;
  return std::atan2(before.x() * after.y() - before.y() * after.x(), before.dot(after));
}

bool is_leg(Body body) {
  return index(body) >= index(Body::ThighLeft);
}
bool is_arm(Body body) {
  return index(body) >= index(Body::UpperArmLeft) && !is_leg(body);
}
Side side_of(Body body) {
  return index(body) >= index(Body::ThighRight) ? Side::Right : Side::Left;
}
double angle_of(const Grab& grab, PostureAngle which) {
  return grab.angles[static_cast<std::size_t>(index(which))];
}
Vec3 hip_of(const Grab& grab, const Subject& subject, Side side) {
  const auto thigh = static_cast<std::size_t>(index(on_side(Body::ThighLeft, side)));
  return grab.poses[static_cast<std::size_t>(index(Body::Pelvis))] * subject.segments[thigh].X_PJ.p;
}

}  // namespace

Grab grab(const State& state, const PostureLibrary& postures, const Subject& subject, const Frame& frame, Body body,
          const Vec3& point_W) {
  const Scenario& scenario = *state.cases.at(state.active).scenario;
  const std::size_t keyframe = nearest_keyframe(scenario, state.view.time);
  Grab grab{.body = body,
            .point_W = point_W,
            .angles = {},
            .poses = frame.instant.poses,
            .hands_W = Vec3::Zero(),
            .support = keyframe_support(scenario, postures, keyframe)};
  for (int i = 0; i < kPostureAngleCount; ++i) {
    grab.angles[static_cast<std::size_t>(i)] =
        keyframe_angle(scenario, postures, keyframe, static_cast<PostureAngle>(i));
  }
  for (const Side side : kSides) {
    const auto hand = static_cast<std::size_t>(index(on_side(Body::HandLeft, side)));
    grab.hands_W += 0.5 * (frame.instant.poses[hand] * grip_point(subject, side));
  }
  return grab;
}

std::optional<std::string> drag_command(const Grab& grab, const Subject& subject, const Vec3& to_W) {
  constexpr double kLeastTurn = 0.2 * units::deg;
  if (is_arm(grab.body)) {
    const Vec3 hands = grab.hands_W + (to_W - grab.point_W);
    return fmt::format("hands {:.4f} {:.4f} {:.4f}", hands.x(), hands.y(), hands.z());
  }
  if (!is_leg(grab.body)) {
    const Vec3 pivot = 0.5 * (hip_of(grab, subject, Side::Left) + hip_of(grab, subject, Side::Right));
    const double turn = sagittal_turn(pivot, grab.point_W, to_W);
    if (std::abs(turn) < kLeastTurn) return std::nullopt;
    // Forward is a turn about −z.
    const double pitch = std::clamp(angle_of(grab, PostureAngle::PelvisForwardPitch) - turn, -kPi, kPi);
    return fmt::format("hips {:.2f}", pitch / units::deg);
  }
  const Side side = side_of(grab.body);
  if (grab.support == Support::Feet) {
    // Knees give way as the thighs are pushed down or forward: twice the turn of the thigh, so that the feet stay.
    const double turn = sagittal_turn(hip_of(grab, subject, side), grab.point_W, to_W);
    if (std::abs(turn) < kLeastTurn) return std::nullopt;
    const double knee = std::clamp(angle_of(grab, PostureAngle::KneeFlexionLeft) + 2.0 * turn, 0.0, 2.6);
    return fmt::format("angle knee_flexion {:.2f}", knee / units::deg);
  }
  const double turn = sagittal_turn(hip_of(grab, subject, side), grab.point_W, to_W);
  if (std::abs(turn) < kLeastTurn) return std::nullopt;
  const PostureAngle hip = on_side(PostureAngle::HipFlexionLeft, side);
  return fmt::format("angle {} {:.2f}", name(hip), std::clamp(angle_of(grab, hip) + turn, -kPi, kPi) / units::deg);
}

}  // namespace foramen::session
