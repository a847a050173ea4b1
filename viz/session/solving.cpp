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

}  // namespace

Preparer::Preparer(std::shared_ptr<const Library> library, int threads, double coarseness)
    : library_(std::move(library)), threads_(threads), coarseness_(coarseness) {}

const Preparer::Made& Preparer::make(const Scenario& scenario) {
  const std::string key = key_of(scenario);
  const auto known = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.key == key; });
  if (known != made_.end()) {
    made_.splice(made_.begin(), made_, known);
    return made_.front();
  }
  auto person = std::make_shared<const Person>(make_person(scenario, *library_));
  // Most people asked for differ little from the one before: bones that still fit are taken over.
  scene::Setting setting{scenario.title, scenario.loads, nullptr};
  auto scene = made_.empty() ? std::make_shared<const scene::LumbarScene>(person->subject, std::move(setting),
                                                                          scene::ColourRanges{}, threads_, coarseness_)
                             : std::make_shared<const scene::LumbarScene>(
                                   made_.front().scene->for_subject(person->subject, std::move(setting), threads_));
  made_.push_front({key, std::move(person), std::move(scene)});
  if (made_.size() > kKept) made_.pop_back();
  return made_.front();
}

std::shared_ptr<const Ready> Preparer::prepare(const std::shared_ptr<const Scenario>& scenario) {
  const auto known =
      std::find_if(ready_.begin(), ready_.end(), [&](const auto& one) { return one->scenario == scenario; });
  if (known != ready_.end()) {
    ready_.splice(ready_.begin(), ready_, known);
    return ready_.front();
  }
  if (scenario->bench && scenario->motion.keyframes.empty()) {
    throw InputError(
        InputProblem{.key = "bench", .message = "a laboratory test has no movement to show: use foramen bench-spine"});
  }
  const Made& made = make(*scenario);
  auto motion = std::make_shared<const Motion>(made.person->subject, library_->postures, *scenario);
  std::vector<double> times = frame_times(motion->start(), motion->end(), scenario->solver.rate_hz);
  auto scene = std::make_shared<const scene::LumbarScene>(
      made.scene->for_subject(made.person->subject, {scenario->title, scenario->loads, nullptr}, threads_));
  ready_.push_front(std::make_shared<const Ready>(
      Ready{scenario, made.person, std::move(motion), std::move(scene), std::move(times)}));
  if (ready_.size() > kKept) ready_.pop_back();
  return ready_.front();
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
