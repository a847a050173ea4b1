#include "sim/spine/spine_search.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr int kAxes = 3;
constexpr int kBalanced = kAxes * kLevelCount;
/// Standard deviation of a level's rotation about its published share: 1.5° upright (physics note 3), more where the
/// whole lumbar spine turns: people's levels spread by 4.05° (root mean square of five levels) about a mean total
/// flexion of 52° (Pearcy, Portek and Shepherd 1984 Spine 9:294).
constexpr double kDeviationSpread = 1.5 * units::deg;
constexpr double kDeviationPerRotation = 4.05 / 52;
/// Weight of deviations where nothing guides the levels, over that where muscles do: it only keeps them unique.
constexpr double kUnguided = 1e-3;
/// Ten do nearly always. Where measured activity weighs much, levels turn to spare it, and how their tissues stiffen as
/// they turn, which the steps do not know, lets them creep.
constexpr int kMostIterations = 400;
/// Where full steps swing about an equilibrium, shorter ones find it: after so many rounds, where the change grows,
/// steps become shorter by this factor, down to the last. Steps that creep one way get there by themselves: shorter
/// ones would only be more.
constexpr int kFullSteps = 8;
constexpr double kMoreDamping = 0.7, kLeastDamping = 0.3;
/// Where strength lacks, deviations would run to whatever the passive tissues can hold. After so many rounds without
/// enough strength the levels keep their shares, and what is missing is missing there.
constexpr int kMostWeakRounds = 15;
constexpr double kMomentTolerance = 1e-7;  ///< [N·m]
constexpr double kForceArm = 0.01;         ///< turns unbalanced forces into moments of like weight [m]
constexpr double kLongestStep = 1e-3;      ///< of a translation in one Newton step [m]
constexpr double kLongestTurn = 3 * units::deg;
/// While the last round changed a moment by more than this [N·m], the discs' walls are settled [N] and the muscles
/// balanced [N·m] to this only.
constexpr double kRoughChange = 0.05, kRoughShape = 1e-2, kRoughRecruitment = 1e-2;
/// To what share of the largest activation the strength used is found.
constexpr double kStrengthWidth = 1.0 / 32;

/// Weight of deviations by axis [1/rad²].
Vec3 deviation_weight(const SpineDemand& demand) {
  Vec3 total = Vec3::Zero();
  for (const Vec3& rotation : demand.share) total += rotation;
  const Vec3 spread = kDeviationPerRotation * total;
  return std::pow(kUnguided, demand.rest) *
         (spread.cwiseAbs2().array() + kDeviationSpread * kDeviationSpread).inverse().matrix();
}

Vec3 bounded(const Vec3& step, double longest) {
  return step.norm() > longest ? Vec3(step * (longest / step.norm())) : step;
}

}  // namespace

SpineSearch::SpineSearch(const std::vector<SegmentLaw>& laws, const SpineDemand& demand,
                         const std::array<Vec3, kLevelCount>& translation,
                         const std::array<DiscShape, kLevelCount>& shapes)
    : laws_(laws),
      demand_(demand),
      shapes_(shapes),
      problem_{Eigen::MatrixXd(kBalanced + 1, demand.base.size()),
               Eigen::VectorXd(kBalanced + 1),
               demand.weight,
               Eigen::MatrixXd::Zero(kBalanced, kBalanced),
               deviation_weight(demand),
               demand.power,
               1,
               demand.preferred},
      tensions_(demand.base) {
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    q_[l] << demand.share[l], translation[l];
    deviation_[l].setZero();
    segments_[l] = laws_[l].evaluate(q_[l], &shapes_[l]);
  }
}

Convergence SpineSearch::run() {
  Convergence result{false, 0, 0, ""};
  double change = 1, damping = 1;
  int weak_rounds = 0;
  for (; result.iterations < kMostIterations; ++result.iterations) {
    const bool rough = change > kRoughChange;
    linearise();
    recruit_muscles(rough);
    weak_rounds = recruited_.strength_suffices ? 0 : weak_rounds + 1;
    if (weak_rounds == kMostWeakRounds) {
      problem_.K.resize(0, 0);
      recruit_muscles(rough);
    }
    const double before = change;
    change = result.residual = follow(damping, rough);
    if (!std::isfinite(change)) {
      result.reason = "the balance of muscles and passive tissues ran away";
      return result;
    }
    if (result.iterations > kFullSteps && change > before) damping = std::max(kLeastDamping, kMoreDamping * damping);
    if (change < kMomentTolerance && !rough) {
      result.converged = recruited_.convergence.converged;
      result.reason = recruited_.convergence.reason;
      return result;
    }
  }
  result.reason = "muscles and passive tissues did not settle";
  return result;
}

/// Passive moments about the current state, linear in the rotations and in the force that muscles add.
void SpineSearch::linearise() {
  for (int l = 0; l < kLevelCount; ++l) {
    const auto k = static_cast<std::size_t>(l);
    response_[k] = passive_response(segments_[k], q_[k]);
    const auto& [K, G] = response_[k];
    const auto unit_force = demand_.unit_force.middleRows<3>(kAxes * l);
    if (problem_.K.size() > 0) problem_.K.block<3, 3>(kAxes * l, kAxes * l) = K;
    problem_.A.middleRows<3>(kAxes * l) = demand_.unit_moment.middleRows<3>(kAxes * l) - G * unit_force;
    const Vec3 carried = segments_[k].gradient.tail<3>(), at_rest = demand_.force[k] - unit_force * demand_.base;
    problem_.b.segment<3>(kAxes * l) = demand_.moment[k] - demand_.unit_moment.middleRows<3>(kAxes * l) * demand_.base -
                                       passive_moment(segments_[k], q_[k]) + K * deviation_[k] -
                                       G * (at_rest - carried);
  }
  problem_.A.row(kBalanced) = demand_.hoop;
  problem_.b[kBalanced] = demand_.hoop_moment - demand_.hoop.dot(demand_.base);
  problem_.A = problem_.A * demand_.per_activation.asDiagonal();
}

void SpineSearch::recruit_muscles(bool rough) {
  const Eigen::VectorXd previous = recruited_.multiplier;
  recruited_ =
      recruit(problem_, previous.size() > 0 ? &previous : nullptr, rough ? kRoughRecruitment : kRecruitmentTolerance);
  tensions_ = demand_.base + demand_.per_activation.cwiseProduct(recruited_.activation);
}

double SpineSearch::follow(double damping, bool rough) {
  double change = 0;
  for (int l = 0; l < kLevelCount; ++l) {
    const auto k = static_cast<std::size_t>(l);
    const SegmentState& now = segments_[k];
    const Vec3 carried = now.gradient.tail<3>();
    const Vec3 target = demand_.force[k] - demand_.unit_force.middleRows<3>(kAxes * l) * tensions_;
    Vec3 aim = Vec3::Zero();
    if (recruited_.deviation.size() > 0) aim = recruited_.deviation.segment<3>(kAxes * l);
    const Vec3 turn = damping * bounded(aim - deviation_[k], kLongestTurn);
    const Vec3 expected =
        passive_moment(now, q_[k]) + response_[k].by_rotation * turn + response_[k].by_force * (target - carried);
    // The translations follow rotation and force to first order; the next round corrects them.
    const Vec3 shift = now.hessian.bottomRightCorner<3, 3>().ldlt().solve(target - carried -
                                                                          now.hessian.bottomLeftCorner<3, 3>() * turn);
    Vec6 q;
    q << demand_.share[k] + deviation_[k] + turn, q_[k].tail<3>() + damping * bounded(shift, kLongestStep);
    if (!q.allFinite()) return std::numeric_limits<double>::infinity();
    q_[k] = q;
    deviation_[k] += turn;
    shapes_[k].tolerance = rough ? kRoughShape : DiscShape{}.tolerance;
    segments_[k] = laws_[k].evaluate(q, &shapes_[k]);
    change = std::max({change, (passive_moment(segments_[k], q) - expected).cwiseAbs().maxCoeff(),
                       kForceArm * (segments_[k].gradient.tail<3>() - target).norm()});
  }
  return change;
}

double SpineSearch::strength_used() const {
  return least_strength(problem_, recruited_, kStrengthWidth);
}

}  // namespace foramen
