#pragma once

/// The joint angles a posture is described by. Limb angles exist for both sides.

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "sim/base/names.h"

namespace foramen {

/// All angles are 0 in upright standing. Positive: the direction in the name; flexion of knee and elbow bends them;
/// pelvis_forward_pitch tips the pelvis forward; lumbar angles are totals L1–S1 relative to standing. The pelvis pitches
/// first, then bends, then turns about its own long axis; a hip rotates inwards about the thigh, after flexion and
/// adduction; an arm moves away from the body after flexion. Thoracic angles turn T12–L1.
enum class PostureAngle {
  AnkleDorsiflexionLeft,
  AnkleDorsiflexionRight,
  KneeFlexionLeft,
  KneeFlexionRight,
  HipFlexionLeft,
  HipFlexionRight,
  HipAdductionLeft,
  HipAdductionRight,
  PelvisForwardPitch,
  LumbarFlexion,
  LumbarBendRight,
  LumbarTwistLeft,
  ThoracicFlexion,
  NeckFlexion,
  ShoulderFlexionLeft,
  ShoulderFlexionRight,
  ElbowFlexionLeft,
  ElbowFlexionRight,
  ShoulderAbductionLeft,
  ShoulderAbductionRight,
  HipRotationLeft,
  HipRotationRight,
  PelvisBendRight,
  PelvisTurnLeft,
  ThoracicBendRight,
  ThoracicTwistLeft
};
inline constexpr int kPostureAngleCount = 26;

/// One value per PostureAngle [rad].
using PostureAngles = std::array<double, kPostureAngleCount>;

/// File name without the unit: "hip_flexion_left", "lumbar_flexion".
[[nodiscard]] std::string_view name(PostureAngle angle);
[[nodiscard]] std::span<const std::string_view> posture_angle_names();

/// The same angle on the other side (itself where there is one only), and whether it changes sign in a mirror
/// (bends and twists do).
[[nodiscard]] PostureAngle mirror(PostureAngle angle);
[[nodiscard]] bool mirror_changes_sign(PostureAngle angle);

}  // namespace foramen
