#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/spine/abdominal_pressure.h"
#include "sim/spine/muscle_paths.h"
#include "sim/spine/recruitment.h"
#include "sim/spine/spine.h"
#include "sim/tissue/muscle.h"
#include "sim/tissue/segment.h"

namespace foramen {

namespace {

constexpr int kAxes = 3;
constexpr int kBalanced = kAxes * kLevelCount;
/// Standard deviation of a level's rotation about its published share (physics note 3).
constexpr double kDeviationSpread = 1.5 * units::deg;
/// Activation that upright muscles keep (tone 1–2 %).
constexpr double kTone = 0.01;
constexpr int kMostIterations = 60;
constexpr double kMomentTolerance = 1e-7;  ///< [N·m]
constexpr double kForceArm = 0.01;         ///< turns unbalanced forces into moments of like weight [m]
constexpr double kLongestStep = 1e-3;      ///< of a translation in one Newton step [m]
constexpr double kLongestTurn = 3 * units::deg;
/// While the last round changed a moment by more than this [N·m], the discs' walls are settled [N] and the muscles
/// balanced [N·m] to this only.
constexpr double kRoughChange = 0.05, kRoughShape = 1e-2, kRoughRecruitment = 1e-2;

/// Forces of all fascicles at given path lengths: tone and passive force always, the rest per activation.
struct MuscleForces {
  Eigen::VectorXd base, per_activation;
};

MuscleForces muscle_forces(const Subject& subject, const std::vector<MusclePath>& paths) {
  const auto n = static_cast<Eigen::Index>(paths.size());
  MuscleForces forces{Eigen::VectorXd(n), Eigen::VectorXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const FascicleForce f = fascicle_force(subject.muscles[k], paths[k].length, subject.specific_tension);
    forces.base[i] = kTone * f.per_activation + f.passive;
    forces.per_activation[i] = (1 - kTone) * f.per_activation;
  }
  return forces;
}

Vec3 muscle_force_sum(const std::vector<MusclePath>& paths, const Eigen::VectorXd& forces, std::size_t level) {
  Vec3 sum = Vec3::Zero();
  for (std::size_t i = 0; i < paths.size(); ++i)
    sum += forces[static_cast<Eigen::Index>(i)] * paths[i].unit_D[level].force;
  return sum;
}

/// Force of unit tensions on the part below each level, 3 rows a level.
Eigen::MatrixXd force_matrix(const std::vector<MusclePath>& paths) {
  Eigen::MatrixXd U(kBalanced, static_cast<Eigen::Index>(paths.size()));
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (int l = 0; l < kLevelCount; ++l) {
      U.block<3, 1>(kAxes * l, static_cast<Eigen::Index>(i)) = paths[i].unit_D[static_cast<std::size_t>(l)].force;
    }
  }
  return U;
}

Eigen::MatrixXd moment_matrix(const std::vector<MusclePath>& paths) {
  Eigen::MatrixXd B(kBalanced, static_cast<Eigen::Index>(paths.size()));
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (int l = 0; l < kLevelCount; ++l) {
      B.block<3, 1>(kAxes * l, static_cast<Eigen::Index>(i)) = paths[i].unit_D[static_cast<std::size_t>(l)].moment;
    }
  }
  return B;
}

/// Moment that disc, ligaments and facets carry about the reference disc centre: the generalised moment turned into a
/// physical one, and the force's arm from the displaced centre.
Vec3 passive_moment(const SegmentState& state, const Vec6& q) {
  const Mat3 Jt = left_jacobian(q.head<3>()).transpose();
  return Jt.partialPivLu().solve(Vec3(state.gradient.head<3>())) +
         Vec3(q.tail<3>()).cross(Vec3(state.gradient.tail<3>()));
}

Mat3 cross_matrix(const Vec3& v) {
  Mat3 m;
  m << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return m;
}

/// How a level's passive moment answers: to its rotation with the translations free to follow, and to the force it
/// carries with the rotation held. Derivatives of passive_moment; that of the Jacobian to second order in the rotation.
struct PassiveResponse {
  Mat3 by_rotation, by_force;
};
PassiveResponse passive_response(const SegmentState& state, const Vec6& q) {
  const Mat6& H = state.hessian;
  const Vec3 theta = q.head<3>(), g = state.gradient.head<3>();
  const Mat3 turned = left_jacobian(theta).transpose().inverse(), arm = cross_matrix(q.tail<3>());
  const Mat3 turning =
      -0.5 * cross_matrix(g) - (cross_matrix(theta.cross(g)) + cross_matrix(theta) * cross_matrix(g)) / 12;
  const Mat3 by_theta = turned * H.topLeftCorner<3, 3>() + turning + arm * H.bottomLeftCorner<3, 3>();
  const Mat3 by_shift =
      turned * H.topRightCorner<3, 3>() + arm * H.bottomRightCorner<3, 3>() - cross_matrix(state.gradient.tail<3>());
  const Mat3 by_force = H.bottomRightCorner<3, 3>().ldlt().solve(by_shift.transpose()).transpose();
  return {by_theta - by_force * H.bottomLeftCorner<3, 3>(), by_force};
}

Vec3 bounded(const Vec3& step, double longest) {
  return step.norm() > longest ? Vec3(step * (longest / step.norm())) : step;
}

}  // namespace

struct SpineModel::Parts {
  std::shared_ptr<const Subject> subject;
  std::vector<SegmentLaw> laws;
  Eigen::VectorXd weight;                                                        ///< PCSA over its mean
  std::array<std::array<double, kContourPoints>, kLevelCount> standing_bulge{};  ///< of healthy discs [m]
  std::array<Mat3, kLevelCount> follow;  ///< translation that follows a rotation at standing, to first order [m/rad]
  std::array<DiscShape, kLevelCount> shapes;  ///< of the discs' walls in standing: where searches start

  void set_reference();
  void finish(SpineState& state, const std::vector<MusclePath>& paths, const Eigen::VectorXd& forces,
              const std::array<SegmentState, kLevelCount>& segments, const NetLoads& net) const;
};

/// Gives the discs the shape in which standing balances: muscles hold the standing moments, the segments what force is
/// left.
void SpineModel::Parts::set_reference() {
  const TreeMotion standing;
  const BodyPoses poses = place_bodies(*subject, standing);
  const NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, standing, {}));
  const auto paths = muscle_paths(*subject, poses);
  const MuscleForces muscles = muscle_forces(*subject, paths);
  const Eigen::MatrixXd B = moment_matrix(paths);
  const Wrench pressure = abdominal_wrench(abdominal_pressure(-net[index(Level::L5S1)].moment.z()));
  RecruitmentProblem problem{B * muscles.per_activation.asDiagonal(), Eigen::VectorXd(kBalanced), weight, {}, 0};
  for (int l = 0; l < kLevelCount; ++l)
    problem.b.segment<3>(kAxes * l) = net[static_cast<std::size_t>(l)].moment + pressure.moment;
  problem.b -= B * muscles.base;
  const RecruitmentSolution recruited = recruit(problem);
  const Eigen::VectorXd forces = muscles.base + muscles.per_activation.cwiseProduct(recruited.activation);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    Vec6 load = Vec6::Zero();
    load.tail<3>() = net[l].force + pressure.force - muscle_force_sum(paths, forces, l);
    laws[l] = laws[l].with_reference(load);
    shapes[l] = {};
    const SegmentState now = laws[l].evaluate(Vec6::Zero(), &shapes[l]);
    follow[l] = -now.hessian.bottomRightCorner<3, 3>().ldlt().solve(now.hessian.bottomLeftCorner<3, 3>());
    MotionSegment untorn = subject->levels[l];
    untorn.tears.clear();
    const auto untorn_bulge = SegmentLaw(untorn).with_reference(load).evaluate(Vec6::Zero()).disc.bulge;
    MotionSegment healthy = untorn;
    healthy.nucleus_share = 1;
    healthy.disc.pfirrmann = 1;
    healthy.disc.height_anterior /= 1 - healthy.disc.height_loss;
    healthy.disc.height_posterior /= 1 - healthy.disc.height_loss;
    healthy.disc.height_loss = 0;
    standing_bulge[l] = SegmentLaw(healthy).with_reference(load).evaluate(Vec6::Zero()).disc.bulge;
    // A herniation's height is given at standing: what the torn wall bulges more there is part of it.
    for (std::size_t i = 0; i < kContourPoints; ++i) standing_bulge[l][i] += now.disc.bulge[i] - untorn_bulge[i];
  }
}

SpineModel::SpineModel(std::shared_ptr<const Subject> subject) {
  auto parts = std::make_unique<Parts>();
  parts->subject = std::move(subject);
  for (const MotionSegment& segment : parts->subject->levels) parts->laws.emplace_back(segment);
  const auto n = static_cast<Eigen::Index>(parts->subject->muscles.size());
  parts->weight.resize(n);
  for (Eigen::Index i = 0; i < n; ++i) parts->weight[i] = parts->subject->muscles[static_cast<std::size_t>(i)].pcsa;
  parts->weight /= parts->weight.mean();
  parts->set_reference();
  parts_ = std::move(parts);
}
SpineModel::SpineModel(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
SpineModel SpineModel::with_nucleus(const std::array<double, kLevelCount>& share) const {
  auto parts = std::make_unique<Parts>(*parts_);
  for (std::size_t l = 0; l < kLevelCount; ++l) parts->laws[l] = parts->laws[l].with_nucleus(share[l]);
  return SpineModel(std::move(parts));
}
SpineModel::~SpineModel() = default;
SpineModel::SpineModel(SpineModel&&) noexcept = default;
SpineModel& SpineModel::operator=(SpineModel&&) noexcept = default;

void SpineModel::Parts::finish(SpineState& state, const std::vector<MusclePath>& paths, const Eigen::VectorXd& forces,
                               const std::array<SegmentState, kLevelCount>& segments, const NetLoads& net) const {
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    LevelState& level = state.levels[l];
    const SegmentState& segment = segments[l];
    const Mat3 to_mid_plane = rotation_from_vector(0.5 * level.q.head<3>()).transpose();
    const Vec3 force = to_mid_plane * segment.gradient.tail<3>();
    const Vec3 moment =
        to_mid_plane *
        left_jacobian(level.q.head<3>()).transpose().partialPivLu().solve(Vec3(segment.gradient.head<3>()));
    level.compression = -force.y();
    level.shear_anterior = force.x();
    level.shear_right = force.z();
    level.moment_flexion = -moment.z();
    level.moment_right_bend = moment.x();
    level.moment_left_twist = moment.y();
    level.disc = segment.disc;
    for (std::size_t i = 0; i < kContourPoints; ++i)
      level.bulge_since_standing[i] = segment.disc.bulge[i] - standing_bulge[l][i];
    level.facet_force = segment.facet_force;
    level.ligament_force = segment.ligament_force;
    level.flavum_thickness = segment.flavum_thickness;
    level.net_D = net[l];
    for (std::size_t i = 0; i < paths.size(); ++i) {
      level.muscle_D.force += forces[static_cast<Eigen::Index>(i)] * paths[i].unit_D[l].force;
      level.muscle_D.moment += forces[static_cast<Eigen::Index>(i)] * paths[i].unit_D[l].moment;
    }
    const Wrench pressure = abdominal_wrench(state.abdominal_pressure);
    const Vec3 balance = net[l].moment + pressure.moment - level.muscle_D.moment - passive_moment(segment, level.q) -
                         state.unmet_moment[l];
    state.residual = std::max(state.residual, balance.cwiseAbs().maxCoeff());
  }
}

SpineState SpineModel::solve(const TreeMotion& motion, const BodyPoses& poses, const NetLoads& net) const {
  const Subject& subject = *parts_->subject;
  SpineState state;
  const auto paths = muscle_paths(subject, poses);
  const MuscleForces muscles = muscle_forces(subject, paths);
  const Eigen::MatrixXd B = moment_matrix(paths);
  state.abdominal_pressure = abdominal_pressure(-net[index(Level::L5S1)].moment.z());
  const Wrench pressure = abdominal_wrench(state.abdominal_pressure);
  const Eigen::VectorXd base_moment = B * muscles.base;

  std::array<Vec3, kLevelCount> share;
  std::array<SegmentState, kLevelCount> segments;
  std::array<DiscShape, kLevelCount> shapes = parts_->shapes;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const Body upper = body_of(upper_vertebra(static_cast<Level>(l)));
    share[l] = vector_from_rotation(motion.joints[static_cast<std::size_t>(index(upper))].rotation());
    state.levels[l].q.head<3>() = share[l];
    state.levels[l].q.tail<3>() = parts_->follow[l] * share[l];
    segments[l] = parts_->laws[l].evaluate(state.levels[l].q, &shapes[l]);
  }

  RecruitmentProblem problem{Eigen::MatrixXd(kBalanced, B.cols()), Eigen::VectorXd(kBalanced), parts_->weight,
                             Eigen::MatrixXd::Zero(kBalanced, kBalanced), 1 / (kDeviationSpread * kDeviationSpread)};
  const Eigen::MatrixXd U = force_matrix(paths);
  RecruitmentSolution recruited;
  Eigen::VectorXd forces = muscles.base;
  Eigen::VectorXd carried(kBalanced);  // force that each level's tissues carry now
  for (std::size_t l = 0; l < kLevelCount; ++l) carried.segment<3>(kAxes * l) = segments[l].gradient.tail<3>();
  state.convergence.converged = false;
  double change = 1;
  for (int& iteration = state.convergence.iterations; iteration < kMostIterations; ++iteration) {
    // Linearise the passive moments about the current state, in the rotations and in the force that muscles add.
    std::array<PassiveResponse, kLevelCount> response;
    for (int l = 0; l < kLevelCount; ++l) {
      const auto k = static_cast<std::size_t>(l);
      response[k] = passive_response(segments[k], state.levels[k].q);
      const Mat3& K = response[k].by_rotation;
      const Mat3& G = response[k].by_force;
      problem.K.block<3, 3>(kAxes * l, kAxes * l) = K;
      problem.A.middleRows<3>(kAxes * l) = B.middleRows<3>(kAxes * l) - G * U.middleRows<3>(kAxes * l);
      const Vec3 at_rest = net[k].force + pressure.force - U.middleRows<3>(kAxes * l) * muscles.base;
      problem.b.segment<3>(kAxes * l) = net[k].moment + pressure.moment - base_moment.segment<3>(kAxes * l) -
                                        passive_moment(segments[k], state.levels[k].q) + K * state.levels[k].deviation -
                                        G * (at_rest - carried.segment<3>(kAxes * l));
    }
    problem.A = problem.A * muscles.per_activation.asDiagonal();
    const Eigen::VectorXd previous = recruited.multiplier;
    recruited = recruit(problem, iteration > 0 ? &previous : nullptr,
                        change > kRoughChange ? kRoughRecruitment : kRecruitmentTolerance);
    forces = muscles.base + muscles.per_activation.cwiseProduct(recruited.activation);
    const double tolerance = change > kRoughChange ? kRoughShape : DiscShape{}.tolerance;
    change = 0;
    for (int l = 0; l < kLevelCount; ++l) {
      const auto k = static_cast<std::size_t>(l);
      shapes[k].tolerance = tolerance;
      LevelState& level = state.levels[k];
      const Vec3 turn = recruited.deviation.segment<3>(kAxes * l) - level.deviation;
      const Vec3 deviation = level.deviation + bounded(turn, kLongestTurn);
      const Vec3 target = net[k].force + pressure.force - U.middleRows<3>(kAxes * l) * forces;
      const Vec3 expected = passive_moment(segments[k], level.q) +
                            response[k].by_rotation * (deviation - level.deviation) +
                            response[k].by_force * (target - carried.segment<3>(kAxes * l));
      const Mat6& hessian = segments[k].hessian;
      // The translations follow rotation and force to first order; the next round corrects them.
      level.q.tail<3>() += bounded(hessian.bottomRightCorner<3, 3>().ldlt().solve(
                                       target - carried.segment<3>(kAxes * l) -
                                       hessian.bottomLeftCorner<3, 3>() * (deviation - level.deviation)),
                                   kLongestStep);
      level.deviation = deviation;
      level.q.head<3>() = share[k] + deviation;
      segments[k] = parts_->laws[k].evaluate(level.q, &shapes[k]);
      carried.segment<3>(kAxes * l) = segments[k].gradient.tail<3>();
      change = std::max({change, (passive_moment(segments[k], level.q) - expected).cwiseAbs().maxCoeff(),
                         kForceArm * (carried.segment<3>(kAxes * l) - target).norm()});
    }
    state.convergence.residual = change;
    if (change < kMomentTolerance && tolerance < kRoughShape) {
      state.convergence.converged = recruited.convergence.converged;
      state.convergence.reason = recruited.convergence.reason;
      break;
    }
  }
  if (!state.convergence.converged && state.convergence.reason.empty())
    state.convergence.reason = "muscles and passive tissues did not settle";

  state.strength_suffices = recruited.strength_suffices;
  for (int l = 0; l < kLevelCount; ++l)
    state.unmet_moment[static_cast<std::size_t>(l)] = recruited.unmet.segment<3>(kAxes * l);
  for (Eigen::Index i = 0; i < forces.size(); ++i) {
    state.activation.push_back(kTone + (1 - kTone) * recruited.activation[i]);
    state.muscle_force.push_back(forces[i]);
  }
  parts_->finish(state, paths, forces, segments, net);

  // Bones with their translations and deviations; what sits on L1 moves along, pelvis and legs stay.
  state.poses = poses;
  for (int l = kLevelCount - 1; l >= 0; --l) {
    const auto k = static_cast<std::size_t>(l);
    const Body upper = body_of(upper_vertebra(static_cast<Level>(l))),
               lower = body_of(lower_vertebra(static_cast<Level>(l)));
    state.poses[static_cast<std::size_t>(index(upper))] =
        state.poses[static_cast<std::size_t>(index(lower))] * upper_in_lower(subject.levels[k], state.levels[k].q);
  }
  const Pose shift = state.poses[static_cast<std::size_t>(index(Body::L1))] *
                     poses[static_cast<std::size_t>(index(Body::L1))].inverse();
  for (std::size_t b = static_cast<std::size_t>(index(Body::Thorax));
       b <= static_cast<std::size_t>(index(Body::HandRight)); ++b) {
    state.poses[b] = shift * poses[b];
  }
  return state;
}

}  // namespace foramen
