#pragma once

/// Cases as they are read, and how their instants go together.

#include <filesystem>
#include <vector>

#include "viz/session/state.h"

namespace foramen::session {

/// A case of a scenario file, or of a directory of results. Throws InputError.
[[nodiscard]] Case open_case(const std::filesystem::path& file, const std::vector<Override>& overrides = {});

/// Instants of the cases from their keyframes, rising.
[[nodiscard]] std::vector<double> times_of(const State& state);

/// The instant of a case that belongs to the cursor's time, in a case from `start` to `end` [s], among cases that begin
/// at `first` and end at `last`: the same second, or the same share of its length.
[[nodiscard]] double case_time(Link link, double time, double first, double last, double start, double end);

}  // namespace foramen::session
