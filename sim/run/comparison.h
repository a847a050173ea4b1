#pragma once

/// Several runs beside each other: one row per measure, one column per run. The numbers are the single runs' own.

#include <string>
#include <vector>

#include "sim/run/summary.h"

namespace foramen {

struct Comparison {
  struct Row {
    std::string path;   ///< summary path: "levels.L5-S1.compression_N.peak"
    std::string label;  ///< "L5-S1 compression, peak"
    std::string unit;
    std::vector<double> values;  ///< one per run
  };
  std::vector<std::string> names;  ///< of the runs
  std::vector<Row> rows;
};

/// Compares the measures a therapist looks at: per level the peaks of compression, anterior shear and disc pressure;
/// per root and side the peaks of pressure and tension and the time above 30 mmHg.
[[nodiscard]] Comparison compare(const std::vector<std::string>& names, const std::vector<Summary>& summaries);

/// A table for a terminal: the measures where any run differs from nothing, the difference of the last run to the
/// first.
[[nodiscard]] std::string comparison_text(const Comparison& comparison);
[[nodiscard]] std::string comparison_csv(const Comparison& comparison);
[[nodiscard]] std::string comparison_json(const Comparison& comparison);
/// One self-contained page with the table; every name is escaped.
[[nodiscard]] std::string comparison_html(const Comparison& comparison);

}  // namespace foramen
