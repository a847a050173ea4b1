#include "viz/session/cases.h"

#include <set>

#include "sim/base/csv.h"
#include "sim/motion/tasks.h"
#include "sim/run/simulate.h"

namespace foramen::session {

Case open_case(const std::filesystem::path& file, const std::vector<Override>& overrides) {
  const bool results = std::filesystem::is_directory(file);
  const std::filesystem::path scenario = results ? file / "scenario.toml" : file;
  const std::filesystem::path named = results ? file : file.stem();
  Scenario read = read_scenario(scenario, overrides);
  std::shared_ptr<const Stored> stored;
  if (results && overrides.empty())
    stored = std::make_shared<const Stored>(Stored{file, std::make_shared<const Scenario>(read)});
  // Tasks in words are shown and edited as the keyframes they stand for.
  if (read.lift || read.carry || read.push) {
    const std::filesystem::path data = data_directory();
    read = expand_tasks(build_subject(*load_anatomy(data), read.subject), load_postures(data), read);
  }
  return {named.filename().empty() ? named.parent_path().filename().string() : named.filename().string(), scenario,
          std::make_shared<const Scenario>(std::move(read)), std::move(stored)};
}

std::vector<double> times_of(const State& state) {
  std::set<double> times;
  for (const Case& one : state.cases) {
    const auto& frames = one.scenario->motion.keyframes;
    if (frames.empty()) continue;
    for (const double time : frame_times(frames.front().time, frames.back().time, one.scenario->solver.rate_hz)) {
      times.insert(time);
    }
  }
  if (times.empty()) return {0.0};
  return {times.begin(), times.end()};
}

double case_time(Link link, double time, double first, double last, double start, double end) {
  if (link == Link::Time || !(last > first)) return time;
  return start + (time - first) / (last - first) * (end - start);
}

}  // namespace foramen::session
