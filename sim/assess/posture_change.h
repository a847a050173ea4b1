#pragma once

/// Changes to the postures of a motion, for what is tried on a run.

#include <functional>

#include "sim/motion/motion.h"

namespace foramen {

/// Writes the angles of a keyframe out over its named posture; standing feet decide their ankles themselves, so those
/// are left to them if `ankles_follow` (the posture is then named standing).
void write_out(Keyframe& keyframe, const PostureAngles& angles, bool ankles_follow = true);

/// More lumbar flexion (less where negative) with the trunk's inclination kept: the hips give what the lower back takes
/// [rad].
void flex_lumbar_spine(PostureAngles& angles, double more);

/// The scenario with `change` done to the angles of every keyframe, as `motion` has them there.
[[nodiscard]] Scenario with_changed_posture(const Scenario& scenario, const Motion& motion, bool ankles_follow,
                                            const std::function<void(PostureAngles&)>& change);

}  // namespace foramen
