#pragma once

/// Peaks, times of peaks, means and times above thresholds of a run.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run/quantities.h"
#include "sim/run/simulate.h"

namespace foramen {

/// Contact pressures at which published effects on nerve roots begin (reference nerve/04: venules close, oedema,
/// conduction block) [mmHg].
inline constexpr std::array kPressureThresholds_mmHg{30.0, 50.0, 130.0};

struct Summary {
  struct Value {
    std::string path;  ///< "levels.L4-L5.compression_N.peak", "roots.L5.left.above_30_mmHg_s"
    double value = 0;  ///< in the path's unit; NaN when no frame has it
  };
  struct Text {
    std::string path;  ///< "roots.L5.left.pressed_by"
    std::string text;
  };

  std::vector<Value> values;
  std::vector<Text> texts;
  int frames = 0;
  int not_converged = 0;      ///< frames whose numbers are left out
  int strength_exceeded = 0;  ///< frames that need more than the subject's strength
  bool interrupted = false;
  std::vector<std::string> warnings;  ///< the first complaint of each kind, with its time

  /// Value at a dotted path. Throws InputError naming the nearest path.
  [[nodiscard]] double at(std::string_view path) const;
};

/// Peaks follow each quantity's Extreme; means weigh by time; thresholds are crossed linearly between frames. A single
/// frame gives peak = mean = value and no time above.
[[nodiscard]] Summary summarise(const Result& result);

/// Time that a piecewise linear curve spends above `threshold` [s].
[[nodiscard]] double time_above(const std::vector<double>& times, const std::vector<double>& values, double threshold);

/// One [expect] entry that is outside its interval.
struct MissedExpectation {
  std::string quantity;
  double value = 0, lo = 0, hi = 0;
};
/// Throws InputError for a quantity that does not exist.
[[nodiscard]] std::vector<MissedExpectation> check_expectations(const Scenario& scenario, const Summary& summary);

}  // namespace foramen
