#pragma once

/// A simulation with a progress line and Ctrl-C.

#include <string>
#include <vector>

#include "sim/app/commands.h"
#include "sim/run/simulate.h"

namespace foramen {

/// Simulates; shows progress with time left on standard error if that is a terminal. Ctrl-C or SIGTERM keeps the frames
/// that are finished and marks the result as interrupted.
[[nodiscard]] Result watched_run(const Scenario& scenario, int threads, const std::string& label,
                                 const Globals& globals);

/// Turns "KEY=VALUE" into an Override. Throws InputError.
[[nodiscard]] std::vector<Override> parse_overrides(const std::vector<std::string>& settings);

}  // namespace foramen
