#pragma once

/// What is wrong with an input file: collected, so that a user reads of every mistake at once, each where it stands.

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "sim/base/error.h"
#include "sim/scenario/fields.h"

namespace foramen {

class ProblemList {
 public:
  /// `overrides` were set over the file: they answer for values that stand nowhere in it. They must outlive the list.
  explicit ProblemList(std::string file, const std::vector<Override>& overrides = no_overrides());

  /// Where a node stands; nothing: the file as a whole.
  [[nodiscard]] InputProblem place(const toml::node* node, std::string key) const;

  void report(const toml::node* node, std::string key, std::string message);
  /// A key that stands there itself; one without a place is put where its value is.
  void report(const toml::key& at, const toml::node& value, std::string key, std::string message);
  void report(InputProblem problem) { problems_.push_back(std::move(problem)); }

  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] bool none() const { return problems_.empty(); }
  /// Throws InputError with all problems by line, if there are any.
  void throw_if_any();

 private:
  static const std::vector<Override>& no_overrides();
  /// A node without a place was set over the file: the problem is put where that was said.
  void blame_override(InputProblem& problem) const;

  std::string file_;
  const std::vector<Override>& overrides_;
  std::vector<InputProblem> problems_;
};

}  // namespace foramen
