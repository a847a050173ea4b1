#include "viz/session/measures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/base/csv.h"
#include "sim/run/quantities.h"

namespace foramen::session {
namespace {

/// What a therapist looks at first.
constexpr std::array<std::string_view, 13> kBasic{
    "compression_N",         "shear_anterior_N",       "pressure_MPa",          "canal_ap_mm",
    "recess_depth_left_mm",  "recess_depth_right_mm",  "foramen_area_left_mm2", "foramen_area_right_mm2",
    "foramen_width_left_mm", "foramen_width_right_mm", "pressure_mmHg",         "tension_N",
    "hand_load_kg"};

bool is_basic(std::string_view name) {
  return std::find(kBasic.begin(), kBasic.end(), name) != kBasic.end();
}

}  // namespace

HealthyRanges::HealthyRanges(const std::filesystem::path& data) {
  const CsvTable table(data / "healthy_ranges.csv");
  const auto column = [&](const char* name) { return table.column(name); };
  const std::size_t lo = column("lo"), hi = column("hi"), source = column("source");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    HealthyRange range;
    range.quantity = table.text(row, column("quantity"));
    range.level = table.text(row, column("level"));
    range.unit = table.text(row, column("unit"));
    range.posture = table.text(row, column("posture"));
    range.source = table.text(row, source);
    if (!table.empty(row, lo)) range.lo = table.number(row, lo);
    if (!table.empty(row, hi)) range.hi = table.number(row, hi);
    if (range.source.empty()) table.fail(row, source, "is missing");
    if (!range.lo && !range.hi) table.fail(row, lo, "needs a lower or an upper end");
    rows_.push_back(std::move(range));
  }
}

const HealthyRange* HealthyRanges::find(std::string_view quantity, Level level) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const HealthyRange& row) {
    return row.quantity == quantity && (row.level == "any" || row.level == name(level));
  });
  return found == rows_.end() ? nullptr : &*found;
}

int Measure::side() const {
  // A range of one posture says nothing about another.
  if (range == nullptr || range->posture != "any" || !std::isfinite(value)) return 0;
  if (range->lo && value < *range->lo) return -1;
  if (range->hi && value > *range->hi) return 1;
  return 0;
}

std::vector<Measure> measures(const Frame& frame, Level level, const HealthyRanges& ranges) {
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const bool there = frame.converged();
  std::vector<Measure> found;
  const auto add = [&](const Quantity& quantity, std::string place, double value, const HealthyRange* range) {
    found.push_back({std::string(quantity.name), std::string(quantity.unit), std::move(place), there ? value : kNone,
                     range, is_basic(quantity.name)});
  };
  for (const LevelQuantity& quantity : level_quantities()) {
    add(quantity, std::string(name(level)), quantity.value(frame, level), ranges.find(quantity.name, level));
  }
  for (const Root root : {traversing_root(level), exiting_root(level)}) {
    for (const Side side : kSides) {
      for (const RootQuantity& quantity : root_quantities()) {
        add(quantity, fmt::format("{} {}", name(root), name(side)), quantity.value(frame, root, side), nullptr);
      }
    }
  }
  for (const BodyQuantity& quantity : body_quantities()) add(quantity, "", quantity.value(frame), nullptr);
  return found;
}

std::string measure_number(double value, std::string_view unit) {
  if (!std::isfinite(value)) return "–";
  const bool fine = unit == "MPa" || unit == "s" || unit == "m";
  const bool middling = unit == "mm" || unit == "%" || (unit == "N" && std::abs(value) < 50) || unit == "kg";
  const std::string number = fine       ? fmt::format("{:.2f}", value)
                             : middling ? fmt::format("{:.1f}", value)
                                        : fmt::format("{:.0f}", value);
  return number == "-0" || number == "-0.0" || number == "-0.00" ? number.substr(1) : number;
}

std::string range_text(const HealthyRange& range) {
  if (range.lo && range.hi) return fmt::format("{:g} – {:g}", *range.lo, *range.hi);
  return range.lo ? fmt::format("≥ {:g}", *range.lo) : fmt::format("≤ {:g}", *range.hi);
}

}  // namespace foramen::session
