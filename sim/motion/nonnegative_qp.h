#pragma once

/// The one small optimisation that supports need.

#include <Eigen/Core>
#include <vector>

namespace foramen {

/// The point x ≥ 0 of least ½xᵀHx + cᵀx for a symmetric positive definite H [n×n]. Block principal pivoting with
/// Murty's rule as its safeguard (Júdice and Pires 1994), which ends in finitely many steps and needs three to six
/// here. `active` says which entries may be positive: on the way in the first guess (empty: all), on the way out those
/// that are. Throws std::invalid_argument where H is not positive definite.
[[nodiscard]] Eigen::VectorXd least_nonnegative(const Eigen::MatrixXd& H, const Eigen::VectorXd& c,
                                                std::vector<char>& active);

}  // namespace foramen
