#pragma once

/// Variance-based sensitivity indices: which factor an output's spread comes from.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/study/store.h"

namespace foramen {

/// An estimate with its 95 % interval from resampling.
struct Interval {
  double value = 0, lo = 0, hi = 0;
};

/// Of one output and factor. First order: the share of the output's variance that would vanish if the factor were
/// known; total: the share that would remain if all others were.
struct SobolIndex {
  std::size_t factor = 0;
  Interval first, total;
};

/// Outputs of one block of Saltelli's arrangement: f(A), f(B), then f(A with column i of B) for each factor.
using SaltelliBlock = std::vector<double>;

/// Indices of every factor: first order after Saltelli 2010 (Comput Phys Commun 181:259), total after Jansen 1999. Blocks
/// must have the same length, at least 3, and finite values; throws std::invalid_argument otherwise. No variance gives
/// indices of 0. Intervals from `resamples` bootstrap samples of the blocks, drawn from `seed`.
[[nodiscard]] std::vector<SobolIndex> sobol_indices(const std::vector<SaltelliBlock>& blocks, std::uint64_t seed,
                                                    int resamples = 400);

/// The indices of every kept quantity of a finished sensitivity study.
struct Sensitivity {
  std::vector<std::string> factors;
  struct Output {
    std::string quantity, unit;
    double mean = 0, sd = 0;
    std::vector<SobolIndex> indices;  ///< in the order of the factors; empty where the output does not vary
    std::size_t blocks = 0;           ///< that could be used
    std::size_t left_out = 0;         ///< with a run that gave no number
  };
  std::vector<Output> outputs;
};

/// Throws InputError for a store that is of no sensitivity study.
[[nodiscard]] Sensitivity sensitivity_of(const StudyStore& store);

/// sensitivity.json.
[[nodiscard]] std::string sensitivity_json(const Sensitivity& sensitivity);
/// A table for the screen.
[[nodiscard]] std::string sensitivity_text(const Sensitivity& sensitivity);

}  // namespace foramen
