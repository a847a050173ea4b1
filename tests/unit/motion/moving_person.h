#pragma once

/// A person of the anatomy tables in motion, for the tests of this room.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/motion/motion.h"

namespace foramen::testing {

inline std::shared_ptr<const Subject> person() {
  static const auto subject =
      std::make_shared<const Subject>(build_subject(*load_anatomy(data_directory()), SubjectDescription{}));
  return subject;
}

inline const PostureLibrary& library() {
  static const PostureLibrary postures = load_postures(data_directory());
  return postures;
}

inline Scenario moving(Support support, const std::vector<std::pair<double, std::string>>& keyframes) {
  Scenario scenario;
  scenario.motion.support = support;
  for (const auto& [time, posture] : keyframes) {
    Keyframe keyframe;
    keyframe.time = time;
    keyframe.posture = posture;
    scenario.motion.keyframes.push_back(keyframe);
  }
  return scenario;
}

/// One posture held still on the support it names.
inline Scenario held(const std::string& posture) {
  Scenario scenario;
  Keyframe keyframe;
  keyframe.posture = posture;
  scenario.motion.keyframes = {keyframe};
  return scenario;
}

inline HandLoad box(double mass, double from, double to) {
  HandLoad load;
  load.mass = mass;
  load.from = from;
  load.to = to;
  return load;
}

inline Scenario stoop_lift() {
  Scenario scenario = moving(Support::Feet, {{0, "standing"}, {1.2, "stoop_reach"}, {2.6, "standing_hold"}});
  scenario.loads = {box(15, 1.2, 2.6)};
  return scenario;
}

inline Scenario leg_raise() {
  return moving(Support::Bed, {{0, "supine"}, {2, "straight_leg_raise"}, {3, "straight_leg_raise"}});
}

inline Motion motion_of(const Scenario& scenario) {
  return {person(), library(), scenario};
}

inline void set_override(Keyframe& keyframe, PostureAngle angle, double degrees) {
  keyframe.overrides[static_cast<std::size_t>(index(angle))] = degrees * units::deg;
}

/// What weight, inertia and external forces leave over on the whole body: force [N] and moment [N·m].
inline Wrench left_over(const Instant& instant) {
  return joint_wrenches(*person(), instant.tree, instant.external)[0];
}

}  // namespace foramen::testing
