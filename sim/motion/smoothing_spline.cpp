#include "sim/motion/smoothing_spline.h"

#include <fmt/format.h>

#include <Eigen/SparseCholesky>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace foramen {

namespace {

using Sparse = Eigen::SparseMatrix<double>;
using Values = Eigen::VectorXd;

/// Green and Silverman (1994): second differences Q (n × n−2) and the Gram matrix R of the second derivatives.
std::pair<Sparse, Sparse> spline_matrices(const std::vector<double>& t) {
  const auto n = static_cast<Eigen::Index>(t.size());
  std::vector<Eigen::Triplet<double>> q, r;
  const auto step = [&](Eigen::Index i) { return t[static_cast<std::size_t>(i + 1)] - t[static_cast<std::size_t>(i)]; };
  for (Eigen::Index j = 0; j + 2 < n; ++j) {
    const double a = step(j), b = step(j + 1);
    q.emplace_back(j, j, 1 / a);
    q.emplace_back(j + 1, j, -1 / a - 1 / b);
    q.emplace_back(j + 2, j, 1 / b);
    r.emplace_back(j, j, (a + b) / 3);
    if (j + 3 < n) {
      r.emplace_back(j, j + 1, b / 6);
      r.emplace_back(j + 1, j, b / 6);
    }
  }
  Sparse Q(n, n - 2), R(n - 2, n - 2);
  Q.setFromTriplets(q.begin(), q.end());
  R.setFromTriplets(r.begin(), r.end());
  return {Q, R};
}

/// Second derivatives at the inner samples for one weight of curvature.
Values bends_of(const Sparse& Q, const Sparse& R, const Values& y, double weight) {
  const Sparse A = R + weight * Sparse(Q.transpose() * Q);
  const Eigen::SimplicialLDLT<Sparse> solver(A);
  return solver.solve(Q.transpose() * y);
}

}  // namespace

SmoothingSpline::SmoothingSpline(std::vector<double> times, const std::vector<double>& values, double noise)
    : times_(std::move(times)), values_(values), bends_(times_.size(), 0.0) {
  if (times_.size() < 2 || times_.size() != values_.size()) {
    throw std::invalid_argument(fmt::format("spline: {} times for {} values", times_.size(), values_.size()));
  }
  for (std::size_t i = 0; i < times_.size(); ++i) {
    if (!std::isfinite(times_[i]) || !std::isfinite(values_[i]) || (i > 0 && times_[i] <= times_[i - 1])) {
      throw std::invalid_argument(
          fmt::format("spline: sample {} at {} with {} does not follow on", i, times_[i], values_[i]));
    }
  }
  if (times_.size() < 3) return;
  const auto [Q, R] = spline_matrices(times_);
  const Values y = Eigen::Map<const Values>(values.data(), static_cast<Eigen::Index>(values.size()));
  const auto departure = [&, &Qm = Q, &Rm = R](double weight) {
    return (weight * (Qm * bends_of(Qm, Rm, y, weight))).norm() / std::sqrt(static_cast<double>(y.size()));
  };
  double weight = 0;
  if (noise > 0) {
    // The departure grows with the weight of curvature: bisection on its logarithm.
    double low = -30, high = 10;
    constexpr int kHalvings = 50;
    for (int i = 0; i < kHalvings; ++i) {
      const double middle = 0.5 * (low + high);
      (departure(std::pow(10.0, middle)) < noise ? low : high) = middle;
    }
    weight = std::pow(10.0, low);
  }
  const Values bends = bends_of(Q, R, y, weight), smooth = y - weight * (Q * bends);
  for (Eigen::Index i = 0; i < y.size(); ++i) values_[static_cast<std::size_t>(i)] = smooth[i];
  for (Eigen::Index i = 0; i < bends.size(); ++i) bends_[static_cast<std::size_t>(i + 1)] = bends[i];
}

Jet SmoothingSpline::at(double time) const {
  if (time < times_.front()) return {values_.front()};
  if (time > times_.back()) return {values_.back()};
  const auto next = std::upper_bound(times_.begin() + 1, times_.end() - 1, time);
  const auto i = static_cast<std::size_t>(next - times_.begin()) - 1;
  const double h = times_[i + 1] - times_[i], a = (times_[i + 1] - time) / h, b = 1 - a;
  const double f0 = values_[i], f1 = values_[i + 1], m0 = bends_[i], m1 = bends_[i + 1];
  const double f = a * f0 + b * f1 + ((a * a * a - a) * m0 + (b * b * b - b) * m1) * h * h / 6;
  const double df = (f1 - f0) / h + (-(3 * a * a - 1) * m0 + (3 * b * b - 1) * m1) * h / 6;
  return {f, df, a * m0 + b * m1};
}

}  // namespace foramen
