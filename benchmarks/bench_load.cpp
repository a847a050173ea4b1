// Reading the tables (once per program) and building one person (once per run, thousands of times per study).

#include <benchmark/benchmark.h>

#include "sim/anatomy/subject.h"
#include "sim/base/csv.h"

namespace {

using namespace foramen;

void LoadTables(benchmark::State& state) {
  const auto data = data_directory();
  for (auto _ : state) benchmark::DoNotOptimize(load_anatomy(data));
}
BENCHMARK(LoadTables)->Unit(benchmark::kMillisecond);

void BuildSubject(benchmark::State& state) {
  const auto tables = load_anatomy(data_directory());
  for (auto _ : state) benchmark::DoNotOptimize(build_subject(*tables, SubjectDescription{}));
}
BENCHMARK(BuildSubject)->Unit(benchmark::kMillisecond);

}  // namespace
