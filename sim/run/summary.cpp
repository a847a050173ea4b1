#include "sim/run/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"

namespace foramen {

namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// A quantity over the frames that converged.
struct Curve {
  std::vector<double> times, values;
};

template <class Read>
Curve sample(const Result& result, Read read) {
  Curve curve;
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    curve.times.push_back(frame.time);
    curve.values.push_back(read(frame));
  }
  return curve;
}

std::size_t peak_index(const Curve& curve, Extreme extreme) {
  const auto rank = [extreme](double v) {
    return extreme == Extreme::Smallest ? -v : extreme == Extreme::LargestMagnitude ? std::abs(v) : v;
  };
  const auto peak =
      std::max_element(curve.values.begin(), curve.values.end(), [&](double a, double b) { return rank(a) < rank(b); });
  return static_cast<std::size_t>(peak - curve.values.begin());
}

double time_mean(const Curve& curve) {
  if (curve.values.size() == 1) return curve.values.front();
  double area = 0;
  for (std::size_t i = 1; i < curve.values.size(); ++i) {
    area += 0.5 * (curve.values[i] + curve.values[i - 1]) * (curve.times[i] - curve.times[i - 1]);
  }
  return area / (curve.times.back() - curve.times.front());
}

/// Appends peak, time of peak and mean; returns the index of the peak among the converged frames.
std::size_t add_statistics(Summary& summary, const std::string& path, const Curve& curve, Extreme extreme) {
  if (curve.values.empty()) {
    for (const char* part : {".peak", ".at_s", ".mean"}) summary.values.push_back({path + part, kNothing});
    return 0;
  }
  const std::size_t peak = peak_index(curve, extreme);
  summary.values.push_back({path + ".peak", curve.values[peak]});
  summary.values.push_back({path + ".at_s", curve.times[peak]});
  summary.values.push_back({path + ".mean", time_mean(curve)});
  return peak;
}

const Frame* converged_frame(const Result& result, std::size_t number) {
  for (const Frame& frame : result.frames) {
    if (frame.converged() && number-- == 0) return &frame;
  }
  return nullptr;
}

void add_levels(Summary& summary, const Result& result) {
  for (const Level level : kLevels) {
    for (const LevelQuantity& quantity : level_quantities()) {
      const Curve curve = sample(result, [&](const Frame& f) { return quantity.value(f, level); });
      add_statistics(summary, fmt::format("levels.{}.{}", name(level), quantity.name), curve, quantity.extreme);
    }
  }
}

void add_root(Summary& summary, const Result& result, Root root, Side side) {
  const std::string path = fmt::format("roots.{}.{}.", name(root), name(side));
  for (const RootQuantity& quantity : root_quantities()) {
    const Curve curve = sample(result, [&](const Frame& f) { return quantity.value(f, root, side); });
    const std::size_t peak = add_statistics(summary, path + std::string(quantity.name), curve, quantity.extreme);
    if (quantity.name != "pressure_mmHg") continue;
    for (const double threshold : kPressureThresholds_mmHg) {
      summary.values.push_back({fmt::format("{}above_{:.0f}_mmHg_s", path, threshold),
                                curve.values.empty() ? kNothing : time_above(curve.times, curve.values, threshold)});
    }
    const Frame* frame = converged_frame(result, peak);
    const auto& state = [&]() -> const RootState& {
      static const RootState none;
      return frame ? frame->nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))]
                   : none;
    }();
    summary.texts.push_back({path + "pressed_by", state.pressed_by.text()});
  }
}

/// The first complaint of each stage with its time, so that a run of a thousand frames says each thing once.
void add_warnings(Summary& summary, const Result& result) {
  summary.warnings = result.warnings;
  std::vector<std::string> kinds;
  for (const Frame& frame : result.frames) {
    const std::string complaint = frame.complaint();
    for (std::size_t start = 0; start < complaint.size();) {
      const std::size_t end = std::min(complaint.find('\n', start), complaint.size());
      const std::string line = complaint.substr(start, end - start);
      const std::string kind = line.substr(0, line.find(':'));
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        kinds.push_back(kind);
        summary.warnings.push_back(fmt::format("at {:.2f} s: {}", frame.time, line));
      }
      start = end + 1;
    }
  }
}

}  // namespace

double time_above(const std::vector<double>& times, const std::vector<double>& values, double threshold) {
  double total = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const double a = values[i - 1] - threshold, b = values[i] - threshold, step = times[i] - times[i - 1];
    if (a > 0 && b > 0) {
      total += step;
    } else if (a > 0 || b > 0) {
      total += step * std::max(a, b) / (std::abs(a) + std::abs(b));
    }
  }
  return total;
}

double Summary::at(std::string_view path) const {
  std::vector<std::string_view> paths;
  for (const Value& entry : values) {
    if (entry.path == path) return entry.value;
    paths.push_back(entry.path);
  }
  throw InputError(InputProblem{
      .key = std::string(path),
      .message = fmt::format("is not a quantity of the summary; the nearest is \"{}\"", nearest_name(paths, path))});
}

Summary summarise(const Result& result) {
  Summary summary;
  summary.frames = static_cast<int>(result.frames.size());
  summary.interrupted = result.interrupted;
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) ++summary.not_converged;
    if (!frame.spine.strength_suffices) ++summary.strength_exceeded;
  }
  add_levels(summary, result);
  for (const Root root : kRoots) {
    for (const Side side : kSides) add_root(summary, result, root, side);
  }
  for (const BodyQuantity& quantity : body_quantities()) {
    const Curve curve = sample(result, [&](const Frame& f) { return quantity.value(f); });
    add_statistics(summary, fmt::format("body.{}", quantity.name), curve, quantity.extreme);
  }
  add_warnings(summary, result);
  return summary;
}

std::vector<MissedExpectation> check_expectations(const Scenario& scenario, const Summary& summary) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  std::vector<MissedExpectation> missed;
  for (const Expectation& expectation : scenario.expect) {
    double lo = expectation.min.value_or(-kInfinity), hi = expectation.max.value_or(kInfinity);
    if (expectation.within) {
      const double margin = *expectation.within * std::abs(expectation.value);
      lo = std::max(lo, expectation.value - margin);
      hi = std::min(hi, expectation.value + margin);
    }
    const double value = summary.at(expectation.quantity);
    if (!(value >= lo && value <= hi)) missed.push_back({expectation.quantity, value, lo, hi});
  }
  return missed;
}

}  // namespace foramen
