#include "sim/assess/findings.h"

#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

/// Onsets slower than this count as slow; the animals' were 0.1 s and 15 to 20 s.
constexpr double kSlowOnset = 15;
/// The working day of the dose model [h].
constexpr double kShift = 8;

struct Series {
  std::vector<double> times, values;

  [[nodiscard]] std::size_t peak() const {
    return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
  }
};

template <class Read>
Series series_of(const Result& result, Read read) {
  Series series;
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    series.times.push_back(frame.time);
    series.values.push_back(read(frame));
  }
  return series;
}

/// Time from the last instant below a tenth of the peak to the peak; all of it where it never was below.
double rise_time(const Series& series) {
  const std::size_t peak = series.peak();
  std::size_t from = peak;
  while (from > 0 && series.values[from] > 0.1 * series.values[peak]) --from;
  return series.times[peak] - series.times[from];
}

/// Worst level of a quantity against a limit.
template <class Read>
LimitFinding worst(const Result& result, const Limit& limit, Read read) {
  LimitFinding finding{limit, Level::L5S1, 0};
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    for (const Level level : kLevels) {
      const double value = read(frame.spine.levels[static_cast<std::size_t>(index(level))]);
      if (value > finding.value) finding = {limit, level, value};
    }
  }
  return finding;
}

std::optional<RootFinding> root_finding(const Result& result, const LimitTables& limits, Root root, Side side) {
  const auto state = [&](const Frame& f) -> const RootState& {
    return f.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
  };
  const Series pressure = series_of(result, [&](const Frame& f) { return state(f).pressure; });
  const Series strain = series_of(result, [&](const Frame& f) { return state(f).strain; });
  if (pressure.values.empty()) return std::nullopt;
  RootFinding finding;
  finding.root = root;
  finding.side = side;
  finding.pressure = pressure.values[pressure.peak()];
  finding.strain = strain.values[strain.peak()];
  finding.at = pressure.times[pressure.peak()];
  finding.rise = rise_time(pressure);
  for (const Frame& frame : result.frames) {
    if (frame.converged() && frame.time == finding.at) finding.pressed_by = state(frame).pressed_by;
  }
  for (const RootEffect& effect : limits.root_effects()) {
    const bool by_pressure = effect.kind == RootEffect::Kind::Pressure;
    if ((by_pressure ? finding.pressure : finding.strain) < effect.threshold) continue;
    const Series& series = by_pressure ? pressure : strain;
    finding.effects.push_back({effect, time_above(series.times, series.values, effect.threshold),
                               finding.rise < kSlowOnset ? effect.rapid : effect.after});
  }
  if (finding.effects.empty()) return std::nullopt;
  return finding;
}

/// √(Σ F²·t / 8 h) · 8 h over a shift, of the compression at L5–S1 above the threshold.
std::optional<DoseFinding> shift_dose(const Result& result, const LimitTables& limits) {
  const auto& task = result.scenario.task;
  if (!task || result.frames.size() < 2) return std::nullopt;
  DoseFinding finding{0, limits.dose(result.scenario.subject.sex), 60 * task->hours * task->per_minute};
  double squares = 0;  // [N²·h] of one lift
  for (std::size_t i = 1; i < result.frames.size(); ++i) {
    const double force = result.frames[i].spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression;
    if (!result.frames[i].converged() || force < finding.limit.threshold) continue;
    squares += force * force * (result.frames[i].time - result.frames[i - 1].time) / 3600;
  }
  finding.dose = std::sqrt(finding.lifts * squares / kShift) * kShift;
  return finding;
}

}  // namespace

Findings find(const Result& result, const LimitTables& limits) {
  const Scenario& scenario = result.scenario;
  Findings findings;
  for (const Limit& limit : limits.compression(scenario.subject.sex, scenario.subject.age_years))
    findings.limits.push_back(worst(result, limit, [](const LevelState& l) { return l.compression; }));
  const double per_day = scenario.task ? 60 * scenario.task->hours * scenario.task->per_minute : 1;
  findings.limits.push_back(
      worst(result, limits.shear(per_day), [](const LevelState& l) { return std::abs(l.shear_anterior); }));
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      if (auto finding = root_finding(result, limits, root, side)) findings.roots.push_back(std::move(*finding));
    }
  }
  std::stable_sort(findings.roots.begin(), findings.roots.end(),
                   [](const RootFinding& a, const RootFinding& b) { return a.pressure > b.pressure; });
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    findings.strength_suffices = findings.strength_suffices && frame.spine.strength_suffices;
    for (std::size_t i = 0; i < frame.spine.activation.size(); ++i) {
      if (frame.spine.activation[i] <= findings.strength_used) continue;
      findings.strength_used = frame.spine.activation[i];
      findings.strongest_muscle = result.subject->muscles[i].name;
    }
  }
  findings.dose = shift_dose(result, limits);
  return findings;
}

}  // namespace foramen
