#pragma once

/// The numbers of one instant beside what is published of healthy people.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/run/frame.h"

namespace foramen::session {

/// A published range: one end may be open.
struct HealthyRange {
  std::string quantity, level, unit, posture, source;
  std::optional<double> lo, hi;  ///< in `unit`
};

class HealthyRanges {
 public:
  /// Reads data/healthy_ranges.csv. Throws InputError for a broken table, a row without a source or without an end.
  explicit HealthyRanges(const std::filesystem::path& data);

  /// Of a quantity at a level; null where nothing is published.
  [[nodiscard]] const HealthyRange* find(std::string_view quantity, Level level) const;

 private:
  std::vector<HealthyRange> rows_;
};

/// One number with its range.
struct Measure {
  std::string quantity;  ///< name in the quantity table: "compression_N"
  std::string unit;
  std::string place;  ///< "L4-L5", "L5 left", or empty for the whole body
  double value = 0;   ///< NaN where the instant did not converge
  const HealthyRange* range = nullptr;
  bool basic = false;  ///< for everybody who works with numbers; the rest for research

  /// −1 below the range, 1 above, 0 within, without a range, or with one of a certain posture only.
  [[nodiscard]] int side() const;
};

/// Of the disc and spaces of a level, of the roots that pass and leave there, and of the body.
[[nodiscard]] std::vector<Measure> measures(const Frame& frame, Level level, const HealthyRanges& ranges);

/// A number with the digits its unit deserves.
[[nodiscard]] std::string measure_number(double value, std::string_view unit);
/// "20 – 23", "≥ 12".
[[nodiscard]] std::string range_text(const HealthyRange& range);

}  // namespace foramen::session
