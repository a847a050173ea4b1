#include "viz/scene/commands.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <utility>

#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen::scene {
namespace {

constexpr std::array kCommands{
    Command{"view lateral", "1", "1", "from the side"},
    Command{"view oblique", "3", "3", "from behind the side, where roots leave"},
    Command{"view axial", "7", "7", "section through the most pressed root, from below"},
    Command{"view foramen", "9", "9", "close up on the most pressed root"},
    Command{"view anterior", "", "", "from in front"},
    Command{"view posterior", "", "", "from behind"},
    Command{"projection", "5", "5", "parallel or perspective"},
    Command{"reset", "Return", "Enter", "back to the standard place"},
    Command{"play", "space", "Space", "play or pause"},
    Command{"step 1", "Right", "Right", "next instant"},
    Command{"step -1", "Left", "Left", "previous instant"},
    Command{"step 10", "Up", "Up", "ten instants on"},
    Command{"step -10", "Down", "Down", "ten instants back"},
    Command{"toggle arches", "a", "A", "bone behind the canal translucent"},
    Command{"toggle sac", "s", "S", "dural sac"},
    Command{"toggle muscles", "m", "M", "muscles, coloured by activation"},
    Command{"toggle context", "c", "C", "hip bones, ribs and thighs"},
    Command{"picture", "F12", "F12", "write a picture"},
    Command{"help", "h", "H", "this list"},
    Command{"undo", "z", "Ctrl+Z", "take the last command back"},
    Command{"quit", "q", "Q", "close"},
    Command{"time 1.2", "", "", "go to a time in seconds"},
    Command{"orbit 20 10", "", "", "turn the camera right and up by degrees"},
    Command{"zoom 1.5", "", "", "closer by a factor"},
};

constexpr std::array<std::string_view, 13> kVerbs{"view", "projection", "reset", "play", "step",  "toggle", "picture",
                                                  "help", "undo",       "quit",  "time", "orbit", "zoom"};

[[noreturn]] void fail(std::string_view command, const std::string& message) {
  throw InputError(InputProblem{.key = std::string(command), .message = message});
}

int choose(std::string_view command, std::span<const std::string_view> names, const std::string& word) {
  if (const auto found = find_name(names, word)) return *found;
  std::string allowed;
  for (const std::string_view one : names) allowed += (allowed.empty() ? "" : ", ") + std::string(one);
  fail(command, fmt::format("\"{}\" is not one of {}; did you mean \"{}\"?", word, allowed, nearest_name(names, word)));
}

double number(std::string_view command, std::istringstream& words) {
  double value = 0.0;
  if (!(words >> value) || !std::isfinite(value)) fail(command, "needs a number");
  return value;
}

double stepped(double time, double steps, std::span<const double> times) {
  const auto nearest = std::min_element(times.begin(), times.end(),
                                        [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
  const double last = static_cast<double>(times.size() - 1);
  const double place = std::clamp(static_cast<double>(nearest - times.begin()) + std::round(steps), 0.0, last);
  return times[static_cast<std::size_t>(place)];
}

void reset_camera(ViewState& state) {
  state.orbit_right = state.orbit_up = 0.0;
  state.zoom = 1.0;
  ++state.resets;
}

void toggle(std::string_view command, ViewState& state, const std::string& what) {
  constexpr std::array<std::string_view, 4> names{"arches", "sac", "muscles", "context"};
  const std::array<bool*, 4> flags{&state.options.ghost_arches, &state.options.sac, &state.options.muscles,
                                   &state.options.context};
  bool& flag = *flags[static_cast<std::size_t>(choose(command, names, what))];
  flag = !flag;
}

}  // namespace

std::span<const Command> commands() {
  return kCommands;
}

std::string_view command_of_key(std::string_view key) {
  if (key.empty()) return {};
  const auto found = std::find_if(kCommands.begin(), kCommands.end(), [key](const Command& c) { return c.key == key; });
  return found == kCommands.end() ? std::string_view{} : found->usage;
}

ViewState apply(std::string_view command, const ViewState& state, std::span<const double> times) {
  std::istringstream words{std::string(command)};
  std::string verb, word;
  words >> verb;
  static_cast<void>(choose(command, kVerbs, verb));
  ViewState next = state;
  if (verb == "view") {
    words >> word;
    next.view = static_cast<View>(choose(command, view_names(), word));
    next.options.ghost_arches = false;
    next.options = options_for(next.view, next.options);
    reset_camera(next);
  } else if (verb == "projection") {
    next.parallel = !next.parallel;
  } else if (verb == "reset") {
    reset_camera(next);
  } else if (verb == "play") {
    next.playing = !next.playing && times.size() > 1;
  } else if (verb == "step") {
    next.time = stepped(state.time, number(command, words), times);
    next.playing = false;
  } else if (verb == "time") {
    next.time = stepped(number(command, words), 0.0, times);
    next.playing = false;
  } else if (verb == "toggle") {
    words >> word;
    toggle(command, next, word);
  } else if (verb == "orbit") {
    next.orbit_right += number(command, words) * units::deg;
    next.orbit_up += number(command, words) * units::deg;
  } else if (verb == "zoom") {
    const double factor = number(command, words);
    if (factor <= 0.0) fail(command, "the factor must be above 0");
    next.zoom *= factor;
  } else if (verb == "picture") {
    std::getline(words >> std::ws, word);
    next.picture = word;
  } else if (verb == "help") {
    next.help = !next.help;
  } else if (verb == "quit") {
    next.quit = true;
  }
  return next;
}

void Session::run(std::string_view command) {
  if (command == "undo") {
    if (before_.empty()) return;
    state_ = before_.back();
    before_.pop_back();
    return;
  }
  ViewState next = apply(command, state_, times_);
  before_.push_back(std::exchange(state_, std::move(next)));
}

std::optional<std::string> Session::take_picture() {
  return std::exchange(state_.picture, std::nullopt);
}

std::vector<std::string> script_commands(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    found.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
  }
  return found;
}

}  // namespace foramen::scene
