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
                                                                  "elbow_flexion_left",      "elbow_flexion_right"};

}  // namespace

std::string_view name(PostureAngle angle) {
  return kNames.at(static_cast<std::size_t>(index(angle)));
}
std::span<const std::string_view> posture_angle_names() {
  return kNames;
}

PostureAngle mirror(PostureAngle angle) {
  const int i = index(angle);
  const bool limb = i < index(PostureAngle::PelvisForwardPitch) || i >= index(PostureAngle::ShoulderFlexionLeft);
  return limb ? static_cast<PostureAngle>(i ^ 1) : angle;
}

bool mirror_changes_sign(PostureAngle angle) {
  return angle == PostureAngle::LumbarBendRight || angle == PostureAngle::LumbarTwistLeft;
}

}  // namespace foramen
