#pragma once

/// The one small optimisation that supports need.

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <vector>

namespace foramen {

/// The points x ≥ 0 of least ½xᵀHx + cᵀx for a symmetric positive definite H [n×n]. Block principal pivoting with
/// Murty's rule as its safeguard (Júdice and Pires 1994), which ends in finitely many steps and needs three to six
/// here. Every solution starts from the positive entries of the one before and keeps its factorisation while they stay.
class NonnegativeQp {
 public:
  explicit NonnegativeQp(Eigen::MatrixXd H);

  /// Throws std::invalid_argument where H is not positive definite.
  [[nodiscard]] const Eigen::VectorXd& solve(const Eigen::VectorXd& c);

 private:
  void solve_active(const Eigen::VectorXd& c);
  [[nodiscard]] std::vector<std::size_t> violated(double largest_c) const;

  Eigen::MatrixXd H_;
  std::vector<char> active_;            ///< which entries may be positive
  std::vector<char> factored_;          ///< for which of them `factor_` stands
  std::vector<Eigen::Index> in_;        ///< their places
  Eigen::LLT<Eigen::MatrixXd> factor_;  ///< of their part of H
  Eigen::VectorXd x_, slope_;           ///< the solution and Hx + c
};

}  // namespace foramen
