// Passive tissues, one thread: one disc, one segment, and a whole passive spine in equilibrium.

#include <benchmark/benchmark.h>

#include "sim/base/csv.h"
#include "sim/spine/test_bench.h"

namespace {

using namespace foramen;

const Subject& man() {
  static const Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  return subject;
}
const MotionSegment& l4l5() {
  return man().levels[static_cast<std::size_t>(index(Level::L4L5))];
}
Vec6 bent(int i) {
  Vec6 q;
  q << 0.01, 0.02, -0.05 - 1e-4 * (i % 7), 0.2e-3, -0.6e-3 - 1e-6 * (i % 5), 0.1e-3;
  return q;
}

void DiscFromRest(benchmark::State& state) {
  const DiscLaw disc(l4l5().disc);
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(disc.evaluate(bent(++i)));
  state.SetLabel("wrench, stiffness, pressure, contour; the wall's shape found from rest");
}
BENCHMARK(DiscFromRest)->Unit(benchmark::kMicrosecond);

void DiscFromNearby(benchmark::State& state) {
  const DiscLaw disc(l4l5().disc);
  DiscShape shape;
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(disc.evaluate(bent(++i), &shape));
  state.SetLabel("as in an equilibrium's steps; required: at most 30 µs");
}
BENCHMARK(DiscFromNearby)->Unit(benchmark::kMicrosecond);

void SegmentFromNearby(benchmark::State& state) {
  const SegmentLaw law(l4l5());
  DiscShape shape;
  int i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(law.evaluate(bent(++i), &shape));
  state.SetLabel("disc, ligaments, facets");
}
BENCHMARK(SegmentFromNearby)->Unit(benchmark::kMicrosecond);

void PassiveSpine(benchmark::State& state) {
  const TestBench bench(man(), Level::L1L2, Level::L5S1);
  for (auto _ : state) benchmark::DoNotOptimize(bench.solve({.flexion = 7.5, .follower = 500}));
  state.SetLabel("L1-S1, 7.5 N m and 500 N, from the unloaded shape; required: at most 0.5 ms");
}
BENCHMARK(PassiveSpine)->Unit(benchmark::kMillisecond);

}  // namespace
