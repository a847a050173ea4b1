#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "sim/app/watched_work.h"
#include "sim/assess/comparison.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/report/report.h"
#include "sim/run/recorder.h"
#include "sim/study/ensemble.h"

namespace foramen {

namespace {

struct CompareArguments {
  std::vector<std::string> scenarios;
  std::string output = "results/compare", subject, language = "en";
  int threads = available_threads(), ensemble = 20;
  std::uint64_t seed = 1;
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

/// Frames per second of the ensembles behind the ranks: peaks to a few percent decide nothing that 95 % would not.
constexpr double kEnsembleRate = 10;

/// Summaries of the same variations of the model for every scenario.
std::vector<std::vector<Summary>> members_of(const std::vector<Scenario>& scenarios,
                                             const CompareArguments& arguments) {
  std::vector<std::vector<Summary>> members;
  if (arguments.ensemble == 0) return members;
  const auto uncertainties = read_uncertainties(data_directory() / "uncertainty.csv");
  RunOptions options;
  options.threads = arguments.threads;
  for (const Scenario& scenario : scenarios) {
    members.push_back(ensemble_summaries(scenario, uncertainties, arguments.ensemble, arguments.seed,
                                         std::min(kEnsembleRate, scenario.solver.rate_hz), options));
  }
  return members;
}

/// The comparison as a page, without pictures; foramen report makes one with everything.
std::string page_of(const std::vector<std::string>& names, const std::vector<Result>& results,
                    const std::vector<Summary>& summaries, const Comparison& comparison, const Texts& texts) {
  const LimitTables limits(data_directory());
  Report report;
  for (std::size_t i = 0; i < results.size(); ++i)
    report.runs.push_back({names[i], results[i], summaries[i], find(results[i], limits), {}, {}, {}, {}, 0});
  report.comparison = comparison;
  return report_html(report, Audience::Therapist, texts);
}

int compare_scenarios(const CompareArguments& arguments, const Globals& globals) {
  if (!may_replace(arguments.output)) {
    throw InputError(
        InputProblem{.file = arguments.output,
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  const Texts texts(data_directory(), arguments.language);
  std::vector<Scenario> scenarios;
  for (const std::string& file : arguments.scenarios) scenarios.push_back(read_scenario(file));
  if (!arguments.subject.empty()) {
    const SubjectDescription subject = read_scenario(arguments.subject).subject;
    for (Scenario& scenario : scenarios) scenario.subject = subject;
  }
  std::vector<std::string> names;
  std::vector<Summary> summaries;
  std::vector<Result> results;
  StagedDirectory staged(arguments.output);
  int status = kDone;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    names.push_back(std::filesystem::path(arguments.scenarios[i]).stem().string());
    results.push_back(watched_run(scenarios[i], arguments.threads, names[i], globals));
    summaries.push_back(summarise(results[i]));
    write_result(results[i], summaries[i], staged.path() / "runs" / fmt::format("{}_{}", i + 1, names[i]));
    for (const std::string& warning : summaries[i].warnings) {
      if (globals.log != "error") fmt::print(stderr, "warning: {}: {}\n", names[i], warning);
    }
    if (summaries[i].interrupted) {
      fmt::print(stderr, "interrupted: nothing was written\n");
      return kInterrupted;
    }
    if (summaries[i].not_converged + summaries[i].strength_exceeded > 0) status = kMarked;
  }
  const Comparison comparison = compare(names, summaries, members_of(scenarios, arguments));
  std::vector<const Result*> pointers;
  for (const Result& result : results) pointers.push_back(&result);
  const std::vector<std::string> reasons = reason_sentences(pointers, comparison, texts);
  write_file(staged.path() / "compare.json", comparison_json(comparison, reasons));
  write_file(staged.path() / "compare.csv", comparison_csv(comparison));
  write_file(staged.path() / "compare.html", page_of(names, results, summaries, comparison, texts));
  staged.commit();
  for (std::size_t i = 1; i < scenarios.size(); ++i) {
    if (!same_person(scenarios[0], scenarios[i]))
      fmt::print(stderr, "note: {} and {} are not the same person\n", names[0], names[i]);
  }
  if (arguments.json) {
    fmt::print("{}", comparison_json(comparison, reasons));
  } else if (!globals.quiet) {
    fmt::print("{}", comparison_text(comparison));
    for (const std::string& sentence : reasons) fmt::print("{}\n", sentence);
    fmt::print("written to {}\n", arguments.output);
  }
  return status;
}

}  // namespace

void add_compare(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* sub = app.add_subcommand("compare", "Run several scenarios and put them side by side");
  sub->add_option("SCENARIO", arguments->scenarios, "Scenario files")->required()->expected(2, -1);
  sub->add_option("-o,--output", arguments->output, "Folder of the results")->capture_default_str();
  sub->add_option("--subject", arguments->subject, "Scenario whose person does all of them");
  sub->add_option("--ensemble", arguments->ensemble,
                  "Variations of the model's uncertain parameters that decide what is equal; 0: none")
      ->check(CLI::Range(0, 1000))
      ->capture_default_str();
  sub->add_option("--seed", arguments->seed, "Seed of the ensemble");
  sub->add_option("--language", arguments->language, "Language of sentences and page")->capture_default_str();
  sub->add_option("--threads", arguments->threads, "Threads")->check(CLI::Range(1, 1024));
  sub->add_flag("--json", arguments->json, "Print the comparison as JSON");
  sub->callback([arguments, &globals, &chosen] {
    chosen = [arguments, &globals] { return compare_scenarios(*arguments, globals); };
  });
}

}  // namespace foramen
