// Dragging the hands: reaching with the whole body from a posture nearby, and from afar.

#include <benchmark/benchmark.h>

#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/motion/body_reach.h"
#include "sim/motion/motion.h"

namespace {

using namespace foramen;

struct Reacher {
  Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  PostureLibrary library = load_postures(data_directory());
};

const Reacher& reacher() {
  static const Reacher value;
  return value;
}

/// Both grips at a place in front of the feet [m].
ReachRequest towards(const PostureAngles& start, double forward, double up) {
  const auto& [subject, library] = reacher();
  ReachRequest request = reach_from(start, library.limits, lumbar_shares(SolverOptions{}));
  request.hands = {Vec3(forward, up, -0.18), Vec3(forward, up, 0.18)};
  return request;
}

ReachResult reached(const ReachRequest& request) {
  ReachResult result = reach_with_body(reacher().subject, reacher().library.limits, request);
  if (result.status != ReachStatus::Reached) throw std::runtime_error("bench_reach: the hands did not arrive");
  return result;
}

/// The hands move on by 2 cm, as from one picture of a drag to the next.
void ReachFromNearby(benchmark::State& state) {
  const PostureAngles bent = reacher().library.find("stoop_reach")->second.angles;
  ReachRequest request = towards(bent, 0.37, 0.17);
  request.start = reached(towards(bent, 0.35, 0.15)).angles;
  for (auto _ : state) benchmark::DoNotOptimize(reached(request));
}
BENCHMARK(ReachFromNearby)->Unit(benchmark::kMicrosecond);

void ReachFromStanding(benchmark::State& state) {
  const ReachRequest request = towards(PostureAngles{}, 0.35, 0.3);
  for (auto _ : state) benchmark::DoNotOptimize(reached(request));
}
BENCHMARK(ReachFromStanding)->Unit(benchmark::kMicrosecond);

}  // namespace
