#pragma once

/// Force of a muscle fascicle: active and passive force–length with a rigid tendon.

#include "sim/anatomy/subject.h"

namespace foramen {

struct FascicleForce {
  double per_activation = 0;  ///< along the path at full activation [N]
  double passive = 0;         ///< [N]
};

/// `path_length` [m]; `active_stress`: at optimal length and full activation [Pa]; `passive_stress`: where fibres are
/// stretched by 60 % beyond optimal length [Pa]. Active force–length: Gaussian of width γ = 0.45; passive: exponential
/// of shape 5 (Thelen 2003 J Biomech Eng 125:70). The two stresses are separate because a stronger person's muscle is
/// not stiffer at rest.
[[nodiscard]] FascicleForce fascicle_force(const MuscleFascicle& fascicle, double path_length, double active_stress,
                                           double passive_stress);

}  // namespace foramen
