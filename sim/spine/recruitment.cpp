#include "sim/spine/recruitment.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

/// Quadratic part of the cost: keeps the dual twice differentiable where activations leave zero.
constexpr double kQuadratic = 1e-3;
/// Weight of what strength cannot hold against the muscle cost [1/(N·m)²]: stiff enough that a feasible task leaves
/// nothing.
constexpr double kReserveWeight = 1e4;
/// A moment below this counts as held [N·m].
constexpr double kHeld = 1e-3;
constexpr int kMostIterations = 100;
constexpr int kAxes = 3;

/// argmin w(aᵖ/p + ε a²/2) − g a over [0, 1]: aᵖ⁻¹ + ε a = g/w, with its slope in g.
struct Activation {
  double value, slope;
};
Activation activation_of_power(double s, double weight, double power) {
  if (s >= 1 + kQuadratic) return {1, 0};
  // The left side is convex and increasing: Newton from above runs down to the root.
  double a = std::min(1.0, std::min(s / kQuadratic, std::pow(s, 1 / (power - 1))));
  for (int i = 0; i < 50; ++i) {
    const double step =
        (std::pow(a, power - 1) + kQuadratic * a - s) / ((power - 1) * std::pow(a, power - 2) + kQuadratic);
    a -= step;
    if (std::abs(step) < 1e-15 * a) break;
  }
  return {a, 1 / (weight * ((power - 1) * std::pow(a, power - 2) + kQuadratic))};
}
Activation activation_of(double g, double weight, double power) {
  const double s = g / weight;
  if (s <= 0) return {0, 0};
  if (power != 3) return activation_of_power(s, weight, power);
  const double root = std::sqrt(kQuadratic * kQuadratic + 4 * s);
  const double a = 0.5 * (root - kQuadratic);
  if (a >= 1) return {1, 0};
  return {a, 1 / (weight * root)};
}
double cost_of(double a, double weight, double power) {
  const double raised = power == 3 ? a * a * a : std::pow(a, power);
  return weight * (raised / power + 0.5 * kQuadratic * a * a);
}

/// The dual function at λ, its gradient (residual) and Hessian.
class Dual {
 public:
  explicit Dual(const RecruitmentProblem& problem)
      : p_(problem), compliance_(Eigen::MatrixXd::Identity(p_.b.size(), p_.b.size()) / kReserveWeight) {
    const Eigen::Index n = p_.b.size() - p_.least;
    if (p_.K.size() > 0) {
      // Projection that takes the mean over levels off each axis.
      projection_ = Eigen::MatrixXd::Identity(n, n);
      const Eigen::Index levels = n / kAxes;
      for (Eigen::Index i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < n; ++j) {
          if (i % kAxes == j % kAxes) projection_(i, j) -= 1.0 / static_cast<double>(levels);
        }
      }
      to_deviation_ = projection_ * p_.K.transpose();
      for (Eigen::Index i = 0; i < n; ++i) to_deviation_.row(i) /= p_.deviation_weight[i % kAxes];
      compliance_.topLeftCorner(n, n) += p_.K * to_deviation_;
    }
  }

  /// Value to be maximised.
  double value(const Eigen::VectorXd& lambda) const {
    const Eigen::VectorXd g = p_.A.transpose() * lambda;
    double v = p_.b.dot(lambda) - 0.5 * lambda.dot(compliance_ * lambda);
    for (Eigen::Index i = 0; i < g.size(); ++i) {
      const double a = activation_of(g[i], p_.weight[i], p_.power).value;
      v += cost_of(a, p_.weight[i], p_.power) - g[i] * a;
    }
    return v;
  }

  Eigen::VectorXd residual(const Eigen::VectorXd& lambda, Eigen::MatrixXd& hessian, Eigen::VectorXd& a) const {
    const Eigen::VectorXd g = p_.A.transpose() * lambda;
    Eigen::VectorXd slope(g.size());
    a.resize(g.size());
    for (Eigen::Index i = 0; i < g.size(); ++i) {
      const Activation act = activation_of(g[i], p_.weight[i], p_.power);
      a[i] = act.value;
      slope[i] = act.slope;
    }
    hessian = compliance_;
    // Silent and saturated fascicles have no slope: half of them or more.
    scaled_.resize(p_.A.rows(), p_.A.cols());
    Eigen::Index answering = 0;
    for (Eigen::Index i = 0; i < slope.size(); ++i) {
      if (slope[i] > 0) scaled_.col(answering++) = std::sqrt(slope[i]) * p_.A.col(i);
    }
    hessian.selfadjointView<Eigen::Lower>().rankUpdate(scaled_.leftCols(answering));
    hessian.triangularView<Eigen::StrictlyUpper>() = hessian.transpose();
    return p_.b - p_.A * a - compliance_ * lambda;
  }

  [[nodiscard]] Eigen::VectorXd deviation(const Eigen::VectorXd& lambda) const {
    return p_.K.size() > 0 ? Eigen::VectorXd(to_deviation_ * lambda.head(to_deviation_.cols())) : Eigen::VectorXd();
  }

  /// Multipliers of rows that ask for at least b are not negative.
  [[nodiscard]] Eigen::VectorXd allowed(Eigen::VectorXd lambda) const {
    lambda.tail(p_.least) = lambda.tail(p_.least).cwiseMax(0.0);
    return lambda;
  }

  /// Takes rows that have more than they ask for out of the Newton step.
  void drop_idle_rows(const Eigen::VectorXd& lambda, Eigen::VectorXd& residual, Eigen::MatrixXd& hessian) const {
    for (Eigen::Index i = residual.size() - p_.least; i < residual.size(); ++i) {
      if (lambda[i] > 0 || residual[i] > 0) continue;
      residual[i] = 0;
      hessian.row(i).setZero();
      hessian.col(i).setZero();
      hessian(i, i) = 1;
    }
  }

 private:
  const RecruitmentProblem& p_;
  Eigen::MatrixXd compliance_, projection_, to_deviation_;
  mutable Eigen::MatrixXd scaled_;  ///< work space of residual()
};

}  // namespace

RecruitmentSolution recruit(const RecruitmentProblem& problem, const Eigen::VectorXd* start, double tolerance) {
  const Dual dual(problem);
  RecruitmentSolution s;
  s.multiplier = start ? *start : Eigen::VectorXd(Eigen::VectorXd::Zero(problem.b.size()));
  s.convergence.converged = false;
  Eigen::MatrixXd hessian;
  double value = dual.value(s.multiplier);
  for (int& i = s.convergence.iterations; i < kMostIterations; ++i) {
    Eigen::VectorXd residual = dual.residual(s.multiplier, hessian, s.activation);
    dual.drop_idle_rows(s.multiplier, residual, hessian);
    s.convergence.residual = residual.cwiseAbs().maxCoeff();
    if (s.convergence.residual < tolerance) {
      s.convergence.converged = true;
      break;
    }
    const Eigen::VectorXd step = hessian.ldlt().solve(residual);
    Eigen::VectorXd trial = s.multiplier;
    double fraction = 1;
    for (int halving = 0; halving < 60; ++halving, fraction *= 0.5) {
      trial = dual.allowed(s.multiplier + fraction * step);
      const double next = dual.value(trial);
      if (next >= value + 1e-4 * residual.dot(trial - s.multiplier) - 1e-13 * std::abs(value)) {
        value = next;
        break;
      }
    }
    s.multiplier = trial;
  }
  if (!s.convergence.converged) s.convergence.reason = "recruitment used all its Newton steps";
  s.deviation = dual.deviation(s.multiplier);
  s.unmet = s.multiplier / kReserveWeight;
  s.strength_suffices = s.unmet.cwiseAbs().maxCoeff() < kHeld;
  return s;
}

}  // namespace foramen
