#include "sim/body/passive_hip.h"

#include <cmath>

#include "sim/base/units.h"

namespace foramen {

double passive_hip_flexion(double hip_flexion, double knee_flexion) {
  const double hip = hip_flexion / units::deg, knee = knee_flexion / units::deg;
  return std::exp(1.4655 - 0.0034 * knee - 0.0750 * hip) - std::exp(1.3403 - 0.0226 * knee + 0.0305 * hip) + 8.072;
}

std::array<double, 2> passive_hip_flexion(const PostureAngles& angles) {
  std::array<double, 2> moment;
  for (const Side side : kSides) {
    const auto angle = [&](PostureAngle left) { return angles[static_cast<std::size_t>(index(left) + index(side))]; };
    moment[static_cast<std::size_t>(index(side))] =
        passive_hip_flexion(angle(PostureAngle::HipFlexionLeft), angle(PostureAngle::KneeFlexionLeft));
  }
  return moment;
}

}  // namespace foramen
