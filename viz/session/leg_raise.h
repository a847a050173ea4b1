#pragma once

/// The straight leg raise as an examiner does it: up to which angle no root is pressed.

#include <functional>
#include <optional>

#include "sim/run/simulate.h"

namespace foramen::session {

struct LegRaise {
  Side side = Side::Left;
  std::optional<double> angle;  ///< hip flexion at which a root first exceeds kVenulesClose [rad]; nothing: none does
  Root root = Root::L5;         ///< the one that does, or comes nearest
  Side root_side = Side::Left;
  double pressure = 0;       ///< the root's, at `angle` or the highest up to the end [Pa]
  double highest_angle = 0;  ///< how far the leg was raised [rad]
  bool cancelled = false;
  bool converged = true;  ///< every instant that was needed
};

/// From here on the smallest veins of a root close (Olmarker 1989 J Orthop Res 7:817) [Pa].
inline constexpr double kVenulesClose = 30 * 133.322387415;
inline constexpr double kLegRaiseEnd = 90 * 0.017453292519943295;  ///< [rad]

/// Raises one straight leg of a person lying on the back, in steps of 5 degrees, then halves to half a degree. What was
/// held or done before plays no part, the discs' history does.
[[nodiscard]] LegRaise leg_raise(const Scenario& scenario, const Person& person, const PostureLibrary& postures,
                                 Side side, const std::function<bool()>& cancelled);

}  // namespace foramen::session
