#pragma once

/// The subcommands of `foramen`. Each registers itself with the command line and returns the exit status when run.

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace foramen {

/// Exit statuses (a contract with scripts).
enum ExitStatus { kDone = 0, kFailed = 1, kBadInput = 2, kMarked = 3, kOutside = 4, kInterrupted = 130 };

/// What every subcommand shares.
struct Globals {
  bool quiet = false;
  std::string log = "info";  ///< error | warn | info
};

using Command = std::function<int()>;

/// Each adds its subcommand and sets `chosen` when that is the one the user asked for.
void add_run(CLI::App& app, const Globals& globals, Command& chosen);
void add_compare(CLI::App& app, const Globals& globals, Command& chosen);
void add_check(CLI::App& app, const Globals& globals, Command& chosen);
void add_template(CLI::App& app, Command& chosen);
void add_expand(CLI::App& app, Command& chosen);
void add_list(CLI::App& app, Command& chosen);
void add_rnle(CLI::App& app, Command& chosen);
void add_bench_spine(CLI::App& app, const Globals& globals, Command& chosen);
void add_validate(CLI::App& app, const Globals& globals, Command& chosen);
void add_report(CLI::App& app, const Globals& globals, Command& chosen);
void add_study(CLI::App& app, const Globals& globals, Command& chosen);
void add_merge(CLI::App& app, const Globals& globals, Command& chosen);
void add_view(CLI::App& app, Command& chosen);

}  // namespace foramen
