#pragma once

/// How far the numbers of a run may be off because the model's parameters are only bounded by measurements.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/run/bands.h"
#include "sim/run/simulate.h"
#include "sim/run/summary.h"
#include "sim/scenario/study.h"

namespace foramen {

/// A quantity of the model and how it is spread: a factor on the scenario's own value.
struct Uncertainty {
  std::string key;  ///< scenario key of a number
  Distribution factor;
  std::string source;
};

/// Reads data/uncertainty.csv. Throws InputError.
[[nodiscard]] std::vector<Uncertainty> read_uncertainties(const std::filesystem::path& file);

/// Scenario of one member (from 0) of `members`: the factors on a Latin hypercube drawn from `seed`.
[[nodiscard]] Scenario ensemble_member(const Scenario& scenario, const std::vector<Uncertainty>& uncertainties,
                                       int member, int members, std::uint64_t seed);

/// Summaries of `members` variations of a scenario, at `rate_hz` frames per second: member k of two scenarios has the
/// same parameters, so that their differences can be paired.
[[nodiscard]] std::vector<Summary> ensemble_summaries(const Scenario& scenario,
                                                      const std::vector<Uncertainty>& uncertainties, int members,
                                                      std::uint64_t seed, double rate_hz, const RunOptions& options);

/// Solves `members` variations of the scenario behind `result` and gives the spread of every quantity of every frame.
/// Needs memory for members × frames × 200 numbers. The same seed gives the same bands on any number of threads.
/// `options.progress` counts members; when cancelled, the bands are those of the members that were finished.
[[nodiscard]] Bands run_ensemble(const Result& result, const std::vector<Uncertainty>& uncertainties, int members,
                                 std::uint64_t seed, const RunOptions& options);

}  // namespace foramen
