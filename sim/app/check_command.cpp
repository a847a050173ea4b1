#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/app/commands.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/motion/motion.h"
#include "sim/motion/tasks.h"

namespace foramen {

namespace {

/// Reads a file as a run would, up to the motion, and says everything that is wrong.
bool check(const std::string& file, bool quiet) {
  try {
    const Scenario scenario = read_scenario(file);
    const auto data = data_directory();
    const auto subject = std::make_shared<const Subject>(build_subject(*load_anatomy(data), scenario.subject));
    const Motion motion(subject, load_postures(data), scenario);
    if (!quiet) fmt::print("{}: good\n", file);
    return true;
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return false;
  }
}

}  // namespace

void add_check(CLI::App& app, const Globals& globals, Command& chosen) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("check", "Read scenario files and say what is wrong with them");
  sub->add_option("FILE", *files, "Scenario files")->required();
  sub->callback([files, &globals, &chosen] {
    chosen = [files, &globals] {
      bool good = true;
      for (const std::string& file : *files) good = check(file, globals.quiet) && good;
      return good ? kDone : kBadInput;
    };
  });
}

void add_expand(CLI::App& app, Command& chosen) {
  auto file = std::make_shared<std::string>();
  CLI::App* sub = app.add_subcommand("expand", "Print the keyframes and loads that a lift in words stands for");
  sub->add_option("FILE", *file, "A scenario with [lift], [carry] or [push]")->required();
  sub->callback([file, &chosen] {
    chosen = [file] {
      const Scenario scenario = read_scenario(*file);
      const auto data = data_directory();
      const Subject subject = build_subject(*load_anatomy(data), scenario.subject);
      std::vector<std::string> warnings;
      const Scenario expanded = expand_tasks(subject, load_postures(data), scenario, &warnings);
      for (const std::string& warning : warnings) fmt::print(stderr, "warning: {}\n", warning);
      fmt::print("{}", write_scenario(expanded));
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace foramen
