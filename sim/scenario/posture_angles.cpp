#include "sim/scenario/posture_angles.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, kPostureAngleCount> kNames{"ankle_dorsiflexion_left", "ankle_dorsiflexion_right",
                                                                  "knee_flexion_left",       "knee_flexion_right",
                                                                  "hip_flexion_left",        "hip_flexion_right",
                                                                  "hip_adduction_left",      "hip_adduction_right",
                                                                  "pelvis_forward_pitch",    "lumbar_flexion",
                                                                  "lumbar_bend_right",       "lumbar_twist_left",
                                                                  "thoracic_flexion",        "neck_flexion",
                                                                  "shoulder_flexion_left",   "shoulder_flexion_right",
                                                                  "elbow_flexion_left",      "elbow_flexion_right",
                                                                  "shoulder_abduction_left", "shoulder_abduction_right",
                                                                  "hip_rotation_left",       "hip_rotation_right",
                                                                  "pelvis_bend_right",       "pelvis_turn_left",
                                                                  "thoracic_bend_right",     "thoracic_twist_left"};

}  // namespace

std::string_view name(PostureAngle angle) {
  return kNames.at(static_cast<std::size_t>(index(angle)));
}
std::span<const std::string_view> posture_angle_names() {
  return kNames;
}

PostureAngle mirror(PostureAngle angle) {
  const int i = index(angle);
  const bool trunk = (i >= index(PostureAngle::PelvisForwardPitch) && i < index(PostureAngle::ShoulderFlexionLeft)) ||
                     i >= index(PostureAngle::PelvisBendRight);
  return !trunk ? static_cast<PostureAngle>(i ^ 1) : angle;
}

bool mirror_changes_sign(PostureAngle angle) {
  switch (angle) {
    case PostureAngle::LumbarBendRight:
    case PostureAngle::LumbarTwistLeft:
    case PostureAngle::PelvisBendRight:
    case PostureAngle::PelvisTurnLeft:
    case PostureAngle::ThoracicBendRight:
    case PostureAngle::ThoracicTwistLeft:
      return true;
    default:
      return false;
  }
}

}  // namespace foramen
