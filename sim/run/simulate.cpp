#include "sim/run/simulate.h"

#include <algorithm>
#include <cmath>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/body/passive_hip.h"
#include "sim/run/digest.h"
#include "sim/run/history.h"

namespace foramen {

Library load_library(const std::filesystem::path& data) {
  return {load_anatomy(data), load_postures(data), digest_of_folder(data)};
}

Person make_person(const SubjectDescription& description, const AnatomyTables& anatomy, const SolverOptions& solver) {
  const auto subject = std::make_shared<const Subject>(build_subject(anatomy, description));
  const SpineOptions options{solver.recruitment_power, solver.antagonist_floor};
  return {subject, SpineModel(subject, options), NerveModel(subject)};
}

Person make_person(const SubjectDescription& description, const std::filesystem::path& data) {
  return make_person(description, *load_anatomy(data));
}

Person make_person(const Scenario& scenario, const Library& library) {
  Person person = make_person(scenario.subject, *library.anatomy, scenario.solver);
  if (!scenario.history.empty()) {
    person.spine =
        person.spine.with_nucleus(nucleus_after(person.subject, person.spine, library.postures, scenario.history));
  }
  return person;
}

Instant supported(const SpineModel& spine, const Motion& motion, double time) {
  return motion.at(time, [&](const TreeMotion& tree, const BodyPoses& poses, const NetLoads& unsupported) {
    return spine.moments_at_rest(tree, poses, unsupported);
  });
}

Frame solve_loads(const Person& person, Instant instant) {
  Frame frame;
  frame.instant = std::move(instant);
  const auto wrenches = joint_wrenches(*person.subject, frame.instant.tree, frame.instant.external);
  frame.net = net_loads(*person.subject, frame.instant.poses, wrenches);
  OtherTasks others{.held_pressure = frame.instant.abdominal_pressure,
                    .rest = frame.instant.trunk_rest,
                    .activity = frame.instant.activity};
  const auto held = hip_flexion(frame.instant.poses, wrenches), passive = passive_hip_flexion(frame.instant.angles);
  // What the few pads under a resting body leave in its hips is no muscle's work.
  for (std::size_t s = 0; s < 2; ++s) others.hip_flexion[s] = (1 - others.rest) * (held[s] - passive[s]);
  frame.spine = person.spine.solve(frame.instant.tree, frame.instant.poses, frame.net, others);
  return frame;
}

Frame solve_frame(const Person& person, const Motion& motion, double time) {
  Frame frame = solve_loads(person, supported(person.spine, motion, time));
  frame.time = time;
  frame.nerve = person.nerve.solve(frame.spine, frame.instant.angles);
  return frame;
}

std::vector<double> frame_times(double start, double end, double rate_hz) {
  if (end <= start) return {start};
  const auto intervals = static_cast<std::size_t>(std::ceil((end - start) * rate_hz - 1e-9));
  std::vector<double> times(intervals + 1);
  for (std::size_t i = 0; i <= intervals; ++i) {
    times[i] = start + (end - start) * static_cast<double>(i) / static_cast<double>(intervals);
  }
  return times;
}

Result simulate(const Scenario& scenario, const Library& library, const Split& split) {
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);
  Result result{scenario, library.digest, person.subject, std::vector<Frame>(times.size()), false, motion.warnings()};
  split(times.size(), [&](std::size_t i) { result.frames[i] = solve_frame(person, motion, times[i]); });
  return result;
}

Result simulate(const Scenario& scenario, const RunOptions& options) {
  const std::filesystem::path data = options.data.empty() ? data_directory() : options.data;
  if (scenario.bench && scenario.motion.keyframes.empty() && !scenario.motion.file && !scenario.lift &&
      !scenario.carry && !scenario.push) {
    throw InputError(
        InputProblem{.key = "bench", .message = "a laboratory test has no motion: use foramen bench-spine"});
  }
  const Library library = load_library(data);
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);

  Result result{scenario, library.digest, person.subject, std::vector<Frame>(times.size()), false, motion.warnings()};
  std::vector<char> done(times.size(), 0);
  Progress unwatched;
  Progress& progress = options.progress ? *options.progress : unwatched;
  progress.start(times.size());
  parallel_for(times.size(), 1, options.threads, [&](std::size_t i) {
    if (progress.cancelled()) return;
    result.frames[i] = solve_frame(person, motion, times[i]);
    done[i] = 1;
    progress.advance();
  });
  const auto finished = std::find(done.begin(), done.end(), 0) - done.begin();
  result.interrupted = static_cast<std::size_t>(finished) < times.size();
  result.frames.resize(static_cast<std::size_t>(finished));
  return result;
}

}  // namespace foramen
