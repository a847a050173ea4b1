#pragma once

/// Force of a muscle fascicle: active and passive force–length with a rigid tendon.

#include "sim/anatomy/subject.h"

namespace foramen {

struct FascicleForce {
  double per_activation = 0;  ///< along the path at full activation [N]
  double passive = 0;         ///< [N]
};

/// `path_length` [m], `specific_tension` [Pa]. Active force–length: Gaussian of width γ = 0.45; passive: exponential
/// reaching the maximum isometric force at a fibre strain of 0.6 (Thelen 2003 J Biomech Eng 125:70).
[[nodiscard]] FascicleForce fascicle_force(const MuscleFascicle& fascicle, double path_length, double specific_tension);

}  // namespace foramen
