#pragma once

/// Dragging the body: where a grabbed part is pulled to, as the command that takes it there.

#include <optional>
#include <string>

#include "sim/motion/body_reach.h"
#include "sim/run/frame.h"
#include "viz/session/state.h"

namespace foramen::session {

/// What was grabbed, and how the body stood then; the pull is measured from there, so that it can be taken back.
struct Grab {
  Body body = Body::Thorax;
  Vec3 point_W = Vec3::Zero();  ///< [m]
  PostureAngles angles{};       ///< of the keyframe that is changed [rad]
  PostureAngles shown{};        ///< as the body stood: where a reach begins, and what it keeps near to [rad]
  BodyPoses poses{};
  std::array<Vec3, 2> grips_W;       ///< by Side [m]
  Vec3 hand_force_W = Vec3::Zero();  ///< weight of what they held [N]
  LumbarShares shares;
  Vec3 hands_W = Vec3::Zero();  ///< middle between the grips [m]
  Support support = Support::Feet;
};

/// The grab of a place on the active case as a frame shows it. Throws InputError for a scenario without keyframes.
[[nodiscard]] Grab grab(const State& state, const PostureLibrary& postures, const Subject& subject, const Frame& frame,
                        Body body, const Vec3& point_W);

/// Someone who stands brings both hands along with the whole body, feet planted and in balance, as far as joints let
/// them; of someone else an arm is pulled by the hands. The trunk bends in the hips, a leg of someone who lies turns in
/// its hip, and of someone who stands bends at the knees. Nothing for a pull that changes nothing.
[[nodiscard]] std::optional<std::string> drag_command(const Grab& grab, const Subject& subject,
                                                      const JointLimits& limits, const Vec3& to_W);

}  // namespace foramen::session
