#include "sim/spine/standing_reference.h"

#include <algorithm>

#include "sim/body/kinematics.h"
#include "sim/spine/abdominal_pressure.h"
#include "sim/spine/muscle_paths.h"
#include "sim/spine/passive_response.h"
#include "sim/spine/recruitment.h"

namespace foramen {

namespace {

constexpr int kAxes = 3;
constexpr int kBalanced = kAxes * kLevelCount;
/// Found where no segment's force changes by more than this [N] (twice what segments are solved to); rounds square it.
constexpr double kTolerance = 2e-4;
constexpr double kMomentTolerance = 1e-6;  ///< of the recruitment [N·m]
constexpr int kMostRounds = 30;

/// The specimens without what has grown across them: a bridge of bone is unstressed in standing.
std::vector<SegmentLaw> unbridged_laws(const Subject& subject) {
  std::vector<SegmentLaw> laws;
  for (MotionSegment segment : subject.levels) {
    segment.fused = false;
    laws.emplace_back(segment);
  }
  return laws;
}

/// What each level has to carry in standing, abdominal pressure included; with which muscles.
struct Standing {
  std::vector<MusclePath> paths;
  MuscleForces muscles;
  NetLoads load;
  double weight = 0, hoop_moment = 0;

  Standing(const Subject& subject, const MuscleBelt& belt, const SpineOptions& options) {
    const TreeMotion upright;
    const BodyPoses poses = place_bodies(subject, upright);
    load = net_loads(subject, poses, joint_wrenches(subject, upright, {}));
    paths = muscle_paths(subject, poses);
    muscles = belt.forces(paths, 1, options.antagonist_floor);
    weight = -load[index(Level::L5S1)].force.y();
    const double pressure = abdominal_pressure(-load[index(Level::L5S1)].moment.z());
    hoop_moment = subject.wall.radius * hoop_tension(subject.wall, pressure);
    for (Wrench& level : load) level += abdominal_wrench(pressure);
  }
};

}  // namespace

StandingReference rest_in_standing(const Subject& subject, const MuscleBelt& belt, const SpineOptions& options) {
  const std::vector<SegmentLaw> laws = unbridged_laws(subject);
  const Standing standing(subject, belt, options);
  StandingReference reference{{}, standing.weight};
  for (const SegmentLaw& law : laws) reference.segments.push_back(solve_segment(law, Vec6::Zero()));

  const MuscleForces& muscles = standing.muscles;
  const Eigen::MatrixXd unit_moment = unit_moments(standing.paths), unit_force = unit_forces(standing.paths);
  RecruitmentProblem problem{Eigen::MatrixXd(kBalanced + 1, muscles.base.size()),
                             Eigen::VectorXd(kBalanced + 1),
                             belt.weight(),
                             {},
                             Vec3::Zero(),
                             options.power,
                             1};
  Eigen::VectorXd multiplier = Eigen::VectorXd::Zero(kBalanced + 1);
  double change = 1;
  for (int round = 0; round < kMostRounds && change > kTolerance; ++round) {
    for (int l = 0; l < kLevelCount; ++l) {
      const auto k = static_cast<std::size_t>(l);
      const SegmentState& tissue = reference.segments[k].state;
      const Mat3 by_force = passive_response(tissue, Vec6::Zero()).by_force;
      const Eigen::MatrixXd answered =
          unit_moment.middleRows<3>(kAxes * l) - by_force * unit_force.middleRows<3>(kAxes * l);
      problem.A.middleRows<3>(kAxes * l) = answered;
      problem.b.segment<3>(kAxes * l) = standing.load[k].moment - passive_moment(tissue, Vec6::Zero()) -
                                        by_force * (standing.load[k].force - tissue.gradient.tail<3>()) -
                                        answered * muscles.base;
    }
    problem.A.row(kBalanced) = belt.hoop();
    problem.b[kBalanced] = standing.hoop_moment - belt.hoop().dot(muscles.base);
    problem.A = problem.A * muscles.per_activation.asDiagonal();
    const RecruitmentSolution recruited = recruit(problem, &multiplier, kMomentTolerance);
    multiplier = recruited.multiplier;
    const Eigen::VectorXd tension = muscles.base + muscles.per_activation.cwiseProduct(recruited.activation);
    change = 0;
    for (int l = 0; l < kLevelCount; ++l) {
      const auto k = static_cast<std::size_t>(l);
      const Vec3 force = standing.load[k].force - unit_force.middleRows<3>(kAxes * l) * tension;
      change = std::max(change, (force - reference.segments[k].state.gradient.tail<3>()).norm());
      reference.segments[k] = solve_translation(laws[k], reference.segments[k], force);
    }
  }
  return reference;
}

}  // namespace foramen
