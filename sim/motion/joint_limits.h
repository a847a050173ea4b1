#pragma once

/// How far the angles of a posture go.

#include <filesystem>
#include <string_view>
#include <vector>

#include "sim/scenario/posture_angles.h"

namespace foramen {

struct JointLimits {
  PostureAngles lo{}, hi{};  ///< [rad]
  PostureAngles
      spread{};  ///< how readily a joint is used in a reach: its typical departure from what is preferred [rad]

  [[nodiscard]] double clamped(int angle, double value) const;
};

/// The angles a name without unit means: itself, or both sides of a limb's.
[[nodiscard]] std::vector<int> posture_angles_named(std::string_view stem);

/// Reads data/joint_limits.csv; a row without _left or _right is for both sides. Throws InputError.
[[nodiscard]] JointLimits load_joint_limits(const std::filesystem::path& data);

}  // namespace foramen
