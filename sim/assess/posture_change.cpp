#include "sim/assess/posture_change.h"

namespace foramen {

namespace {

double& angle_of(PostureAngles& angles, PostureAngle which) {
  return angles[static_cast<std::size_t>(index(which))];
}

}  // namespace

void write_out(Keyframe& keyframe, const PostureAngles& angles, bool ankles_follow) {
  for (std::size_t i = 0; i < angles.size(); ++i) keyframe.overrides[i] = angles[i];
  keyframe.trunk_inclination.reset();  // the angles say it
  if (!ankles_follow) return;
  keyframe.posture = "standing";  // a bend of the library would ask for its inclination again
  for (const PostureAngle ankle : {PostureAngle::AnkleDorsiflexionLeft, PostureAngle::AnkleDorsiflexionRight})
    keyframe.overrides[static_cast<std::size_t>(index(ankle))].reset();
}

void flex_lumbar_spine(PostureAngles& angles, double more) {
  angle_of(angles, PostureAngle::LumbarFlexion) += more;
  angle_of(angles, PostureAngle::PelvisForwardPitch) -= more;
  angle_of(angles, PostureAngle::HipFlexionLeft) -= more;
  angle_of(angles, PostureAngle::HipFlexionRight) -= more;
}

Scenario with_changed_posture(const Scenario& scenario, const Motion& motion, bool ankles_follow,
                              const std::function<void(PostureAngles&)>& change) {
  Scenario changed = scenario;
  for (Keyframe& keyframe : changed.motion.keyframes) {
    PostureAngles angles = motion.at(keyframe.time).angles;
    change(angles);
    write_out(keyframe, angles, ankles_follow);
  }
  return changed;
}

}  // namespace foramen
