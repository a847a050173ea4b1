#include "sim/motion/reach_search.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

/// Spreads of the hands' places, stage by stage [m]: they draw gently first, so that the search follows the preferences
/// round the bends of the valley that they cut. A place missed by more than kOutOfReach in the last stage but one
/// cannot be reached; the search ends there.
constexpr std::array<double, 4> kHandSpreads{3e-2, 1e-2, 2.5e-3, 5e-4};
constexpr double kOutOfReach = 0.01;    ///< [m]
constexpr int kLargestIterations = 60;  ///< of each stage
constexpr double kStill = 1e-6;         ///< largest step of a search that has ended [rad]
constexpr double kNearlyStill = 1e-4;   ///< and of its first stages
constexpr double kNearlyLevel = 1e-5;
constexpr double kMissShare = 0.05;  ///< spread of a place that is far off, over its distance
constexpr double kLevel = 1e-7;      ///< gain of a step that is none, of the sum of squares

constexpr double kLargestStep = 0.5;  ///< [rad]

}  // namespace

ReachSearch::ReachSearch(ReachProblem& problem, const JointLimits& limits, const PostureAngles& start)
    : problem_(problem), limits_(limits), q_(start), placed_(problem.place(start)) {
  for (const int a : problem.free())
    q_[static_cast<std::size_t>(a)] = limits.clamped(a, q_[static_cast<std::size_t>(a)]);
  placed_ = problem.place(q_);
}

bool ReachSearch::run(int& iterations) {
  bool still = false;
  for (std::size_t stage = 0; stage < kHandSpreads.size(); ++stage) {
    if (stage + 1 == kHandSpreads.size() && problem_.farthest_miss(placed_) > kOutOfReach) break;
    const bool last = stage + 1 == kHandSpreads.size();
    problem_.weigh_hands(std::max(kHandSpreads[stage], kMissShare * problem_.farthest_miss(placed_)));
    problem_.evaluate(q_, placed_, r_, &J_);
    damping_ = 1e-4;
    still = false;
    for (int i = 0; i < kLargestIterations && !still; ++i, ++iterations) {
      const double before = r_.squaredNorm();
      const double step = improve(), gain = before - r_.squaredNorm();
      still = step < (last ? kStill : kNearlyStill) || gain < (last ? kLevel : kNearlyLevel) * before;
    }
  }
  return still;
}

double ReachSearch::improve() {
  const ReachColumns gradient = J_.transpose() * r_;
  ReachNormal A = J_.transpose() * J_;
  const auto n = static_cast<int>(gradient.size());
  ReachColumns g = gradient;
  for (int k = 0; k < n; ++k) {
    if (!held(k, gradient[k])) continue;
    A.row(k).setZero();
    A.col(k).setZero();
    A(k, k) = 1;
    g[k] = 0;
  }
  for (int attempt = 0; attempt < 12; ++attempt) {
    ReachNormal damped = A;
    damped.diagonal() *= 1 + damping_;
    const ReachColumns step = -damped.llt().solve(g);
    PostureAngles next = q_;
    double largest = 0;
    for (int k = 0; k < n; ++k) {
      const int a = problem_.free()[static_cast<std::size_t>(k)];
      double& angle = next[static_cast<std::size_t>(a)];
      angle = limits_.clamped(a, angle + std::clamp(step[k], -kLargestStep, kLargestStep));
      largest = std::max(largest, std::abs(angle - q_[static_cast<std::size_t>(a)]));
    }
    if (largest < kStill) return 0;
    const PlacedBody placed = problem_.place(next);
    ReachRows r;
    problem_.evaluate(next, placed, r, nullptr);
    if (r.squaredNorm() < r_.squaredNorm()) {
      q_ = next;
      placed_ = placed;
      damping_ = std::max(0.2 * damping_, 1e-9);
      problem_.evaluate(q_, placed_, r_, &J_);
      return largest;
    }
    damping_ = std::max(8 * damping_, 1e-6);
  }
  return 0;
}

bool ReachSearch::held(int k, double gradient) const {
  const auto a = static_cast<std::size_t>(problem_.free()[static_cast<std::size_t>(k)]);
  return (q_[a] <= limits_.lo[a] && gradient > 0) || (q_[a] >= limits_.hi[a] && gradient < 0);
}

}  // namespace foramen
