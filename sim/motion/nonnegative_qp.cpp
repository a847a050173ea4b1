#include "sim/motion/nonnegative_qp.h"

#include <stdexcept>
#include <utility>

namespace foramen {

namespace {

constexpr int kPatience = 3;          ///< block steps without progress before single ones
constexpr int kLargestSteps = 1000;   ///< far beyond what the safeguard needs
constexpr double kTolerance = 1e-11;  ///< of the largest entry: rounding, not violation

}  // namespace

NonnegativeQp::NonnegativeQp(Eigen::MatrixXd H)
    : H_(std::move(H)), active_(static_cast<std::size_t>(H_.rows()), 1), x_(H_.rows()), slope_(H_.rows()) {}

/// x on the active entries, the slope on the others.
void NonnegativeQp::solve_active(const Eigen::VectorXd& c) {
  if (factored_ != active_) {
    in_.clear();
    for (std::size_t i = 0; i < active_.size(); ++i) {
      if (active_[i]) in_.push_back(static_cast<Eigen::Index>(i));
    }
    factor_.compute(H_(in_, in_));
    if (factor_.info() != Eigen::Success) throw std::invalid_argument("NonnegativeQp: H is not positive definite");
    factored_ = active_;
  }
  x_.setZero();
  if (!in_.empty()) {
    const Eigen::VectorXd right = -c(in_), solution = factor_.solve(right);
    x_(in_) = solution;
  }
  slope_.noalias() = H_ * x_ + c;
}

std::vector<std::size_t> NonnegativeQp::violated(double largest_c) const {
  const double x_tolerance = kTolerance * x_.cwiseAbs().maxCoeff(), slope_tolerance = kTolerance * largest_c;
  std::vector<std::size_t> wrong;
  for (std::size_t i = 0; i < active_.size(); ++i) {
    const auto k = static_cast<Eigen::Index>(i);
    if (active_[i] ? x_[k] < -x_tolerance : slope_[k] < -slope_tolerance) wrong.push_back(i);
  }
  return wrong;
}

const Eigen::VectorXd& NonnegativeQp::solve(const Eigen::VectorXd& c) {
  if (active_.empty()) return x_;
  const double largest_c = c.cwiseAbs().maxCoeff();
  std::size_t fewest = active_.size() + 1;
  int patience = kPatience;
  for (int step = 0; step < kLargestSteps; ++step) {
    solve_active(c);
    const std::vector<std::size_t> wrong = violated(largest_c);
    if (wrong.empty()) {
      x_ = x_.cwiseMax(0.0);
      return x_;
    }
    if (wrong.size() < fewest) {
      fewest = wrong.size();
      patience = kPatience;
    } else {
      --patience;
    }
    if (patience > 0) {
      for (const std::size_t i : wrong) active_[i] ^= 1;
    } else {
      active_[wrong.back()] ^= 1;
    }
  }
  throw std::invalid_argument("NonnegativeQp: H is not positive definite");
}

}  // namespace foramen
