#pragma once

/// The lifting equation's variables measured on a simulated lift.

#include <filesystem>

#include "sim/assess/lifting_equation.h"
#include "sim/scenario/scenario.h"

namespace foramen {

struct MeasuredLift {
  LiftingTask start, end;  ///< when the hands hold the whole load, and before they give it back
};

/// Hands against ankles at both ends of the first load of a scenario; frequency, hours and grip from its [task] (the
/// defaults without one). Throws InputError where the scenario lifts nothing.
[[nodiscard]] MeasuredLift measure_lift(const Scenario& scenario, const std::filesystem::path& data);

}  // namespace foramen
