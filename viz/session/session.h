#pragma once

/// The state with the way back and forth, and what is still to be done.

#include <string>
#include <vector>

#include "viz/session/commands.h"

namespace foramen::session {

class Session {
 public:
  Session(State first, Context context) : state_(std::move(first)), context_(std::move(context)) {}

  [[nodiscard]] const State& state() const { return state_; }
  [[nodiscard]] const Context& context() const { return context_; }
  [[nodiscard]] bool can_undo() const { return !before_.empty(); }
  [[nodiscard]] bool can_redo() const { return !after_.empty(); }
  /// Every command that was understood, in order: a script that does the same again.
  [[nodiscard]] const std::vector<std::string>& journal() const { return journal_; }

  /// Runs a command, "undo" and "redo" included. With `continuing`, it takes the place of the one before in the way
  /// back: a slider on the move is one step. Throws InputError, leaving everything as it was.
  void run(const std::string& command, bool continuing = false);
  /// Forgets the way back and the journal: what was set up before the user came.
  void forget();
  /// The next instant of a playback; not a step to undo.
  void advance_to(double time) { state_.view.time = time; }
  void set_times(std::vector<double> times);
  void set_instant(const Instant& instant) { context_.instant = instant; }
  /// Hands out what is to be done, once.
  [[nodiscard]] std::vector<Errand> take_errands() { return std::exchange(errands_, {}); }

 private:
  /// Goes to a state kept before or after, staying at the instant shown.
  void return_to(std::vector<State>& from, std::vector<State>& to);

  State state_;
  Context context_;
  std::vector<State> before_, after_;
  std::vector<Errand> errands_;
  std::vector<std::string> journal_;
};

}  // namespace foramen::session
