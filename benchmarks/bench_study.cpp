// A study of static runs, store included: runs per second at 1,000 and 10,000 runs, on one and two threads, and the
// memory it needs.

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sim/base/csv.h"
#include "sim/study/study.h"

namespace {

namespace fs = std::filesystem;

void StaticStudy(benchmark::State& state) {
  const fs::path folder = fs::temp_directory_path() / ("foramen_bench_study_" + std::to_string(getpid()));
  const std::string text =
      "[study]\nbase = \"standing.toml\"\nruns = " + std::to_string(state.range(0)) +
      "\nkeep = [\"levels.*.compression_N.peak\", \"roots.L5.*.pressure_mmHg.peak\"]\n[[study.factor]]\n"
      "key = \"subject.mass_kg\"\nnormal = { mean = 75, sd = 12, min = 45, max = 120 }\n[[study.factor]]\n"
      "key = \"subject.stature_m\"\nnormal = { mean = 1.72, sd = 0.09, min = 1.5, max = 1.95 }\n";
  const foramen::Study study(foramen::parse_study(text, "study.toml", FORAMEN_SOURCE_DIR "/scenarios"),
                             foramen::DesignKind::Sample, foramen::data_directory());
  for (auto _ : state) {
    fs::remove_all(folder);
    foramen::StudyOptions options;
    options.threads = static_cast<int>(state.range(1));
    benchmark::DoNotOptimize(foramen::run_study(study, folder, options));
  }
  fs::remove_all(folder);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["runs/s"] = benchmark::Counter(static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate);
  state.counters["resident_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK(StaticStudy)
    ->ArgNames({"runs", "threads"})
    ->Args({1000, 1})
    ->Args({1000, 2})
    ->Args({10000, 2})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

}  // namespace
