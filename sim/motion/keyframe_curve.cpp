#include "sim/motion/keyframe_curve.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace foramen {

namespace {

constexpr double kLeastPart = 0.2;  ///< of the curve of least jerk, before it is given up

}  // namespace

Jet smooth_step(const Jet& s) {
  if (s.value <= 0) return {0};
  if (s.value >= 1) return {1};
  const double x = s.value;
  return chain(s, x * x * x * (10 + x * (-15 + 6 * x)), 30 * x * x * (1 - x) * (1 - x), 60 * x * (1 - x) * (1 - 2 * x));
}

namespace {

/// Derivatives of a quintic piece by s = (t − t0)/T, from values and the first two derivatives at its ends, all by s.
struct Piece {
  double rise, v0, v1, a0, a1;

  [[nodiscard]] double value(double s) const {
    const double s2 = s * s, s3 = s2 * s, s4 = s3 * s, s5 = s4 * s;
    return rise * (10 * s3 - 15 * s4 + 6 * s5) + v0 * (s - 6 * s3 + 8 * s4 - 3 * s5) +
           v1 * (-4 * s3 + 7 * s4 - 3 * s5) + 0.5 * a0 * (s2 - 3 * s3 + 3 * s4 - s5) + 0.5 * a1 * (s3 - 2 * s4 + s5);
  }
  [[nodiscard]] double rate(double s) const {
    const double s2 = s * s, s3 = s2 * s, s4 = s3 * s;
    return rise * 30 * s2 * (1 - s) * (1 - s) + v0 * (1 - 18 * s2 + 32 * s3 - 15 * s4) +
           v1 * (-12 * s2 + 28 * s3 - 15 * s4) + 0.5 * a0 * (2 * s - 9 * s2 + 12 * s3 - 5 * s4) +
           0.5 * a1 * (3 * s2 - 8 * s3 + 5 * s4);
  }
  [[nodiscard]] double acceleration(double s) const {
    const double s2 = s * s, s3 = s2 * s;
    return rise * 60 * s * (1 - s) * (1 - 2 * s) + v0 * (-36 * s + 96 * s2 - 60 * s3) +
           v1 * (-24 * s + 84 * s2 - 60 * s3) + 0.5 * a0 * (2 - 18 * s + 36 * s2 - 20 * s3) +
           0.5 * a1 * (6 * s - 24 * s2 + 20 * s3);
  }
  /// Does it keep to the direction of its rise?
  [[nodiscard]] bool monotone() const {
    constexpr int kLooks = 24;
    for (int i = 1; i < kLooks; ++i) {
      if (rate(static_cast<double>(i) / kLooks) * rise < 0) return false;
    }
    return true;
  }
};

}  // namespace

/// Velocities and accelerations of least jerk at the keyframes between two stops: the third and
/// fourth derivative pass through them too. Where that swings beyond the keyframes, part of it or all
/// gives way to the harmonic mean of the neighbouring slopes without acceleration, which never does (Fritsch and
/// Butland 1984).
void KeyframeCurve::pass_between(std::size_t first, std::size_t last) {
  const std::size_t n = last - first - 1;
  const Eigen::VectorXd least = least_jerk(first, last);
  const std::vector<double> tame = velocities_;
  std::vector<double> part(n + 2, 1.0);
  for (bool monotone = false; !monotone;) {
    for (std::size_t i = 1; i <= n; ++i) {
      const auto row = 2 * static_cast<Eigen::Index>(i - 1);
      velocities_[first + i] = tame[first + i] + part[i] * (least[row] - tame[first + i]);
      accelerations_[first + i] = part[i] * least[row + 1];
    }
    monotone = true;
    for (std::size_t i = 0; i <= n; ++i) {
      const std::size_t k = first + i;
      const double T = times_[k + 1] - times_[k];
      const Piece piece{values_[k + 1] - values_[k], velocities_[k] * T, velocities_[k + 1] * T,
                        accelerations_[k] * T * T, accelerations_[k + 1] * T * T};
      if (piece.monotone() || flows_[k] || flows_[k + 1] || part[i] + part[i + 1] == 0) continue;
      monotone = false;
      for (double* end : {&part[i], &part[i + 1]}) *end = *end > kLeastPart ? 0.5 * *end : 0;
    }
  }
}

/// Velocity and acceleration at each keyframe between two stops, in turn.
Eigen::VectorXd KeyframeCurve::least_jerk(std::size_t first, std::size_t last) const {
  const auto n = static_cast<Eigen::Index>(last - first - 1);
  Eigen::MatrixXd M = Eigen::MatrixXd::Zero(2 * n, 2 * n);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(2 * n);
  const auto put = [&](Eigen::Index row, std::size_t knot, double v, double a) {
    if (knot == first || knot == last) return;  // at rest
    const auto column = 2 * static_cast<Eigen::Index>(knot - first - 1);
    M(row, column) += v;
    M(row, column + 1) += a;
  };
  for (std::size_t k = first + 1; k < last; ++k) {
    const double T = times_[k] - times_[k - 1], U = times_[k + 1] - times_[k];
    const double rise = values_[k] - values_[k - 1], next = values_[k + 1] - values_[k];
    const auto jerk = 2 * static_cast<Eigen::Index>(k - first - 1), snap = jerk + 1;
    // Third derivative of a piece by s: at its end 60·rise − 24·v0 − 36·v1 − 3·a0 + 9·a1, at its start
    // 60·rise − 36·v0 − 24·v1 − 9·a0 + 3·a1.
    put(jerk, k - 1, -24 / (T * T), -3 / T);
    put(jerk, k, 36 / (U * U) - 36 / (T * T), 9 / T + 9 / U);
    put(jerk, k + 1, 24 / (U * U), -3 / U);
    right[jerk] = 60 * next / (U * U * U) - 60 * rise / (T * T * T);
    // Fourth: at its end 360·rise − 168·v0 − 192·v1 − 24·a0 + 36·a1, at its start
    // −360·rise + 192·v0 + 168·v1 + 36·a0 − 24·a1.
    put(snap, k - 1, -168 / (T * T * T), -24 / (T * T));
    put(snap, k, -192 / (T * T * T) - 192 / (U * U * U), 36 / (T * T) - 36 / (U * U));
    put(snap, k + 1, -168 / (U * U * U), 24 / (U * U));
    right[snap] = -360 * next / (U * U * U * U) - 360 * rise / (T * T * T * T);
  }
  return M.partialPivLu().solve(right);
}

KeyframeCurve::KeyframeCurve(std::vector<double> times, std::vector<double> values, std::vector<bool> flows)
    : times_(std::move(times)),
      values_(std::move(values)),
      flows_(std::move(flows)),
      velocities_(times_.size(), 0.0),
      accelerations_(times_.size(), 0.0) {
  if (flows_.empty()) flows_.resize(times_.size(), false);
  if (times_.empty() || times_.size() != values_.size() || times_.size() != flows_.size()) {
    throw std::invalid_argument(fmt::format("keyframe curve: {} times for {} values", times_.size(), values_.size()));
  }
  for (std::size_t i = 0; i < times_.size(); ++i) {
    if (!std::isfinite(times_[i]) || !std::isfinite(values_[i]) || (i > 0 && times_[i] <= times_[i - 1])) {
      throw std::invalid_argument(
          fmt::format("keyframe curve: knot {} at time {} with value {} does not follow on", i, times_[i], values_[i]));
    }
  }
  std::size_t stop = 0;
  for (std::size_t i = 1; i < times_.size(); ++i) {
    if (i + 1 < times_.size()) {
      const double before = (values_[i] - values_[i - 1]) / (times_[i] - times_[i - 1]);
      const double after = (values_[i + 1] - values_[i]) / (times_[i + 1] - times_[i]);
      if (before * after > 0) velocities_[i] = 2 * before * after / (before + after);
      if (before * after > 0 || flows_[i]) continue;
    }
    if (i > stop + 1) pass_between(stop, i);
    stop = i;
  }
}

Jet KeyframeCurve::at(double time) const {
  if (times_.size() == 1 || time <= times_.front()) return {values_.front()};
  if (time >= times_.back()) return {values_.back()};
  const auto next = std::upper_bound(times_.begin(), times_.end(), time);
  const std::size_t i = static_cast<std::size_t>(next - times_.begin()) - 1;
  const double T = times_[i + 1] - times_[i], s = (time - times_[i]) / T;
  const Piece piece{values_[i + 1] - values_[i], velocities_[i] * T, velocities_[i + 1] * T, accelerations_[i] * T * T,
                    accelerations_[i + 1] * T * T};
  return {values_[i] + piece.value(s), piece.rate(s) / T, piece.acceleration(s) / (T * T)};
}

KeyframeCurve KeyframeCurve::with(double time, double value) const {
  constexpr double kSameTime = 1e-9;  // [s]
  std::vector<double> times = times_, values = values_;
  std::vector<bool> flows = flows_;
  const auto place = std::lower_bound(times.begin(), times.end(), time - kSameTime);
  const auto i = place - times.begin();
  if (place != times.end() && *place <= time + kSameTime) {
    values[static_cast<std::size_t>(i)] = value;
  } else {
    times.insert(place, time);
    values.insert(values.begin() + i, value);
    flows.insert(flows.begin() + i, false);
  }
  return {std::move(times), std::move(values), std::move(flows)};
}

}  // namespace foramen
