#pragma once

/// Every action of the viewer as a named command: keys, buttons, sliders and scripts all go through here.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/motion/motion.h"
#include "viz/session/state.h"

namespace foramen::session {

/// What a command needs to know beside the state.
struct Context {
  PostureLibrary postures;
  std::vector<double> times;        ///< instants there are, of all cases, rising [s]; at least one
  std::optional<Instant> instant;   ///< of the active case, as shown last
  std::filesystem::path scenarios;  ///< folder of the scenarios that come with the program
  std::vector<std::string> languages;
};

/// Something to do outside the state, once.
struct Errand {
  enum class Kind { Picture, Screenshot, Video, Table, Save, Record, Report, Print, LegRaise, Form, Size, Wait };
  Kind kind = Kind::Picture;
  std::string argument;  ///< a file, the side of the leg, a size, a time [s]; may be empty
};

/// One row of the command table.
struct Command {
  std::string_view usage;    ///< what is typed: "load KG"
  std::string_view example;  ///< one that works on a scenario that stands
  std::string_view key;      ///< in Qt's portable spelling, "Ctrl+Z"; may be empty
  std::string_view text;     ///< key of the sentence that says what it does, in data/texts
};
[[nodiscard]] std::span<const Command> commands();

/// The state after a command; errands are added to `errands`. Throws InputError with what is allowed and the nearest
/// name.
[[nodiscard]] State apply(const std::string& command, const State& state, const Context& context,
                          std::vector<Errand>& errands);

/// Whether undoing goes back over a command: not over moving in time, and not over what leaves the state alone.
[[nodiscard]] bool is_undone(const std::string& command);

/// The commands of a script: one a line; '#' starts a comment.
[[nodiscard]] std::vector<std::string> script_commands(const std::string& text);

}  // namespace foramen::session
