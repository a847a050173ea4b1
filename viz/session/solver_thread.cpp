#include "viz/session/solver_thread.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "sim/base/error.h"
#include "viz/session/cases.h"
#include "viz/session/commands.h"

namespace foramen::session {
namespace {

std::string words_of(const std::exception& error) {
  const auto* input = dynamic_cast<const InputError*>(&error);
  if (input == nullptr) return error.what();
  std::string text;
  for (const InputProblem& problem : input->problems()) text += (text.empty() ? "" : "\n") + problem.text();
  return text;
}

}  // namespace

SolverThread::SolverThread(std::shared_ptr<const Library> library, int threads, const scene::MeshDetail& detail,
                           std::function<void(Update)> publish)
    : library_(std::move(library)),
      threads_(threads),
      publish_(std::move(publish)),
      preparer_(library_, threads, detail),
      thread_([this](const std::stop_token& stop) { work(stop); }) {}

SolverThread::~SolverThread() {
  newest_ = ~std::uint64_t{0};
  thread_.request_stop();
  wake_.notify_all();
}

std::uint64_t SolverThread::request(Request request) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = ++numbers_;
  newest_ = number;
  waiting_ = std::move(request);
  wake_.notify_all();
  return number;
}

std::uint64_t SolverThread::ask_leg_raise(std::shared_ptr<const Scenario> scenario, Side side) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t number = ++numbers_;
  questions_.push_back({number, std::move(scenario), side});
  wake_.notify_all();
  return number;
}

void SolverThread::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::optional<Request> request;
    std::optional<Question> question;
    std::uint64_t number = 0;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return waiting_ || !questions_.empty(); })) return;
      if (waiting_) {
        request = std::exchange(waiting_, std::nullopt);
        number = newest_;
      } else {
        question = std::move(questions_.front());
        questions_.erase(questions_.begin());
      }
    }
    if (request) {
      answer(*request, number, stop);
    } else {
      answer(*question, stop);
    }
  }
}

void SolverThread::answer(const Request& request, std::uint64_t number, const std::stop_token& stop) {
  const auto cancelled = [&] { return stop.stop_requested() || outdated(number); };
  const auto publish = [&](Update update) {
    update.request = number;
    if (!cancelled()) publish_(std::move(update));
  };
  std::vector<std::shared_ptr<const Ready>> ready(request.scenarios.size());
  double first = 0.0, last = 0.0;
  for (std::size_t i = 0; i < ready.size() && !cancelled(); ++i) {
    try {
      ready[i] = preparer_.prepare(request.scenarios[i], !request.whole);
      first = i == 0 ? ready[i]->times.front() : std::min(first, ready[i]->times.front());
      last = i == 0 ? ready[i]->times.back() : std::max(last, ready[i]->times.back());
    } catch (const std::exception& error) {
      publish({.index = i, .problem = words_of(error)});
    }
  }
  for (std::size_t i = 0; i < ready.size() && !cancelled(); ++i) {
    if (!ready[i]) continue;
    const double time =
        case_time(request.link, request.time, first, last, ready[i]->times.front(), ready[i]->times.back());
    const double within = std::clamp(time, ready[i]->times.front(), ready[i]->times.back());
    publish({.index = i,
             .ready = ready[i],
             .instant = std::make_shared<const Frame>(solve_frame(*ready[i]->person, *ready[i]->motion, within))});
  }
  for (std::size_t i = 0; i < ready.size() && request.whole && !cancelled(); ++i) {
    if (!ready[i]) continue;
    const Stored* stored = i < request.stored.size() ? request.stored[i].get() : nullptr;
    Whole whole = read_or_solve(*ready[i], stored, *library_, threads_, cancelled);
    publish({.index = i, .ready = ready[i], .whole = std::move(whole.result), .fault = whole.fault});
  }
  publish({.last = true});
}

void SolverThread::answer(const Question& question, const std::stop_token& stop) {
  Update update;
  update.request = question.number;
  update.last = update.question = true;
  try {
    const auto ready = preparer_.prepare(question.scenario);
    update.leg_raise = leg_raise(*question.scenario, *ready->person, library_->postures, question.side,
                                 [&] { return stop.stop_requested(); });
  } catch (const std::exception& error) {
    update.problem = words_of(error);
  }
  if (!stop.stop_requested()) publish_(std::move(update));
}

}  // namespace foramen::session
