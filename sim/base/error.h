#pragma once

/// The failures of Foramen: bad input throws InputError; a broken contract throws std::logic_error with the values; a
/// solve that does not converge is a status in the Frame (see Convergence), never an exception.

#include <stdexcept>
#include <string>
#include <vector>

namespace foramen {

/// One thing wrong with an input.
struct InputProblem {
  std::string file = {};///< as the user named it
  int line = 0;         ///< from 1; 0 if the problem has no place
  int column = 0;       ///< from 1
  std::string key = {};///< dotted path, e.g. "subject.disc.0.level"
  std::string message = {};///< what is wrong, what is allowed, the nearest valid name

  /// "file:line:column: key: message", without the parts that are unknown.
  [[nodiscard]] std::string text() const;
};

/// Bad input. Carries every problem found, so that a file is mended in one go.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<InputProblem> problems);
  explicit InputError(InputProblem problem) : InputError(std::vector{std::move(problem)}) {}

  [[nodiscard]] const std::vector<InputProblem>& problems() const { return problems_; }

 private:
  std::vector<InputProblem> problems_;
};

/// How an iterative solve ended. Reported to the user with the frame, never hidden.
struct Convergence {
  bool converged = true;
  int iterations = 0;
  double residual = 0;  ///< in the unit the stage states
  std::string reason;   ///< empty when converged
};

}  // namespace foramen
