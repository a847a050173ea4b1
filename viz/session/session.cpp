#include "viz/session/session.h"

#include <algorithm>
#include <utility>

#include "viz/session/cases.h"

namespace foramen::session {

void Session::return_to(std::vector<State>& from, std::vector<State>& to) {
  if (from.empty()) return;
  const double time = state_.view.time;
  to.push_back(std::exchange(state_, from.back()));
  from.pop_back();
  context_.times = times_of(state_);
  state_.view.time = std::clamp(time, context_.times.front(), context_.times.back());
  state_.playing = false;
}

void Session::run(const std::string& command, bool continuing) {
  if (command == "undo") {
    return_to(before_, after_);
  } else if (command == "redo") {
    return_to(after_, before_);
  } else {
    State next = apply(command, state_, context_, errands_);
    const bool other_scenarios =
        !std::equal(next.cases.begin(), next.cases.end(), state_.cases.begin(), state_.cases.end(),
                    [](const Case& a, const Case& b) { return a.scenario == b.scenario; });
    if (is_undone(command)) {
      if (!continuing || before_.empty()) before_.push_back(state_);
      after_.clear();
    }
    state_ = std::move(next);
    if (other_scenarios) context_.times = times_of(state_);
  }
  if (continuing && !journal_.empty()) journal_.pop_back();
  journal_.push_back(command);
}

void Session::forget() {
  before_.clear();
  after_.clear();
  journal_.clear();
}

void Session::set_times(std::vector<double> times) {
  context_.times = std::move(times);
  state_.view.time = std::clamp(state_.view.time, context_.times.front(), context_.times.back());
}

}  // namespace foramen::session
