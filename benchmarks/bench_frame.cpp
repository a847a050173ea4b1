// One instant through its stages, and a whole lift. One thread unless the name says otherwise.

#include <benchmark/benchmark.h>

#include "sim/base/csv.h"
#include "sim/run/simulate.h"
#include "sim/spine/muscle_forces.h"
#include "sim/spine/muscle_paths.h"
#include "sim/spine/recruitment.h"
#include "sim/tissue/muscle.h"

namespace {

using namespace foramen;

/// The stoop lift with a herniation: every stage has work to do.
struct Lift {
  Scenario scenario = read_scenario(FORAMEN_SOURCE_DIR "/scenarios/herniation_l4l5_left.toml");
  std::filesystem::path data = data_directory();
  Person person = make_person(scenario.subject, data);
  Motion motion{person.subject, load_postures(data), scenario};
  /// Mid-lift: bent forward with the load in hand.
  double time = 0.5 * (motion.start() + motion.end());
};

const Lift& lift() {
  static const Lift value;
  return value;
}

void MotionAtInstant(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(lift().motion.at(lift().time));
}
BENCHMARK(MotionAtInstant)->Unit(benchmark::kMicrosecond);

void BodyNetLoads(benchmark::State& state) {
  const Instant instant = lift().motion.at(lift().time);
  for (auto _ : state) {
    const BodyPoses poses = place_bodies(*lift().person.subject, instant.tree);
    benchmark::DoNotOptimize(net_loads(*lift().person.subject, poses,
                                       joint_wrenches(*lift().person.subject, instant.tree, instant.external)));
  }
}
BENCHMARK(BodyNetLoads)->Unit(benchmark::kMicrosecond);

/// What electrodes might find in that instant; in the order of ActivityGroup, left and right alike.
MuscleActivity some_activity() {
  MuscleActivity measured{};
  constexpr std::array kPercent{0, 5, 8, 10, 6, 40, 35, 45, 15, 5};
  for (std::size_t group = 0; group < measured.size(); ++group) measured[group].fill(0.01 * kPercent[group]);
  return measured;
}

/// The muscles' share of the work at that instant: activations that balance the net moments of all levels; `measured`:
/// and follow the measured activity of nearly every muscle.
void recruitment(benchmark::State& state, bool measured) {
  const Frame frame = solve_frame(lift().person, lift().motion, lift().time);
  const Subject& subject = *lift().person.subject;
  const auto paths = muscle_paths(subject, frame.instant.poses);
  const auto n = static_cast<Eigen::Index>(paths.size());
  RecruitmentProblem problem{Eigen::MatrixXd(3 * kLevelCount, n), Eigen::VectorXd(3 * kLevelCount), Eigen::VectorXd(n),
                             Eigen::MatrixXd::Identity(3 * kLevelCount, 3 * kLevelCount) * 120, Vec3::Constant(1500)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const MuscleFascicle& muscle = subject.muscles[static_cast<std::size_t>(i)];
    const double force = fascicle_force(muscle, paths[static_cast<std::size_t>(i)].length, subject.specific_tension,
                                        subject.passive_stress)
                             .per_activation;
    for (int l = 0; l < kLevelCount; ++l)
      problem.A.block<3, 1>(3 * l, i) =
          force * paths[static_cast<std::size_t>(i)].unit_D[static_cast<std::size_t>(l)].moment;
    problem.weight[i] = muscle.pcsa / 1e-4;
  }
  for (int l = 0; l < kLevelCount; ++l)
    problem.b.segment<3>(3 * l) = 0.6 * frame.net[static_cast<std::size_t>(l)].moment;
  if (measured) {
    const MuscleBelt belt(lift().person.subject);
    problem.preferred = belt.preferred(some_activity(), belt.forces(paths, 1, 0)).head(n);
    problem.weight = belt.weight(some_activity()).head(n);
  }
  for (auto _ : state) benchmark::DoNotOptimize(recruit(problem));
  state.SetLabel(std::to_string(n) + " fascicles, 15 axes, from nothing");
}
void Recruitment(benchmark::State& state) {
  recruitment(state, false);
}
BENCHMARK(Recruitment)->Unit(benchmark::kMicrosecond);

void RecruitmentMeasured(benchmark::State& state) {
  recruitment(state, true);
}
BENCHMARK(RecruitmentMeasured)->Unit(benchmark::kMicrosecond);

void SpineEquilibrium(benchmark::State& state) {
  const Frame frame = solve_frame(lift().person, lift().motion, lift().time);
  for (auto _ : state) {
    benchmark::DoNotOptimize(lift().person.spine.solve(frame.instant.tree, frame.instant.poses, frame.net));
  }
}
BENCHMARK(SpineEquilibrium)->Unit(benchmark::kMillisecond);

void AllRoots(benchmark::State& state) {
  const Frame frame = solve_frame(lift().person, lift().motion, lift().time);
  for (auto _ : state) benchmark::DoNotOptimize(lift().person.nerve.solve(frame.spine, frame.instant.angles));
  state.SetLabel("12 roots, 10 foramina and 5 canals; required of the roots: at most 0.8 ms");
}
BENCHMARK(AllRoots)->Unit(benchmark::kMillisecond);

void WholeFrame(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(solve_frame(lift().person, lift().motion, lift().time));
  state.SetLabel("motion, body, spine, all 12 roots; required: at most 5 ms");
}
BENCHMARK(WholeFrame)->Unit(benchmark::kMillisecond);

void WholeLift(benchmark::State& state) {
  RunOptions options;
  options.threads = static_cast<int>(state.range(0));
  std::size_t frames = 0;
  for (auto _ : state) frames = simulate(lift().scenario, options).frames.size();
  state.SetLabel(std::to_string(frames) + " frames, tables and person included");
}
BENCHMARK(WholeLift)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
