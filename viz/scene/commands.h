#pragma once

/// Every action of the viewer as a named command: keys, scripts and undo all go through here.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/lumbar_scene.h"
#include "viz/scene/views.h"

namespace foramen::scene {

/// What the viewer shows; a value, so that undoing is keeping the one before.
struct ViewState {
  double time = 0;  ///< [s]
  View view = View::Lateral;
  bool parallel = false;                 ///< projection
  double orbit_right = 0, orbit_up = 0;  ///< of the camera from its standard place [rad]
  double zoom = 1;
  int resets = 0;  ///< counts, so that a reset after a mouse drag is a change
  SceneOptions options;
  bool playing = false;
  bool help = false;
  bool quit = false;
  std::optional<std::string> picture;  ///< a file to write next; empty text: the next free name
};

/// One action: what is typed, the key that does it (VTK key symbol, may be empty) and what it does.
struct Command {
  std::string_view usage;
  std::string_view key;
  std::string_view key_text;  ///< the key for people
  std::string_view does;
};
[[nodiscard]] std::span<const Command> commands();

/// The command bound to a key; empty for none. Keys whose command takes values carry them ("step 1").
[[nodiscard]] std::string_view command_of_key(std::string_view key);

/// The state after a command. `times` are the instants there are (rising, at least one). Throws InputError with what is
/// allowed and the nearest name.
[[nodiscard]] ViewState apply(std::string_view command, const ViewState& state, std::span<const double> times);

/// States with the way back.
class Session {
 public:
  Session(ViewState first, std::vector<double> times) : state_(std::move(first)), times_(std::move(times)) {}
  [[nodiscard]] const ViewState& state() const { return state_; }
  [[nodiscard]] std::span<const double> times() const { return times_; }

  /// Runs a command, "undo" included.
  void run(std::string_view command);
  /// The next instant of a playback, from the first again after the last; not a step to undo.
  void advance_to(double time) { state_.time = time; }
  /// Hands out the picture asked for, once.
  [[nodiscard]] std::optional<std::string> take_picture();

 private:
  ViewState state_;
  std::vector<double> times_;
  std::vector<ViewState> before_;
};

/// The commands of a script: one a line; '#' starts a comment.
[[nodiscard]] std::vector<std::string> script_commands(const std::string& text);

}  // namespace foramen::scene
