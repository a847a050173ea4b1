#pragma once

/// The spread of a run's numbers over an ensemble of model parameters.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/run/frame.h"

namespace foramen {

/// Median and the 5 % and 95 % quantiles; NaN where no member has the number.
struct Band {
  double p05 = 0, p50 = 0, p95 = 0;
};

/// Names of the three columns a band makes: "compression_N_p05" …
inline constexpr const char* kBandSuffixes[] = {"_p05", "_p50", "_p95"};

struct Bands {
  int members = 0;
  int without_numbers = 0;  ///< members in which some frame did not converge
  std::uint64_t seed = 0;
  std::vector<std::vector<Band>> frames;  ///< [frame], in the order of frame_values
  std::vector<Band> summary;              ///< in the order of Summary::values
};

/// Every reported quantity of a frame: by level and quantity, then by root, side and quantity, then of the body; NaN
/// where the frame did not converge.
[[nodiscard]] std::vector<double> frame_values(const Frame& frame);

/// Place of the first value of a level, of a root's side, and of the body in frame_values.
[[nodiscard]] std::size_t level_place(Level level);
[[nodiscard]] std::size_t root_place(Root root, Side side);
[[nodiscard]] std::size_t body_place();

/// Band of some values; those that are not finite do not count.
[[nodiscard]] Band band_of(std::vector<double> values);

}  // namespace foramen
