#pragma once

/// What the techniques of lifting prefer.

#include <array>
#include <filesystem>

#include "sim/motion/joint_limits.h"
#include "sim/scenario/scenario.h"

namespace foramen {

inline constexpr int kTechniqueCount = 6;

/// Preferred angles of one technique and how far they are readily left [rad].
struct TechniquePreference {
  PostureAngles floor{};    ///< grips near the floor
  PostureAngles upright{};  ///< grips at the knuckles of hanging arms
  PostureAngles spread{};
};

/// By LiftTechnique.
using LiftTechniques = std::array<TechniquePreference, kTechniqueCount>;

/// Reads data/lift_techniques.csv; an angle without a row is preferred as in standing, with the spread of the limits.
/// Throws InputError.
[[nodiscard]] LiftTechniques load_lift_techniques(const std::filesystem::path& data, const JointLimits& limits);

}  // namespace foramen
