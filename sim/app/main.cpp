#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/app/commands.h"
#include "sim/base/error.h"
#include "sim/base/names.h"

namespace {

using namespace foramen;

/// A word that is no subcommand gets the nearest one named.
std::string unknown_command(const CLI::App& app, const std::string& word) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(sub->get_name());
  const std::vector<std::string_view> views(names.begin(), names.end());
  return fmt::format("\"{}\" is not a command; the nearest is \"{}\"", word, nearest_name(views, word));
}

int parse_and_run(int argc, char** argv) {
  CLI::App app("What a posture or a lift does to the nerve roots of the lower back.", "foramen");
  app.set_version_flag("--version", std::string("foramen ") + FORAMEN_VERSION);
  app.require_subcommand(0, 1);
  Globals globals;
  app.add_flag("-q,--quiet", globals.quiet, "Print nothing but errors");
  app.add_option("--log", globals.log, "How much to tell")->check(CLI::IsMember({"error", "warn", "info"}));
  Command chosen;
  add_run(app, globals, chosen);
  add_compare(app, globals, chosen);
  add_check(app, globals, chosen);
  add_expand(app, chosen);
  add_template(app, chosen);
  add_list(app, chosen);
  add_rnle(app, chosen);
  add_bench_spine(app, globals, chosen);
  add_validate(app, globals, chosen);
  add_report(app, globals, chosen);
  add_study(app, globals, chosen);
  add_merge(app, globals, chosen);
  add_view(app, chosen);
  for (CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) sub->fallthrough();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    if (argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty()) {
      fmt::print(stderr, "foramen: {}\n", unknown_command(app, argv[1]));
    } else {
      fmt::print(stderr, "foramen: {}\n", error.what());
    }
    fmt::print(stderr, "foramen -h lists the commands, foramen COMMAND -h the options of one.\n");
    return kBadInput;
  }
  if (!chosen) {
    fmt::print("{}", app.help());
    return argc > 1 ? kBadInput : kDone;
  }
  return chosen();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const foramen::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return foramen::kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "foramen: {}\n", error.what());
    return foramen::kFailed;
  }
}
