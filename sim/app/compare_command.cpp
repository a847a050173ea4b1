#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/app/watched_work.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/run/comparison.h"
#include "sim/run/recorder.h"

namespace foramen {

namespace {

struct CompareArguments {
  std::vector<std::string> scenarios;
  std::string output = "results/compare";
  int threads = available_threads();
  bool json = false;
};

/// Scenarios of different people can be compared, but the reader must know.
bool same_person(const Scenario& a, const Scenario& b) {
  Scenario x = a, y = b;
  x.title = y.title = x.text = y.text = {};
  x.motion = y.motion;
  x.loads = y.loads;
  x.task = y.task;
  x.solver = y.solver;
  x.expect = y.expect;
  return write_scenario(x) == write_scenario(y);
}

int compare_scenarios(const CompareArguments& arguments, const Globals& globals) {
  if (!may_replace(arguments.output)) {
    throw InputError(
        InputProblem{.file = arguments.output,
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  std::vector<Scenario> scenarios;
  for (const std::string& file : arguments.scenarios) scenarios.push_back(read_scenario(file));
  std::vector<std::string> names;
  std::vector<Summary> summaries;
  StagedDirectory staged(arguments.output);
  int status = kDone;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    names.push_back(std::filesystem::path(arguments.scenarios[i]).stem().string());
    const Result result = watched_run(scenarios[i], arguments.threads, names[i], globals);
    summaries.push_back(summarise(result));
    write_result(result, summaries[i], staged.path() / "runs" / fmt::format("{}_{}", i + 1, names[i]));
    for (const std::string& warning : summaries[i].warnings) {
      if (globals.log != "error") fmt::print(stderr, "warning: {}: {}\n", names[i], warning);
    }
    if (summaries[i].interrupted) {
      fmt::print(stderr, "interrupted: nothing was written\n");
      return kInterrupted;
    }
    if (summaries[i].not_converged + summaries[i].strength_exceeded > 0) status = kMarked;
  }
  const Comparison comparison = compare(names, summaries);
  write_file(staged.path() / "compare.json", comparison_json(comparison));
  write_file(staged.path() / "compare.csv", comparison_csv(comparison));
  write_file(staged.path() / "compare.html", comparison_html(comparison));
  staged.commit();
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (!same_person(scenarios[0], scenarios[i]))
      fmt::print(stderr, "note: {} and {} are not the same person\n", names[0], names[i]);
  }
  if (arguments.json) {
    fmt::print("{}", comparison_json(comparison));
  } else if (!globals.quiet) {
    fmt::print("{}written to {}\n", comparison_text(comparison), arguments.output);
  }
  return status;
}

}  // namespace

void add_compare(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* sub = app.add_subcommand("compare", "Run several scenarios and put them side by side");
  sub->add_option("SCENARIO", arguments->scenarios, "Scenario files")->required()->expected(2, -1);
  sub->add_option("-o,--output", arguments->output, "Folder of the results")->capture_default_str();
  sub->add_option("--threads", arguments->threads, "Threads")->check(CLI::Range(1, 1024));
  sub->add_flag("--json", arguments->json, "Print the comparison as JSON");
  sub->callback([arguments, &globals, &chosen] {
    chosen = [arguments, &globals] { return compare_scenarios(*arguments, globals); };
  });
}

}  // namespace foramen
