#pragma once

/// Dragging the body: where a grabbed part is pulled to, as the command that takes it there.

#include <optional>
#include <string>

#include "sim/run/frame.h"
#include "viz/session/state.h"

namespace foramen::session {

/// What was grabbed, and how the body stood then; the pull is measured from there, so that it can be taken back.
struct Grab {
  Body body = Body::Thorax;
  Vec3 point_W = Vec3::Zero();  ///< [m]
  PostureAngles angles{};       ///< of the keyframe that is changed [rad]
  BodyPoses poses{};
  Vec3 hands_W = Vec3::Zero();  ///< middle between the grips [m]
  Support support = Support::Feet;
};

/// The grab of a place on the active case as a frame shows it. Throws InputError for a scenario without keyframes.
[[nodiscard]] Grab grab(const State& state, const PostureLibrary& postures, const Subject& subject, const Frame& frame,
                        Body body, const Vec3& point_W);

/// An arm is pulled by the hands, the trunk bends in the hips, a leg of someone who lies turns in its hip, and of
/// someone who stands bends at the knees. Nothing for a pull that changes nothing.
[[nodiscard]] std::optional<std::string> drag_command(const Grab& grab, const Subject& subject, const Vec3& to_W);

}  // namespace foramen::session
