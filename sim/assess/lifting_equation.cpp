#include "sim/assess/lifting_equation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/base/csv.h"

namespace foramen {

namespace {

/// Constants of the equation in one system of units, written here in SI.
struct Constants {
  double load;                       ///< weight of the ideal lift [kg]
  double near, far;                  ///< horizontal: full multiplier up to, none beyond [m]
  double knuckle;                    ///< best height of the hands, and border of the tables [m]
  double highest;                    ///< [m]
  double per_height;                 ///< multiplier lost per distance from the best height [1/m]
  double short_travel, long_travel;  ///< [m]
  double travel;                     ///< of DM = 0.82 + travel / D [m]
};
constexpr Constants kMetric{23, 0.25, 0.63, 0.75, 1.75, 0.3, 0.25, 1.75, 0.045};
constexpr Constants kUsCustomary{51 * kPound,    10 * kInch, 25 * kInch, 30 * kInch, 70 * kInch,
                                 0.0075 / kInch, 10 * kInch, 70 * kInch, 1.8 * kInch};
constexpr double kMostAsymmetry = 135 * units::deg;
constexpr double kRarest = 0.2, kMostFrequent = 15;  ///< lifts per minute
constexpr double kLongest = 8;                       ///< [h]
/// A length that was converted from inches may miss a border by rounding.
constexpr double kRounding = 1e-9;

const Constants& constants(LiftingSystem system) {
  return system == LiftingSystem::Metric ? kMetric : kUsCustomary;
}
double horizontal_multiplier(double h, const Constants& c) {
  if (h > c.far + kRounding) return 0;
  return h <= c.near ? 1 : c.near / h;
}
double vertical_multiplier(double v, const Constants& c) {
  return v > c.highest + kRounding ? 0 : 1 - c.per_height * std::abs(v - c.knuckle);
}
double distance_multiplier(double d, const Constants& c) {
  if (d > c.long_travel + kRounding) return 0;
  return d <= c.short_travel ? 1 : 0.82 + c.travel / d;
}
double asymmetry_multiplier(double a) {
  return a > kMostAsymmetry + kRounding ? 0 : 1 - 0.0032 * a / units::deg;
}

void check(const LiftingTask& t) {
  for (const double v : {t.horizontal, t.vertical, t.travel, t.asymmetry, t.per_minute, t.hours, t.load}) {
    if (!(std::isfinite(v) && v >= 0)) {
      throw std::invalid_argument(fmt::format(
          "lifting task: H {} m, V {} m, D {} m, A {} rad, {} per minute, {} h, {} kg: none may be negative",
          t.horizontal, t.vertical, t.travel, t.asymmetry, t.per_minute, t.hours, t.load));
    }
  }
  if (t.hours > kLongest) throw std::invalid_argument(fmt::format("lifting task of {} h: at most 8", t.hours));
}

}  // namespace

LiftingEquation::LiftingEquation(const std::filesystem::path& data) {
  const CsvTable frequency(data / "limits" / "lifting_frequency.csv"),
      coupling(data / "limits" / "lifting_coupling.csv");
  for (std::size_t i = 0; i < frequency.rows(); ++i) {
    const auto number = [&](const char* column) { return frequency.number(i, frequency.column(column)); };
    frequency_.push_back({number("per_min"), number("hours_at_most"), number("below_75_cm"), number("from_75_cm")});
  }
  for (std::size_t i = 0; i < coupling.rows(); ++i) {
    coupling_.push_back({coupling.text(i, coupling.column("coupling")),
                         coupling.number(i, coupling.column("below_75_cm")),
                         coupling.number(i, coupling.column("from_75_cm"))});
  }
}

double LiftingEquation::frequency_multiplier(double per_minute, double hours, double vertical,
                                             LiftingSystem system) const {
  if (per_minute > kMostFrequent) return 0;
  const double f = std::max(per_minute, kRarest);
  const double row_hours = hours <= 1 ? 1 : hours <= 2 ? 2 : kLongest;
  const FrequencyRow* below = nullptr;
  for (const FrequencyRow& row : frequency_) {  // rows by rising frequency
    if (row.hours != row_hours) continue;
    const bool low = vertical < constants(system).knuckle - kRounding;
    const auto value = [&](const FrequencyRow& r) { return low ? r.low : r.high; };
    if (row.per_minute >= f) {
      if (!below || row.per_minute == f) return value(row);
      const double part = (f - below->per_minute) / (row.per_minute - below->per_minute);
      return (1 - part) * value(*below) + part * value(row);
    }
    below = &row;
  }
  return 0;
}

LiftingIndex LiftingEquation::evaluate(const LiftingTask& task) const {
  check(task);
  const auto coupling = std::find_if(coupling_.begin(), coupling_.end(),
                                     [&](const CouplingRow& row) { return row.name == task.coupling; });
  if (coupling == coupling_.end())
    throw std::invalid_argument(fmt::format("coupling \"{}\": must be good, fair or poor", task.coupling));
  LiftingIndex result;
  const Constants& c = constants(task.system);
  result.hm = horizontal_multiplier(task.horizontal, c);
  result.vm = vertical_multiplier(task.vertical, c);
  result.dm = distance_multiplier(task.travel, c);
  result.am = asymmetry_multiplier(task.asymmetry);
  result.fm = frequency_multiplier(task.per_minute, task.hours, task.vertical, task.system);
  result.cm = task.vertical < c.knuckle - kRounding ? coupling->low : coupling->high;
  result.recommended_weight = c.load * result.hm * result.vm * result.dm * result.am * result.fm * result.cm;
  result.index =
      result.recommended_weight > 0 ? task.load / result.recommended_weight : std::numeric_limits<double>::infinity();
  return result;
}

double LiftingEquation::composite_index(std::vector<LiftingTask> tasks) const {
  if (tasks.empty()) return 0;
  // By falling single-task index; a frequency-independent index is that of FM = 1.
  std::stable_sort(tasks.begin(), tasks.end(),
                   [&](const LiftingTask& a, const LiftingTask& b) { return evaluate(a).index > evaluate(b).index; });
  double index = evaluate(tasks.front()).index, frequency = tasks.front().per_minute;
  for (std::size_t i = 1; i < tasks.size(); ++i) {
    LiftingTask rested = tasks[i];
    const double fm = evaluate(rested).fm;
    const double independent = fm > 0 ? evaluate(rested).index * fm : std::numeric_limits<double>::infinity();
    const double before = frequency_multiplier(frequency, rested.hours, rested.vertical, rested.system);
    frequency += rested.per_minute;
    const double after = frequency_multiplier(frequency, rested.hours, rested.vertical, rested.system);
    if (!(after > 0)) return std::numeric_limits<double>::infinity();
    index += independent * (1 / after - 1 / before);
  }
  return index;
}

}  // namespace foramen
