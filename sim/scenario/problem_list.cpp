#include "sim/scenario/problem_list.h"

#include <algorithm>
#include <utility>

namespace foramen {

namespace {

void put_place(const toml::source_region& region, InputProblem& problem) {
  problem.line = static_cast<int>(region.begin.line);
  problem.column = static_cast<int>(region.begin.column);
}

}  // namespace

ProblemList::ProblemList(std::string file, const std::vector<Override>& overrides)
    : file_(std::move(file)), overrides_(overrides) {}

const std::vector<Override>& ProblemList::no_overrides() {
  static const std::vector<Override> none;
  return none;
}

InputProblem ProblemList::place(const toml::node* node, std::string key) const {
  InputProblem problem{.file = file_, .key = std::move(key)};
  if (!node) return problem;
  put_place(node->source(), problem);
  if (problem.line == 0) blame_override(problem);
  return problem;
}

void ProblemList::report(const toml::node* node, std::string key, std::string message) {
  InputProblem problem = place(node, std::move(key));
  problem.message = std::move(message);
  problems_.push_back(std::move(problem));
}

void ProblemList::report(const toml::key& at, const toml::node& value, std::string key, std::string message) {
  report(&value, std::move(key), std::move(message));
  if (at.source().begin.line > 0) put_place(at.source(), problems_.back());
}

void ProblemList::throw_if_any() {
  if (problems_.empty()) return;
  std::stable_sort(problems_.begin(), problems_.end(),
                   [](const InputProblem& a, const InputProblem& b) { return a.line < b.line; });
  throw InputError(problems_);
}

void ProblemList::blame_override(InputProblem& problem) const {
  problem.file = "--set";
  for (const Override& change : overrides_) {
    if (problem.key != change.key && !problem.key.starts_with(change.key + ".")) continue;
    problem.file = change.from;
    problem.line = change.line;
    problem.column = change.column;
  }
}

}  // namespace foramen
