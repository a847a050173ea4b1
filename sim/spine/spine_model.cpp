#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/units.h"
#include "sim/spine/abdominal_pressure.h"
#include "sim/spine/muscle_paths.h"
#include "sim/spine/recruitment.h"
#include "sim/spine/spine.h"
#include "sim/spine/spine_search.h"
#include "sim/tissue/muscle.h"
#include "sim/tissue/segment.h"

namespace foramen {

namespace {

constexpr int kAxes = 3;
constexpr int kBalanced = kAxes * kLevelCount;
/// Activation that upright muscles keep (tone 1–2 %).
constexpr double kTone = 0.01;
/// What strength lacks means something only where the search came nearer to its end than this [N·m].
constexpr double kNearEnough = 0.1;

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
  [[nodiscard]] BodyPoses displaced(const BodyPoses& poses, const SpineState& state) const;
};

bool is_healthy(const MotionSegment& segment) {
  return segment.tears.empty() && segment.nucleus_share == 1 && segment.disc.pfirrmann == 1 &&
         segment.disc.height_loss == 0;
}

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
    standing_bulge[l] = now.disc.bulge;
    MotionSegment untorn = subject->levels[l];
    if (is_healthy(untorn)) continue;
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

/// Bones with their translations and deviations; what sits on L1 moves along, pelvis and legs stay.
BodyPoses SpineModel::Parts::displaced(const BodyPoses& poses, const SpineState& state) const {
  BodyPoses moved = poses;
  for (int l = kLevelCount - 1; l >= 0; --l) {
    const auto k = static_cast<std::size_t>(l);
    const Body upper = body_of(upper_vertebra(static_cast<Level>(l))),
               lower = body_of(lower_vertebra(static_cast<Level>(l)));
    moved[static_cast<std::size_t>(index(upper))] =
        moved[static_cast<std::size_t>(index(lower))] * upper_in_lower(subject->levels[k], state.levels[k].q);
  }
  const auto first = static_cast<std::size_t>(index(Body::L1));
  const Pose shift = moved[first] * poses[first].inverse();
  for (std::size_t b = static_cast<std::size_t>(index(Body::Thorax));
       b <= static_cast<std::size_t>(index(Body::HandRight)); ++b) {
    moved[b] = shift * poses[b];
  }
  return moved;
}

SpineState SpineModel::solve(const TreeMotion& motion, const BodyPoses& poses, const NetLoads& net) const {
  SpineState state;
  const auto paths = muscle_paths(*parts_->subject, poses);
  MuscleForces muscles = muscle_forces(*parts_->subject, paths);
  state.abdominal_pressure = abdominal_pressure(-net[index(Level::L5S1)].moment.z());
  const Wrench pressure = abdominal_wrench(state.abdominal_pressure);

  SpineDemand demand{.unit_moment = moment_matrix(paths),
                     .unit_force = force_matrix(paths),
                     .base = std::move(muscles.base),
                     .per_activation = std::move(muscles.per_activation),
                     .weight = parts_->weight,
                     .moment = {},
                     .force = {},
                     .share = {}};
  std::array<Vec3, kLevelCount> translation;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const Body upper = body_of(upper_vertebra(static_cast<Level>(l)));
    demand.share[l] = vector_from_rotation(motion.joints[static_cast<std::size_t>(index(upper))].rotation());
    demand.moment[l] = net[l].moment + pressure.moment;
    demand.force[l] = net[l].force + pressure.force;
    translation[l] = parts_->follow[l] * demand.share[l];
  }
  SpineSearch search(parts_->laws, demand, translation, parts_->shapes);
  state.convergence = search.run();

  for (std::size_t l = 0; l < kLevelCount; ++l) {
    state.levels[l].q = search.q(l);
    state.levels[l].deviation = search.deviation(l);
    state.unmet_moment[l].setZero();
  }
  const RecruitmentSolution& recruited = search.recruited();
  if (state.convergence.residual < kNearEnough) {
    state.strength_suffices = recruited.strength_suffices;
    for (int l = 0; l < kLevelCount; ++l)
      state.unmet_moment[static_cast<std::size_t>(l)] = recruited.unmet.segment<3>(kAxes * l);
  }
  for (Eigen::Index i = 0; i < search.tensions().size(); ++i) {
    state.activation.push_back(kTone + (1 - kTone) * recruited.activation[i]);
    state.muscle_force.push_back(search.tensions()[i]);
  }
  parts_->finish(state, paths, search.tensions(), search.segments(), net);
  state.poses = parts_->displaced(poses, state);
  return state;
}

}  // namespace foramen
