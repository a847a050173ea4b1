// What a therapist waits for at the end of a comparison: the page about five lifts, pictures and 3D view included.

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "sim/report/view_pictures.h"

namespace {

using namespace foramen;
namespace fs = std::filesystem;

/// Processor time of all children so far, theirs included [s].
double children_seconds() {
  rusage usage{};
  getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// From the folder of a comparison to the page, with the program's start. Two processors; required: less than 5 s.
void report_of_five(benchmark::State& state) {
  const fs::path folder = fs::temp_directory_path() / ("foramen-bench-" + std::to_string(getpid()));
  std::vector<std::string> compare{FORAMEN_PROGRAM, "compare", "--ensemble", "0", "-q", "-o", folder.string()};
  for (const char* lift : {"stoop", "squat", "golfers", "lunge", "one_handed"})
    compare.push_back(std::string(FORAMEN_SOURCE_DIR "/scenarios/lift_") + lift + ".toml");
  if (!run_quietly(compare)) state.SkipWithError("the lifts could not be compared");
  const double before = children_seconds();
  for (auto _ : state) {
    if (!run_quietly({FORAMEN_PROGRAM, "report", folder.string(), "--threads", "2", "-q"}))
      state.SkipWithError("no report");
  }
  state.counters["cpu_s"] = benchmark::Counter(children_seconds() - before, benchmark::Counter::kAvgIterations);
  fs::remove_all(folder);
}
BENCHMARK(report_of_five)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

}  // namespace
