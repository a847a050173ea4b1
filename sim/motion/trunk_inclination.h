#pragma once

/// A standing person asked to incline the trunk: rhythm, then balance.

#include "sim/motion/posture_kinematics.h"
#include "sim/motion/rhythm.h"
#include "sim/motion/support_models.h"

namespace foramen {

/// The angles of a keyframe that asks for a trunk inclination: the thorax tipped forward by it, split by the rhythm for
/// what the keyframe does not set itself, and the legs leaning so that body and hand loads balance over the middle of
/// the feet, unless it sets a hip or an ankle. Lumbar flexion set alone leaves the rest to the pelvis and the other way
/// round. Throws InputError (key of keyframe `number`) where both are set, or the support is not the feet.
[[nodiscard]] PostureAngles incline_trunk(const Subject& subject, const LumbarShares& shares,
                                          const LumbopelvicRhythm& rhythm, const SupportSetup& setup,
                                          const Keyframe& keyframe, PostureAngles angles, double inclination,
                                          double load_mass, std::size_t number);

/// Place of the centre of pressure that standing people keep, in front of the ankles [m]: the middle of the feet.
inline constexpr double kMiddleOfFeet = 0.05;

}  // namespace foramen
