#include "sim/motion/nonnegative_qp.h"

#include <Eigen/Cholesky>
#include <stdexcept>

namespace foramen {

namespace {

constexpr int kPatience = 3;          ///< block steps without progress before single ones
constexpr int kLargestSteps = 1000;   ///< far beyond what the safeguard needs
constexpr double kTolerance = 1e-11;  ///< of the largest entry of c: rounding, not violation

/// x on the active entries, the slope Hx + c on the others.
void solve_active(const Eigen::MatrixXd& H, const Eigen::VectorXd& c, const std::vector<char>& active,
                  Eigen::VectorXd& x, Eigen::VectorXd& slope) {
  std::vector<Eigen::Index> in;
  for (std::size_t i = 0; i < active.size(); ++i) {
    if (active[i]) in.push_back(static_cast<Eigen::Index>(i));
  }
  x.setZero();
  if (!in.empty()) {
    const Eigen::LLT<Eigen::MatrixXd> factor(H(in, in));
    if (factor.info() != Eigen::Success) throw std::invalid_argument("least_nonnegative: H is not positive definite");
    const Eigen::VectorXd right = -c(in), solution = factor.solve(right);
    x(in) = solution;
  }
  slope.noalias() = H * x + c;
}

}  // namespace

Eigen::VectorXd least_nonnegative(const Eigen::MatrixXd& H, const Eigen::VectorXd& c, std::vector<char>& active) {
  const auto n = static_cast<std::size_t>(c.size());
  if (active.size() != n) active.assign(n, 1);
  Eigen::VectorXd x(c.size()), slope(c.size());
  const double slope_tolerance = kTolerance * (n > 0 ? c.cwiseAbs().maxCoeff() : 0);
  std::size_t fewest = n + 1;
  int patience = kPatience;
  for (int step = 0; step < kLargestSteps; ++step) {
    solve_active(H, c, active, x, slope);
    const double x_tolerance = kTolerance * (n > 0 ? x.cwiseAbs().maxCoeff() : 0);
    std::vector<std::size_t> wrong;
    for (std::size_t i = 0; i < n; ++i) {
      const auto k = static_cast<Eigen::Index>(i);
      if (active[i] ? x[k] < -x_tolerance : slope[k] < -slope_tolerance) wrong.push_back(i);
    }
    if (wrong.empty()) return x.cwiseMax(0.0);
    if (wrong.size() < fewest) {
      fewest = wrong.size();
      patience = kPatience;
    } else {
      --patience;
    }
    if (patience > 0) {
      for (const std::size_t i : wrong) active[i] ^= 1;
    } else {
      active[wrong.back()] ^= 1;
    }
  }
  throw std::invalid_argument("least_nonnegative: H is not positive definite");
}

}  // namespace foramen
