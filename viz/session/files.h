#pragma once

/// What the session writes: scenarios, tables, scripts, and what it shows in words.

#include <filesystem>
#include <string>
#include <vector>

#include "sim/assess/comparison.h"
#include "sim/run/simulate.h"
#include "sim/run/stored_frames.h"
#include "viz/session/leg_raise.h"
#include "viz/session/session.h"

namespace foramen::session {

/// Writes the active case's scenario; running it gives the numbers shown. Throws std::runtime_error.
void save_scenario(const State& state, const std::filesystem::path& file);

/// Writes what `foramen run` or, for several, `foramen compare` tabulates: levels and roots over time, or the measures
/// side by side. Throws std::runtime_error.
void save_table(const State& state, const std::vector<const Result*>& results, const std::filesystem::path& file);

/// The commands so far as a script. Throws std::runtime_error.
void save_journal(const Session& session, const std::filesystem::path& file);

/// Runs of a state beside each other, under the cases' names.
[[nodiscard]] Comparison compare_cases(const State& state, const std::vector<const Result*>& results);

/// Writes a report of scenarios by the program `foramen` as a child process, for the state's face and language. Throws
/// std::runtime_error where it is not found or fails.
void save_report(const State& state, const std::filesystem::path& file);

/// Films the state by foramen-view as a child process without a screen. Throws std::runtime_error where that fails.
void save_video(const State& state, const std::filesystem::path& file);

/// What is shown, one "name value" a line, for scripts and tests: time, cases, highest root, loads of the lowest disc.
[[nodiscard]] std::string describe(const Session& session, const std::vector<const Frame*>& frames);

/// Key of the sentence that says why stored frames were not used, in data/texts; empty where they were.
[[nodiscard]] std::string why_solved_again(StoredFault fault);

/// A leg raise in one English sentence.
[[nodiscard]] std::string describe(const LegRaise& raise);

}  // namespace foramen::session
