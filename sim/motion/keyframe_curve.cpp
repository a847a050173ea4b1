#include "sim/motion/keyframe_curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace foramen {

Jet smooth_step(const Jet& s) {
  if (s.value <= 0) return {0};
  if (s.value >= 1) return {1};
  const double x = s.value;
  return chain(s, x * x * x * (10 + x * (-15 + 6 * x)), 30 * x * x * (1 - x) * (1 - x), 60 * x * (1 - x) * (1 - 2 * x));
}

KeyframeCurve::KeyframeCurve(std::vector<double> times, std::vector<double> values)
    : times_(std::move(times)), values_(std::move(values)), velocities_(times_.size(), 0.0) {
  if (times_.empty() || times_.size() != values_.size()) {
    throw std::invalid_argument(fmt::format("keyframe curve: {} times for {} values", times_.size(), values_.size()));
  }
  for (std::size_t i = 0; i < times_.size(); ++i) {
    if (!std::isfinite(times_[i]) || !std::isfinite(values_[i]) || (i > 0 && times_[i] <= times_[i - 1])) {
      throw std::invalid_argument(
          fmt::format("keyframe curve: knot {} at time {} with value {} does not follow on", i, times_[i], values_[i]));
    }
  }
  for (std::size_t i = 1; i + 1 < times_.size(); ++i) {
    const double before = (values_[i] - values_[i - 1]) / (times_[i] - times_[i - 1]);
    const double after = (values_[i + 1] - values_[i]) / (times_[i + 1] - times_[i]);
    if (before * after > 0) velocities_[i] = 2 * before * after / (before + after);
  }
}

Jet KeyframeCurve::at(double time) const {
  if (times_.size() == 1 || time <= times_.front()) return {values_.front()};
  if (time >= times_.back()) return {values_.back()};
  const auto next = std::upper_bound(times_.begin(), times_.end(), time);
  const std::size_t i = static_cast<std::size_t>(next - times_.begin()) - 1;
  const double T = times_[i + 1] - times_[i];
  const double s = (time - times_[i]) / T, s2 = s * s, s3 = s2 * s, s4 = s3 * s, s5 = s4 * s;
  // Quintic Hermite basis with zero second derivative at both ends: value at the end, velocity at the start and the
  // end.
  const double rise = values_[i + 1] - values_[i], v0 = velocities_[i] * T, v1 = velocities_[i + 1] * T;
  const double f =
      rise * (10 * s3 - 15 * s4 + 6 * s5) + v0 * (s - 6 * s3 + 8 * s4 - 3 * s5) + v1 * (-4 * s3 + 7 * s4 - 3 * s5);
  const double df =
      rise * 30 * s2 * (1 - s) * (1 - s) + v0 * (1 - 18 * s2 + 32 * s3 - 15 * s4) + v1 * (-12 * s2 + 28 * s3 - 15 * s4);
  const double ddf =
      rise * 60 * s * (1 - s) * (1 - 2 * s) + v0 * (-36 * s + 96 * s2 - 60 * s3) + v1 * (-24 * s + 84 * s2 - 60 * s3);
  return {values_[i] + f, df / T, ddf / (T * T)};
}

KeyframeCurve KeyframeCurve::with(double time, double value) const {
  constexpr double kSameTime = 1e-9;  // [s]
  std::vector<double> times = times_, values = values_;
  const auto place = std::lower_bound(times.begin(), times.end(), time - kSameTime);
  const auto i = place - times.begin();
  if (place != times.end() && *place <= time + kSameTime) {
    values[static_cast<std::size_t>(i)] = value;
  } else {
    times.insert(place, time);
    values.insert(values.begin() + i, value);
  }
  return {std::move(times), std::move(values)};
}

}  // namespace foramen
