#include "viz/app/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/names.h"
#include "sim/report/texts.h"
#include "viz/scene/views.h"
#include "viz/session/commands.h"

namespace foramen::view {
namespace {

constexpr int kSmallest = 64, kLargest = 8192;  ///< of a picture's sides [px]

[[noreturn]] void fail(const std::string& key, const std::string& message) {
  throw InputError(InputProblem{.key = key, .message = message});
}

void read_size(const std::string& text, Arguments& arguments) {
  int width = 0, height = 0, used = 0;
  if (std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &used) != 2 || used != static_cast<int>(text.size()) ||
      width < kSmallest || height < kSmallest || width > kLargest || height > kLargest) {
    fail("--size",
         fmt::format("\"{}\" is not WIDTHxHEIGHT in pixels, each {} to {}, like 1280x800", text, kSmallest, kLargest));
  }
  arguments.width = width;
  arguments.height = height;
}

Override read_override(const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0) fail("--set", fmt::format("\"{}\" is not KEY=VALUE", text));
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void check_view(const std::string& text) {
  const auto names = scene::view_names();
  if (find_name(names, text)) return;
  std::string allowed;
  for (const std::string_view one : names) allowed += (allowed.empty() ? "" : ", ") + std::string(one);
  fail("--view",
       fmt::format("\"{}\" is not one of {}; did you mean \"{}\"?", text, allowed, nearest_name(names, text)));
}

/// Tells the nearest option for each that is unknown.
[[noreturn]] void fail_unknown(const std::vector<std::string>& unknown, const CLI::App& app) {
  std::vector<std::string> options;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  }
  const std::vector<std::string_view> names(options.begin(), options.end());
  std::vector<InputProblem> problems;
  for (const std::string& word : unknown) {
    problems.push_back(
        {.key = word, .message = fmt::format("no such option; did you mean \"{}\"?", nearest_name(names, word))});
  }
  throw InputError(std::move(problems));
}

/// The command table for people; what each does stands in the texts, which a broken installation may lack.
std::string key_list() {
  std::optional<Texts> texts;
  try {
    texts.emplace(data_directory(), "en");
  } catch (const InputError&) {
  }
  std::string text = "Keys and script commands:\n";
  for (const session::Command& command : session::commands()) {
    text += fmt::format("  {:<13} {:<34} {}\n", command.key, command.usage, texts ? (*texts)(command.text) : "");
  }
  return text;
}

}  // namespace

std::optional<Arguments> read_arguments(int argc, char** argv) {
  Arguments arguments;
  std::string size;
  std::vector<std::string> sets;
  CLI::App app("Shows what a scenario does to the lumbar spine and its nerve roots.", "foramen-view");
  app.footer([] { return key_list(); });
  app.set_version_flag("--version", std::string("foramen-view ") + FORAMEN_VERSION);
  app.add_option("SCENARIO", arguments.scenarios,
                 "scenario files or result directories, shown side by side (default: standing)");
  app.add_option("--picture", arguments.picture, "write a PNG instead of opening a window; needs no screen");
  app.add_option("--video", arguments.video, "write an Ogg Theora video (.ogv), or PNGs into a folder DIR/; no screen");
  app.add_option("--theme", arguments.theme, "light or dark");
  app.add_option("--text-scale", arguments.text_scale, "size of everything written, 0.75 to 2.5");
  app.add_option("--size", size, "WIDTHxHEIGHT of picture or window in pixels (default 1280x800)");
  app.add_option("--time", arguments.time, "instant in seconds (default: the highest root pressure)");
  app.add_option("--view", arguments.view, fmt::format("{}", fmt::join(scene::view_names(), ", ")));
  app.add_option("--disc-scale", arguments.disc_scale, "disc pressure of the full colour [MPa] (default: the highest)")
      ->check(CLI::PositiveNumber);
  app.add_option("--root-scale", arguments.root_scale, "root pressure of the full colour [mmHg] (default: the highest)")
      ->check(CLI::PositiveNumber);
  app.add_option("--script", arguments.script, "file of commands, one a line");
  app.add_option("--set", sets, "KEY=VALUE changes the scenario")->take_all();
  app.add_flag("--muscles", arguments.muscles, "show the muscles, coloured by activation");
  app.add_option("--threads", arguments.threads, "processors to use (default all)")->check(CLI::NonNegativeNumber);
  app.add_flag("--no-window", arguments.offscreen, "run the script without opening a window");
  app.add_flag("--compare", arguments.compare, "scenario files stand side by side, as they always do");
  app.allow_extras();  // told apart below, to name the nearest option
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    app.exit(asked);
    return std::nullopt;
  } catch (const CLI::ParseError& error) {
    if (const auto unknown = app.remaining(); !unknown.empty()) fail_unknown(unknown, app);
    fail("", error.what());
  }
  if (const auto unknown = app.remaining(); !unknown.empty()) fail_unknown(unknown, app);
  if (!size.empty()) read_size(size, arguments);
  arguments.size_given = !size.empty();
  if ((arguments.picture || arguments.video || arguments.offscreen) && arguments.scenarios.empty())
    fail("SCENARIO", "a picture or a script without a window needs at least one scenario file");
  if (arguments.view) check_view(*arguments.view);
  for (const std::string& one : sets) arguments.overrides.push_back(read_override(one));
  return arguments;
}

}  // namespace foramen::view
