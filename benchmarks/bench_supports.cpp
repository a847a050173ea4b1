// The whole body at one instant on each kind of support: kinematics, what carries it, net loads of all levels.

#include <benchmark/benchmark.h>

#include "sim/base/csv.h"
#include "sim/motion/motion.h"

namespace {

using namespace foramen;

void WholeBodyOnSupport(benchmark::State& state, const char* posture) {
  static const auto subject =
      std::make_shared<const Subject>(build_subject(*load_anatomy(data_directory()), SubjectDescription{}));
  static const PostureLibrary postures = load_postures(data_directory());
  Scenario scenario;
  Keyframe keyframe;
  keyframe.posture = posture;
  scenario.motion.keyframes = {keyframe};
  const Motion motion(subject, postures, scenario);
  for (auto _ : state) {
    const Instant instant = motion.at(0);
    benchmark::DoNotOptimize(
        net_loads(*subject, instant.poses, joint_wrenches(*subject, instant.tree, instant.external)));
  }
  state.SetLabel(std::to_string(motion.at(0).supports.size()) + " pushes");
}
BENCHMARK_CAPTURE(WholeBodyOnSupport, standing, "standing")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(WholeBodyOnSupport, seat, "sitting_upright")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(WholeBodyOnSupport, backrest, "sitting_backrest_110")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(WholeBodyOnSupport, forearms, "side_bridge")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(WholeBodyOnSupport, hands_and_knees, "hands_and_knees")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(WholeBodyOnSupport, bed, "supine")->Unit(benchmark::kMicrosecond);

}  // namespace
