#pragma once

/// Muscle recruitment: which activations balance given moments at least cost. Pure numbers, no anatomy.

#include <Eigen/Core>

#include "sim/base/error.h"
#include "sim/base/types.h"

namespace foramen {

/// Minimise  Σ wᵢ(|dᵢ|ᵖ/p + ε dᵢ²/2) + ½ Σ W·δ² + ½ R·|r|²,  d = a − preferred,  over 0 ≤ a ≤ 1, δ, r
/// subject to  A·a + K·δ + r = b  and  δ summing to zero over the levels for each of the three axes.
/// with ε = 1e-3, R = 1e4 /(N·m)², more where weights are above 20. δ are deviations of the level rotations from their
/// shares, r is what strength cannot hold.
struct RecruitmentProblem {
  Eigen::MatrixXd A;                     ///< axes × fascicles: moment of each fascicle at full activation [N·m]
  Eigen::VectorXd b;                     ///< moments to be held [N·m]
  Eigen::VectorXd weight;                ///< wᵢ > 0, e.g. PCSA over its mean
  Eigen::MatrixXd K;                     ///< axes × axes: moment per deviation [N·m/rad]; empty: no deviations
  Vec3 deviation_weight = Vec3::Zero();  ///< W > 0 by axis [1/rad²]
  double power = 3;                      ///< p ≥ 2
  int least = 0;  ///< so many of the last rows ask for A·a ≥ b only; K and δ do not touch them
  /// Activations that cost nothing, 0…1; empty: none. Measured activity is followed as closely as balance lets it, not
  /// taken as a floor: electrodes err both ways, and a floor would make good every excess of one muscle by an
  /// antagonist's activity that nobody measured (EMG assisted optimisation: Cholewicki and McGill 1994 J Biomech
  /// 27:1287).
  Eigen::VectorXd preferred = {};
};

struct RecruitmentSolution {
  Eigen::VectorXd activation;
  Eigen::VectorXd deviation;  ///< [rad]; empty without K
  Eigen::VectorXd unmet;      ///< moments that cannot be held [N·m]; zero when strength suffices
  Eigen::VectorXd multiplier;
  bool strength_suffices = true;
  Convergence convergence;  ///< residual in N·m
};

/// Moment left unbalanced by a solution [N·m].
inline constexpr double kRecruitmentTolerance = 1e-9;

/// Newton on the concave dual with line search; deterministic. `start`: multipliers of a similar problem
/// to begin from; it saves steps and changes the result by no more than the tolerance.
[[nodiscard]] RecruitmentSolution recruit(const RecruitmentProblem& problem, const Eigen::VectorXd* start = nullptr,
                                          double tolerance = kRecruitmentTolerance);

/// Least share of the strength of all fascicles with which `solution`'s moments could still be held, its deviations as
/// they are; 1 where strength does not suffice. Too large by at most `width` of the largest activation.
[[nodiscard]] double least_strength(const RecruitmentProblem& problem, const RecruitmentSolution& solution,
                                    double width);

}  // namespace foramen
