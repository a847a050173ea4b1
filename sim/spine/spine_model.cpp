#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/units.h"
#include "sim/spine/abdominal_pressure.h"
#include "sim/spine/muscle_forces.h"
#include "sim/spine/muscle_paths.h"
#include "sim/spine/passive_response.h"
#include "sim/spine/spine.h"
#include "sim/spine/spine_search.h"
#include "sim/spine/standing_reference.h"
#include "sim/tissue/segment.h"

namespace foramen {

namespace {

constexpr int kAxes = 3;
/// What strength lacks means something only where the search came nearer to its end than this [N·m].
constexpr double kNearEnough = 0.1;

/// Rotation of a level by its published share [rad].
Vec3 level_rotation(const TreeMotion& motion, std::size_t level) {
  const Body upper = body_of(upper_vertebra(static_cast<Level>(level)));
  return vector_from_rotation(motion.joints[static_cast<std::size_t>(index(upper))].rotation());
}

}  // namespace

struct SpineModel::Parts {
  std::shared_ptr<const Subject> subject;
  SpineOptions options;
  MuscleBelt belt;
  std::vector<SegmentLaw> laws;
  double standing_weight = 0;  ///< that L5–S1 carries in standing [N]
  std::array<std::array<double, kContourPoints>, kLevelCount> standing_bulge{};  ///< of healthy discs [m]
  std::array<Mat3, kLevelCount> follow;  ///< translation that follows a rotation at standing, to first order [m/rad]
  std::array<DiscShape, kLevelCount> shapes;  ///< of the discs' walls in standing: where searches start

  Parts(std::shared_ptr<const Subject> person, const SpineOptions& chosen)
      : subject(std::move(person)), options(chosen), belt(subject) {}

  void set_reference();
  void set_standing_bulge(std::size_t level, const SegmentSolution& standing);
  [[nodiscard]] Vec3 held_moment(std::size_t level, const Vec3& rotation, const Vec3& force) const;
  void finish(SpineState& state, const std::vector<MusclePath>& paths, const Eigen::VectorXd& forces,
              const std::array<SegmentState, kLevelCount>& segments, const NetLoads& net) const;
  [[nodiscard]] BodyPoses displaced(const BodyPoses& poses, const SpineState& state) const;
};

bool is_healthy(const MotionSegment& segment) {
  return segment.tears.empty() && segment.nucleus_share == 1 && segment.disc.pfirrmann == 1 &&
         segment.disc.height_loss == 0;
}

/// Passive moment of a level held at a rotation [rad] that carries a force [N], nearly: its translation is searched in
/// a few bounded steps, the last of them taken along the tangent. Nothing where the tissues give no finite answer so
/// far from rest: the search for the whole spine's balance says what becomes of such a frame.
Vec3 SpineModel::Parts::held_moment(std::size_t level, const Vec3& rotation, const Vec3& force) const {
  constexpr int kSteps = 4;
  constexpr double kLongestStep = 1e-3;  // [m]
  constexpr double kTangent = 30;        // nearer than this the tangent misses by hundredths of a N·m [N]
  Vec6 q;
  q << rotation, follow[level] * rotation;
  DiscShape shape = shapes[level];
  SegmentState state = laws[level].evaluate(q, &shape);
  Vec3 lacking, step;
  for (int i = 0;; ++i) {
    lacking = force - state.gradient.tail<3>();
    step = state.hessian.bottomRightCorner<3, 3>().ldlt().solve(lacking);
    if (!step.allFinite()) return Vec3::Zero();
    step *= std::min(1.0, kLongestStep / step.norm());
    if (i == kSteps || lacking.norm() < kTangent) break;
    q.tail<3>() += step;
    state = laws[level].evaluate(q, &shape);
  }
  q.tail<3>() += step;
  state.gradient += state.hessian.rightCols<3>() * step;
  return passive_moment(state, q);
}

/// A herniation's height is given at standing: what the torn wall bulges more there is part of it. What degeneration
/// adds is not: it counts as bulge.
void SpineModel::Parts::set_standing_bulge(std::size_t level, const SegmentSolution& standing) {
  const Mat6& hessian = standing.state.hessian;
  follow[level] = -hessian.bottomRightCorner<3, 3>().ldlt().solve(hessian.bottomLeftCorner<3, 3>());
  standing_bulge[level] = standing.state.disc.bulge;
  MotionSegment untorn = subject->levels[level];
  if (is_healthy(untorn)) return;
  const Vec3 force = standing.state.gradient.tail<3>();
  const auto bulge_of = [&](const MotionSegment& segment) {
    const SegmentLaw law(segment);
    SegmentSolution start;
    start.q.head<3>() = standing.q.head<3>();
    start.state = law.evaluate(start.q, &start.shape);
    return solve_translation(law, start, force).state.disc.bulge;
  };
  untorn.tears.clear();
  untorn.fused = false;
  const auto untorn_bulge = bulge_of(untorn);
  MotionSegment healthy = untorn;
  healthy.nucleus_share = 1;
  healthy.disc.pfirrmann = 1;
  healthy.disc.height_anterior /= 1 - healthy.disc.height_loss;
  healthy.disc.height_posterior /= 1 - healthy.disc.height_loss;
  healthy.disc.height_loss = 0;
  standing_bulge[level] = bulge_of(healthy);
  for (std::size_t i = 0; i < kContourPoints; ++i)
    standing_bulge[level][i] += standing.state.disc.bulge[i] - untorn_bulge[i];
}

/// Gives the discs the shape in which standing balances.
void SpineModel::Parts::set_reference() {
  const StandingReference standing = rest_in_standing(*subject, belt, options);
  standing_weight = standing.weight;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    laws[l] = laws[l].with_reference(standing.segments[l]);
    shapes[l] = standing.segments[l].shape;
    set_standing_bulge(l, standing.segments[l]);
  }
}

SpineModel::SpineModel(std::shared_ptr<const Subject> subject, const SpineOptions& options) {
  auto parts = std::make_unique<Parts>(std::move(subject), options);
  for (const MotionSegment& segment : parts->subject->levels) parts->laws.emplace_back(segment);
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

std::array<Vec3, kLevelCount> SpineModel::moments_at_rest(const TreeMotion& motion, const BodyPoses& poses,
                                                          const NetLoads& net) const {
  const auto paths = muscle_paths(*parts_->subject, poses);
  const double upright = -net[index(Level::L5S1)].force.y() / parts_->standing_weight;
  const Eigen::VectorXd base = parts_->belt.forces(paths, upright, parts_->options.antagonist_floor).base;
  const Wrench pressure = abdominal_wrench(abdominal_pressure(0));
  std::array<Vec3, kLevelCount> rest;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    Wrench muscles;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      muscles.force += base[static_cast<Eigen::Index>(i)] * paths[i].unit_D[l].force;
      muscles.moment += base[static_cast<Eigen::Index>(i)] * paths[i].unit_D[l].moment;
    }
    const Vec3 share = level_rotation(motion, l);
    const Vec3 pressing(0, std::min(0.0, net[l].force.y()), 0);
    const Vec3 carried = pressing + pressure.force - muscles.force;
    rest[l] = parts_->held_moment(l, share, carried) + muscles.moment - pressure.moment;
  }
  return rest;
}

SpineState SpineModel::solve(const TreeMotion& motion, const BodyPoses& poses, const NetLoads& net,
                             const OtherTasks& others) const {
  SpineState state;
  const auto paths = muscle_paths(*parts_->subject, poses);
  const Wrench& lowest = net[index(Level::L5S1)];
  // Muscles of a back that leans on something fall silent: their activity falls when the back is supported, the more the
  // farther the backrest leans (Andersson et al. 1975 Orthop Clin North Am 6:105).
  const double upright = (1 - others.rest) * -lowest.force.y() / parts_->standing_weight;
  MuscleForces muscles = parts_->belt.forces(paths, upright, parts_->options.antagonist_floor);
  const double most = parts_->belt.most_pressure(muscles), raised = abdominal_pressure(-lowest.moment.z());
  state.abdominal_pressure = std::min(std::max(raised, others.held_pressure), most);
  parts_->belt.press(std::max(0.0, state.abdominal_pressure - raised), muscles);
  parts_->belt.flex_hips(others.hip_flexion, muscles);
  const Wrench pressure = abdominal_wrench(state.abdominal_pressure);

  SpineDemand demand{
      .unit_moment = unit_moments(paths),
      .unit_force = unit_forces(paths),
      .base = muscles.base,
      .per_activation = muscles.per_activation,
      .weight = parts_->belt.weight(others.activity),
      .moment = {},
      .force = {},
      .share = {},
      .rest = others.rest,
      .power = parts_->options.power,
      .preferred = parts_->belt.preferred(others.activity, muscles),
      .hoop = parts_->belt.hoop(),
      .hoop_moment = parts_->subject->wall.radius * hoop_tension(parts_->subject->wall, state.abdominal_pressure)};
  std::array<Vec3, kLevelCount> translation;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    demand.share[l] = level_rotation(motion, l);
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
    state.strength_used = search.strength_used();
    for (int l = 0; l < kLevelCount; ++l)
      state.unmet_moment[static_cast<std::size_t>(l)] = recruited.unmet.segment<3>(kAxes * l);
  }
  const auto activation = [&](Eigen::Index i) {
    return muscles.least[i] + (1 - muscles.least[i]) * recruited.activation[i];
  };
  const auto fascicles = static_cast<Eigen::Index>(paths.size());
  for (Eigen::Index i = 0; i < fascicles; ++i) {
    state.activation.push_back(activation(i));
    state.muscle_force.push_back(search.tensions()[i]);
  }
  state.transversus_activation = activation(fascicles);
  if (demand.preferred.size() > 0) {
    const Eigen::VectorXd all = muscles.least.array() + (1 - muscles.least.array()) * recruited.activation.array();
    state.activity_departure = parts_->belt.departure(others.activity, all);
  }
  parts_->finish(state, paths, search.tensions(), search.segments(), net);
  state.poses = parts_->displaced(poses, state);
  return state;
}

}  // namespace foramen
