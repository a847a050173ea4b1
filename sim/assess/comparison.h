#pragma once

/// Several runs beside each other: one row per measure, one column per run. The numbers are the single runs' own; the
/// order of the runs changes nothing but the order of the columns.

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
    /// 1 for the least; runs share a rank where their difference could as well be nothing. 0 where there is no number.
    std::vector<int> ranks;

    /// No run is certainly better than another.
    [[nodiscard]] bool equal() const;
    /// By how much each run's value is larger than the smallest, signed measures by their size; NaN where there is
    /// none.
    [[nodiscard]] std::vector<double> more_than_least() const;
  };
  std::vector<std::string> names;  ///< of the runs
  std::vector<Row> rows;
  int members = 0;  ///< of the ensemble behind the ranks; 0: differences count as they are
};

/// Compares the measures a therapist looks at, less being better: per level peak and mean of compression, peaks of
/// anterior shear and disc pressure; per root and side peak and mean of pressure, peak of tension, and the times above
/// 30, 50 and 130 mmHg.
///
/// `members`: per run, the summaries of an ensemble whose member k has the same parameters in every run. A run is
/// better than another when it is so in at least 95 % of the members; without an ensemble, when its number is. Throws
/// std::invalid_argument when names, summaries and ensembles do not fit together.
[[nodiscard]] Comparison compare(const std::vector<std::string>& names, const std::vector<Summary>& summaries,
                                 const std::vector<std::vector<Summary>>& members = {});

/// A table for a terminal: the measures in which any run differs from nothing, and which run has the least.
[[nodiscard]] std::string comparison_text(const Comparison& comparison);
[[nodiscard]] std::string comparison_csv(const Comparison& comparison);
[[nodiscard]] std::string comparison_json(const Comparison& comparison, const std::vector<std::string>& reasons = {});

/// Digits that suit the size of a measure, without pretending precision; a dash where there is no number.
[[nodiscard]] std::string measure_text(double value, std::string_view unit);
/// The largest difference of a row with its share of the largest value: "389 (18 %)".
[[nodiscard]] std::string difference_text(const Comparison::Row& row, const std::string& decimal_sign = ".");
/// "equal", or the names of the runs of rank 1.
[[nodiscard]] std::string least_text(const Comparison& comparison, const Comparison::Row& row);

}  // namespace foramen
