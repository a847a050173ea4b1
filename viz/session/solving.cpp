#include "viz/session/solving.h"

#include <algorithm>
#include <utility>

#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace foramen::session {
namespace {

constexpr std::size_t kKept = 8;  ///< people and readied scenarios: those side by side, healthy ones, a few to undo to

/// Everything a person and its bones depend on, as text.
std::string key_of(const Scenario& scenario) {
  Scenario person;
  person.subject = scenario.subject;
  person.history = scenario.history;
  return write_scenario(person);
}

/// Bones and skin of one have the size of the other's.
bool same_size(const Subject& a, const Subject& b) {
  const SubjectDescription &one = a.description, &other = b.description;
  return one.stature == other.stature && one.mass == other.mass && one.sex == other.sex;
}

/// Key postures and where loads change hands.
std::vector<Instant> course_of(const Motion& motion) {
  std::vector<double> times{motion.start(), motion.end()};
  for (const Keyframe& keyframe : motion.keyframes()) times.push_back(keyframe.time);
  for (const HandLoad& load : motion.loads()) {
    for (const double time : {load.from, load.to}) times.push_back(std::clamp(time, motion.start(), motion.end()));
  }
  // A measured motion has no key postures.
  constexpr int kAtLeast = 8;
  for (int i = 1; i < kAtLeast; ++i)
    times.push_back(motion.start() + (motion.end() - motion.start()) * i / static_cast<double>(kAtLeast));
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  std::vector<Instant> course;
  for (const double time : times) course.push_back(motion.at(time));
  return course;
}

std::shared_ptr<const scene::LumbarScene> share(scene::LumbarScene&& scene) {
  return std::make_shared<const scene::LumbarScene>(std::move(scene));
}

}  // namespace

Preparer::Preparer(std::shared_ptr<const Library> library, int threads, const scene::MeshDetail& detail)
    : library_(std::move(library)), threads_(threads), detail_(detail) {}

const Preparer::Made& Preparer::make(const Scenario& scenario, bool draft) {
  const std::string key = key_of(scenario);
  const auto known = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.key == key; });
  std::shared_ptr<const Person> person;
  if (known != made_.end()) {
    made_.splice(made_.begin(), made_, known);
    if (draft || !made_.front().draft) return made_.front();
    person = made_.front().person;
  } else {
    person = std::make_shared<const Person>(make_person(scenario, *library_));
  }
  // Most people asked for differ little from the one before: bones that still fit are taken over.
  scene::Setting setting{scenario.title};
  std::shared_ptr<const scene::LumbarScene> scene;
  draft = draft && !made_.empty() && same_size(*made_.front().person->subject, *person->subject);
  if (draft) {
    scene = share(made_.front().scene->in_these_bones(person->subject, std::move(setting)));
  } else if (made_.empty()) {
    scene = share(scene::LumbarScene(person->subject, std::move(setting), {}, threads_, detail_));
  } else {
    scene = share(made_.front().scene->for_subject(person->subject, std::move(setting), threads_));
  }
  if (known != made_.end()) made_.pop_front();
  made_.push_front({key, std::move(person), std::move(scene), draft});
  if (made_.size() > kKept) made_.pop_back();
  return made_.front();
}

std::shared_ptr<const Ready> Preparer::prepare(const std::shared_ptr<const Scenario>& scenario, bool draft) {
  const auto known =
      std::find_if(ready_.begin(), ready_.end(), [&](const Kept& one) { return one.ready->scenario == scenario; });
  if (known != ready_.end()) {
    ready_.splice(ready_.begin(), ready_, known);
    if (draft || !ready_.front().draft) return ready_.front().ready;
    ready_.pop_front();
  }
  if (scenario->bench && scenario->motion.keyframes.empty()) {
    throw InputError(
        InputProblem{.key = "bench", .message = "a laboratory test has no movement to show: use foramen bench-spine"});
  }
  const Made& made = make(*scenario, draft);
  auto motion = std::make_shared<const Motion>(made.person->subject, library_->postures, *scenario);
  std::vector<double> times = frame_times(motion->start(), motion->end(), scenario->solver.rate_hz);
  auto scene = share(made.scene->in_these_bones(made.person->subject,
                                                {scenario->title, motion->loads(), nullptr, course_of(*motion)}));
  auto ready = std::make_shared<const Ready>(
      Ready{scenario, made.person, std::move(motion), std::move(scene), std::move(times)});
  ready_.push_front({std::move(ready), made.draft});
  if (ready_.size() > kKept) ready_.pop_back();
  return ready_.front().ready;
}

Whole read_or_solve(const Ready& ready, const Stored* stored, const Library& library, int threads,
                    const std::function<bool()>& cancelled) {
  Whole whole;
  if (stored != nullptr) {
    if (auto kept = read_stored_frames(stored->folder, *stored->scenario, library, &whole.fault)) {
      kept->scenario = *ready.scenario;
      kept->subject = ready.person->subject;
      whole.result = std::make_shared<const Result>(std::move(*kept));
      return whole;
    }
  }
  whole.result = solve_whole(ready, library.digest, threads, cancelled);
  return whole;
}

std::shared_ptr<const Result> solve_whole(const Ready& ready, const std::string& digest, int threads,
                                          const std::function<bool()>& cancelled) {
  auto result = std::make_shared<Result>();
  result->scenario = *ready.scenario;
  result->data_digest = digest;
  result->subject = ready.person->subject;
  result->frames.resize(ready.times.size());
  parallel_for(ready.times.size(), 1, threads, [&](std::size_t i) {
    if (!cancelled()) result->frames[i] = solve_frame(*ready.person, *ready.motion, ready.times[i]);
  });
  if (cancelled()) return nullptr;
  return result;
}

}  // namespace foramen::session
