#include "sim/spine/recruitment.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace foramen {

namespace {

using Eigen::Index, Eigen::MatrixXd, Eigen::VectorXd;

/// Quadratic part of the cost: keeps the dual twice differentiable where activations leave zero.
constexpr double kQuadratic = 1e-3;
/// Weight of what strength cannot hold against the muscle cost [1/(N·m)²]: stiff enough that a feasible task leaves
/// nothing, also where muscles weigh more than they usually do at most (their section over the mean one).
constexpr double kReserveWeight = 1e4, kUsualWeight = 20;
double reserve_weight(const RecruitmentProblem& problem) {
  return kReserveWeight * std::max(1.0, problem.weight.maxCoeff() / kUsualWeight);
}
/// Where strength lacks multipliers are large, and rounding keeps the balance from being as close as asked. Newton's
/// steps, twice as many digits each, get there from this within two; what was this close so often gets no closer [N·m].
constexpr double kRoundedBalance = 2e-7;
constexpr int kMostRounded = 4;
/// A moment below this counts as held [N·m].
constexpr double kHeld = 1e-3;
constexpr int kMostIterations = 100;
/// A Newton step of which less can be taken is tried again with the curvature up to a little beyond what could, so
/// often at most: fascicles that wake or saturate stop it.
constexpr double kShortStep = 0.1, kLookAhead = 1.5;
constexpr int kMostLooksAhead = 8;
constexpr int kAxes = 3;

/// The root of aᵖ⁻¹ + ε a = s for s > 0, at most 1.
double activation_of_power(double s, double power) {
  if (s >= 1 + kQuadratic) return 1;
  if (power == 3) return 0.5 * (std::sqrt(kQuadratic * kQuadratic + 4 * s) - kQuadratic);
  // The left side is convex and increasing: Newton from above runs down to the root.
  double a = std::min(1.0, std::min(s / kQuadratic, std::pow(s, 1 / (power - 1))));
  for (int i = 0; i < 50; ++i) {
    const double step =
        (std::pow(a, power - 1) + kQuadratic * a - s) / ((power - 1) * std::pow(a, power - 2) + kQuadratic);
    a -= step;
    if (std::abs(step) < 1e-15 * a) break;
  }
  return a;
}

/// The dual function at some multipliers, with what its derivatives need.
struct DualPoint {
  VectorXd multiplier;
  Eigen::ArrayXd pull;  ///< Aᵀλ
  Eigen::ArrayXd activation;
  double value = 0;  ///< to be maximised
};

class Dual {
 public:
  explicit Dual(const RecruitmentProblem& problem)
      : p_(problem),
        compliance_(MatrixXd::Identity(p_.b.size(), p_.b.size()) / reserve_weight(p_)),
        scaled_(p_.A.rows(), p_.A.cols()) {
    const Index n = p_.b.size() - p_.least;
    if (p_.K.size() == 0) return;
    // Projection that takes the mean over levels off each axis.
    MatrixXd projection = MatrixXd::Identity(n, n);
    const Index levels = n / kAxes;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        if (i % kAxes == j % kAxes) projection(i, j) -= 1.0 / static_cast<double>(levels);
      }
    }
    to_deviation_ = projection * p_.K.transpose();
    for (Index i = 0; i < n; ++i) to_deviation_.row(i) /= p_.deviation_weight[i % kAxes];
    compliance_.topLeftCorner(n, n) += p_.K * to_deviation_;
  }

  void evaluate(DualPoint& at) const {
    at.pull = (p_.A.transpose() * at.multiplier).array();
    if (p_.preferred.size() > 0) return evaluate_about_preferred(at);
    const auto s = at.pull / p_.weight.array();
    if (p_.power == 3) {
      at.activation = (0.5 * ((kQuadratic * kQuadratic + 4 * s.max(0.0)).sqrt() - kQuadratic)).max(0.0).min(1.0);
    } else {
      at.activation = s.unaryExpr([&](double x) { return x > 0 ? activation_of_power(x, p_.power) : 0.0; });
    }
    const auto& a = at.activation;
    double cost = 0.5 * kQuadratic * (p_.weight.array() * a.square()).sum();
    if (p_.power == 3) {
      cost += (p_.weight.array() * a.cube()).sum() / 3;
    } else {
      cost += (p_.weight.array() * a.pow(p_.power)).sum() / p_.power;
    }
    at.value =
        p_.b.dot(at.multiplier) - 0.5 * at.multiplier.dot(compliance_ * at.multiplier) + cost - (at.pull * a).sum();
  }

  /// Gradient of the dual function; nothing for rows that have more than they ask for.
  [[nodiscard]] VectorXd residual(const DualPoint& at) const {
    VectorXd residual = p_.b - p_.A * at.activation.matrix() - compliance_ * at.multiplier;
    for (Index i = residual.size() - p_.least; i < residual.size(); ++i)
      if (idle(at.multiplier[i], residual[i])) residual[i] = 0;
    return residual;
  }

  /// Minus the Hessian of the dual function, idle rows taken out of the Newton step.
  void curvature(const DualPoint& at, const VectorXd& residual, MatrixXd& hessian) {
    // Silent and saturated fascicles do not answer: half of them or more.
    off_ = p_.preferred.size() > 0 ? (at.activation - p_.preferred.array()).abs().eval() : at.activation;
    if (p_.power != 3) off_ = off_.pow(p_.power - 2);
    const auto silent = at.activation >= 1 || (at.activation <= 0 && at.pull <= 0);
    answer_ = silent.select(0.0, (p_.weight.array() * ((p_.power - 1) * off_ + kQuadratic)).inverse());
    assemble(at, residual, hessian);
  }

  /// Raises what fascicles answer at one point to what they do on the way to another, where that is more: they wake on
  /// it, or leave saturation.
  void look_ahead(const DualPoint& at, const DualPoint& other, const VectorXd& residual, MatrixXd& hessian) {
    for (Index i = 0; i < at.activation.size(); ++i) {
      const double gained = other.activation[i] - at.activation[i], pulled = other.pull[i] - at.pull[i];
      if (gained != 0 && pulled != 0) answer_[i] = std::max(answer_[i], gained / pulled);
    }
    assemble(at, residual, hessian);
  }

  [[nodiscard]] VectorXd deviation(const VectorXd& multiplier) const {
    return p_.K.size() > 0 ? VectorXd(to_deviation_ * multiplier.head(to_deviation_.cols())) : VectorXd();
  }

  /// Multipliers of rows that ask for at least b are not negative.
  [[nodiscard]] VectorXd allowed(VectorXd multiplier) const {
    multiplier.tail(p_.least) = multiplier.tail(p_.least).cwiseMax(0.0);
    return multiplier;
  }

  /// Multipliers near those of a problem never solved before: those of a quadratic cost, as long as the cubic one
  /// would have them.
  [[nodiscard]] VectorXd first_guess() {
    MatrixXd hessian = compliance_;
    const VectorXd scale = p_.weight.cwiseSqrt().cwiseInverse();
    scaled_ = p_.A * scale.asDiagonal();
    hessian.selfadjointView<Eigen::Lower>().rankUpdate(scaled_);
    const bool about = p_.preferred.size() > 0;
    const VectorXd asked = about ? VectorXd(p_.b - p_.A * p_.preferred) : p_.b;
    DualPoint at{allowed(hessian.llt().solve(asked)), {}, {}, 0};
    evaluate(at);
    const double held =
        about ? (at.pull * (at.activation - p_.preferred.array())).sum() : (at.pull * at.activation).sum();
    if (!(held > 0)) return VectorXd::Zero(p_.b.size());
    const double missing = asked.dot(at.multiplier) / held;
    return at.multiplier * std::min(missing * missing, 1.0);
  }

 private:
  /// As evaluate, activations counted from the preferred ones, either way.
  void evaluate_about_preferred(DualPoint& at) const {
    const auto& wanted = p_.preferred.array();
    const auto slope = at.pull.abs() / p_.weight.array();
    if (p_.power == 3) {
      // As activation_of_power, for all at once; beyond 1 the bounds cut it.
      off_ = 0.5 * ((kQuadratic * kQuadratic + 4 * slope).sqrt() - kQuadratic);
    } else {
      off_ = slope.unaryExpr([&](double x) { return x > 0 ? activation_of_power(x, p_.power) : 0.0; });
    }
    at.activation = (at.pull < 0).select(wanted - off_, wanted + off_).max(0.0).min(1.0);
    off_ = (at.activation - wanted).abs();
    const double quadratic = 0.5 * kQuadratic * (p_.weight.array() * off_.square()).sum();
    const double steep = p_.power == 3 ? (p_.weight.array() * off_.cube()).sum() / 3
                                       : (p_.weight.array() * off_.pow(p_.power)).sum() / p_.power;
    at.value = p_.b.dot(at.multiplier) - 0.5 * at.multiplier.dot(compliance_ * at.multiplier) + steep + quadratic -
               (at.pull * at.activation).sum();
  }

  void assemble(const DualPoint& at, const VectorXd& residual, MatrixXd& hessian) {
    hessian = compliance_;
    off_ = answer_.sqrt();
    Index answering = 0;
    for (Index i = 0; i < off_.size(); ++i)
      if (off_[i] > 0) scaled_.col(answering++) = p_.A.col(i) * off_[i];
    hessian.selfadjointView<Eigen::Lower>().rankUpdate(scaled_.leftCols(answering));
    hessian.triangularView<Eigen::StrictlyUpper>() = hessian.transpose();
    for (Index i = residual.size() - p_.least; i < residual.size(); ++i) {
      if (!idle(at.multiplier[i], residual[i])) continue;
      hessian.row(i).setZero();
      hessian.col(i).setZero();
      hessian(i, i) = 1;
    }
  }

  /// A row that asks for at least b, has it, and does not pull.
  static bool idle(double multiplier, double residual) { return multiplier <= 0 && residual <= 0; }

  const RecruitmentProblem& p_;
  MatrixXd compliance_, to_deviation_;
  // Work space.
  MatrixXd scaled_;
  Eigen::ArrayXd answer_;       ///< activation per pull
  mutable Eigen::ArrayXd off_;  ///< of activations from the preferred ones
};

/// The share of strength that no activations can undercut: work of the moments over the most that fascicles could do
/// (Farkas' lemma).
double proven_share(const RecruitmentProblem& problem, const DualPoint& at) {
  const double most = at.pull.max(0.0).sum();
  return most > 0 ? problem.b.dot(at.multiplier) / most : 0;
}

/// The part of a step that raises the dual function enough; `trial` is where it leads. Where strength lacks values are
/// so large that they do not tell of the last part of the way; there the slope along the step must not turn round.
double climb(const Dual& dual, const DualPoint& at, const VectorXd& residual, const VectorXd& step, DualPoint& trial) {
  double fraction = 1;
  for (int halving = 0; halving < 60; ++halving, fraction *= 0.5) {
    trial.multiplier = dual.allowed(at.multiplier + fraction * step);
    dual.evaluate(trial);
    const double gain = trial.value - at.value, noise = 1e-13 * std::abs(at.value);
    if (gain >= 1e-4 * residual.dot(trial.multiplier - at.multiplier) - noise) break;
    if (gain > -1e4 * noise && dual.residual(trial).dot(step) > -0.5 * residual.dot(step)) break;
  }
  return fraction;
}

/// Maximises the dual function from at.multiplier, which has been evaluated, with so many looks ahead a step at most.
/// Ends early where `stop` says so.
template <class Stop>
Convergence maximise(Dual& dual, DualPoint& at, double tolerance, int looks_ahead, const Stop& stop) {
  Convergence result{false, 0, 0, ""};
  MatrixXd hessian;
  DualPoint trial;
  int rounded = 0;
  for (; result.iterations < kMostIterations && !stop(at); ++result.iterations) {
    const VectorXd residual = dual.residual(at);
    result.residual = residual.cwiseAbs().maxCoeff();
    if (result.residual < kRoundedBalance) ++rounded;
    if (result.residual < tolerance || rounded == kMostRounded) {
      result.converged = true;
      return result;
    }
    dual.curvature(at, residual, hessian);
    VectorXd step = hessian.llt().solve(residual);
    double fraction = climb(dual, at, residual, step, trial);
    for (int again = 0; fraction < kShortStep && again < looks_ahead; ++again) {
      trial.multiplier = dual.allowed(at.multiplier + std::min(1.0, kLookAhead * fraction) * step);
      dual.evaluate(trial);
      dual.look_ahead(at, trial, residual, hessian);
      step = hessian.llt().solve(residual);
      fraction = climb(dual, at, residual, step, trial);
    }
    std::swap(at, trial);
  }
  result.reason = "recruitment used all its Newton steps";
  return result;
}

}  // namespace

RecruitmentSolution recruit(const RecruitmentProblem& problem, const VectorXd* start, double tolerance) {
  Dual dual(problem);
  DualPoint at{start ? *start : dual.first_guess(), {}, {}, 0};
  dual.evaluate(at);
  RecruitmentSolution s;
  s.convergence = maximise(dual, at, tolerance, kMostLooksAhead, [](const DualPoint&) { return false; });
  s.activation = at.activation.matrix();
  s.deviation = dual.deviation(at.multiplier);
  s.unmet = at.multiplier / reserve_weight(problem);
  s.multiplier = std::move(at.multiplier);
  s.strength_suffices = s.unmet.cwiseAbs().maxCoeff() < kHeld;
  return s;
}

double least_strength(const RecruitmentProblem& problem, const RecruitmentSolution& solution, double width) {
  if (!solution.strength_suffices) return 1;
  constexpr double kTolerance = 1e-4;  // of the balance [N·m]
  RecruitmentProblem weaker = problem;
  if (solution.deviation.size() > 0) weaker.b.head(solution.deviation.size()) -= problem.K * solution.deviation;
  weaker.K.resize(0, 0);
  weaker.preferred.resize(0);  // what the task needs, not what people do
  DualPoint at{solution.multiplier, {}, {}, 0};
  double enough = solution.activation.maxCoeff(), little = 0, share = 1;
  const double narrow = width * enough;
  const auto impossible = [&](const DualPoint& now) {
    little = std::max(little, share * proven_share(weaker, now));
    return little >= share;
  };
  Dual(weaker).evaluate(at);
  static_cast<void>(impossible(at));
  while (enough - little > narrow) {
    share = 0.5 * (enough + little);
    weaker.A = share * problem.A;
    Dual dual(weaker);
    dual.evaluate(at);
    // Where the task is impossible steps run off and soon prove it: to look ahead of each would only take time.
    const Convergence found = maximise(dual, at, kTolerance, 0, impossible);
    if (found.converged && at.multiplier.cwiseAbs().maxCoeff() < kHeld * reserve_weight(weaker)) {
      enough = share * at.activation.maxCoeff();
    } else {
      little = std::max(little, share);
    }
  }
  return enough;
}

}  // namespace foramen
