#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/app/watched_work.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/report/model_json.h"
#include "sim/report/page_script.h"
#include "sim/report/report.h"
#include "sim/report/view_pictures.h"
#include "sim/run/recorder.h"
#include "sim/run/stored_frames.h"
#include "sim/study/ensemble.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

struct ReportArguments {
  std::string directory, output, language = "en", audience;
  int threads = available_threads();
};

/// Frames per second at which changes are tried: advice needs peaks to a few percent, not every frame.
constexpr double kAdviceRate = 12.5;

[[noreturn]] void refuse(const std::string& directory, const std::string& message) {
  throw InputError(InputProblem{.file = directory, .message = message});
}

nlohmann::json json_of(const fs::path& file) {
  std::ifstream stream(file);
  return stream ? nlohmann::json::parse(stream, nullptr, false) : nlohmann::json();
}

/// The ranks that foramen compare found with its ensemble, where the numbers are still the same bits.
void take_ranks(const fs::path& folder, Comparison& comparison) {
  const nlohmann::json compared = json_of(folder / "compare.json");
  if (!compared.is_object() || compared.value("ensemble_members", 0) == 0) return;
  for (const nlohmann::json& known : compared["rows"]) {
    for (Comparison::Row& row : comparison.rows) {
      if (row.path != known.value("measure", "")) continue;
      bool same = known["values"].size() == row.values.size();
      for (std::size_t i = 0; same && i < row.values.size(); ++i)
        same = known["values"][i].is_number() ? known["values"][i].get<double>() == row.values[i]
                                              : std::isnan(row.values[i]);
      if (!same) return;
      row.ranks = known["ranks"].get<std::vector<int>>();
    }
  }
  comparison.members = compared["ensemble_members"];
}

/// The scenario files of a run or of a comparison, with the names of the runs.
std::vector<std::pair<std::string, fs::path>> scenarios_of(const std::string& directory) {
  const fs::path folder = fs::path(directory).has_filename() ? fs::path(directory) : fs::path(directory).parent_path();
  if (!fs::is_directory(folder)) refuse(directory, "is no folder with results");
  const auto check_version = [&](const nlohmann::json& json) {
    const std::string version = json.value("version", "");
    if (version != FORAMEN_VERSION)
      fmt::print(stderr, "note: the results are of version {}; they are solved again with {}\n", version,
                 FORAMEN_VERSION);
  };
  const nlohmann::json compared = json_of(folder / "compare.json");
  if (compared.is_object() && compared.contains("runs")) {
    check_version(compared);
    std::vector<std::pair<std::string, fs::path>> found;
    for (std::size_t i = 0; i < compared["runs"].size(); ++i) {
      const std::string run = compared["runs"][i];
      found.emplace_back(run, folder / "runs" / fmt::format("{}_{}", i + 1, run) / "scenario.toml");
    }
    return found;
  }
  const nlohmann::json summary = json_of(folder / "summary.json");
  if (!summary.is_object() || summary.value("program", "") != "foramen")
    refuse(directory, "holds neither a run nor a comparison of foramen");
  check_version(summary);
  return {{fs::absolute(folder).filename().string(), folder / "scenario.toml"}};
}

void add_lift(ReportRun& run, const LiftingEquation& equation, const fs::path& data) {
  const Scenario& scenario = run.result.scenario;
  if (scenario.loads.empty() || scenario.motion.keyframes.size() < 2) return;
  const MeasuredLift lift = measure_lift(scenario, data);
  const LiftingIndex start = equation.evaluate(lift.start), end = equation.evaluate(lift.end);
  run.lift = end.index > start.index ? lift.end : lift.start;
  run.lifting_index = end.index > start.index ? end : start;
}

/// What to draw of each run's key moment, all with one colour scale.
std::vector<PictureRequest> picture_requests(const Report& report,
                                             const std::vector<std::pair<std::string, fs::path>>& scenarios) {
  // The roots' scale shows every threshold, as the viewer's own does.
  double disc = 0, root = 150 * units::mmHg;
  for (const ReportRun& run : report.runs) {
    for (const Frame& frame : run.result.frames) {
      if (!frame.converged()) continue;
      for (const LevelState& level : frame.spine.levels) disc = std::max(disc, level.disc.nucleus_pressure);
    }
    const PressedRoot most = most_pressed(run.result);
    if (most.frame) root = std::max(root, most.state().pressure);
  }
  std::vector<PictureRequest> requests;
  for (std::size_t i = 0; i < report.runs.size(); ++i) {
    PictureRequest request{scenarios[i].second, report.runs[i].picture_time, "oblique", disc / units::MPa,
                           root / units::mmHg};
    if (report.runs.size() > 2) request.width = 560, request.height = 420;
    requests.push_back(std::move(request));
  }
  return requests;
}

/// When a root is pressed hard that is the moment to see; otherwise the one of the highest compression.
const Frame* key_frame(const Result& result) {
  const PressedRoot most = most_pressed(result);
  if (most.frame && most.state().pressure > 5 * units::mmHg) return most.frame;
  return hardest_frame(result);
}

/// The runs as their folders hold them; those that this program cannot vouch for are solved again.
std::vector<Result> results_of(const std::vector<std::pair<std::string, fs::path>>& scenarios, const Library& library,
                               int threads, const Globals& globals) {
  std::vector<Scenario> read;
  for (const auto& [name, file] : scenarios) read.push_back(read_scenario(file));
  std::vector<std::optional<Result>> stored(scenarios.size());
  parallel_for(scenarios.size(), 1, threads, [&](std::size_t i) {
    stored[i] = read_stored_frames(scenarios[i].second.parent_path(), read[i], library);
  });
  std::vector<Result> results;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    results.push_back(stored[i] ? std::move(*stored[i]) : watched_run(read[i], threads, scenarios[i].first, globals));
  }
  return results;
}

Report make_report(const std::vector<std::pair<std::string, fs::path>>& scenarios, const ReportArguments& arguments,
                   bool with_advice_for_all, const Globals& globals) {
  const fs::path data = data_directory();
  const Library library = load_library(data);
  const LimitTables limits(data);
  const LiftingEquation equation(data);
  Report report;
  std::vector<std::string> names;
  std::vector<Summary> summaries;
  std::vector<ModelScene> scenes;
  report.runs.reserve(scenarios.size());
  std::vector<Result> results = results_of(scenarios, library, arguments.threads, globals);
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const auto& [name, file] = scenarios[i];
    ReportRun run{name, std::move(results[i]), {}, {}, {}, {}, {}, {}, 0};
    run.summary = summarise(run.result);
    run.findings = find(run.result, limits);
    add_lift(run, equation, data);
    const Frame* key = key_frame(run.result);
    if (!key) refuse(file.string(), "no frame of this scenario converges; there is nothing to report");
    run.picture_time = key->time;
    run.bands = read_stored_bands(file.parent_path(), run.result.frames.size());
    report.runs.push_back(std::move(run));
    names.push_back(name);
    summaries.push_back(report.runs.back().summary);
    scenes.push_back({name, &report.runs.back().result, key_frame(report.runs.back().result)});
  }
  if (report.runs.size() > 1) {
    report.comparison = compare(names, summaries);
    take_ranks(arguments.directory, report.comparison);
  }
  report.comparison.names = names;
  report.script = page_script();
  const fs::path viewer = find_viewer();
  report.pictures_possible = !viewer.empty();
  const std::vector<PictureRequest> requests = picture_requests(report, scenarios);
  // All that is left is independent of each other; the longest first.
  std::vector<std::function<void()>> jobs;
  for (ReportRun& run : report.runs) {
    // Of several techniques the hardest is the one that needs advice; a single one always gets it.
    const bool hardest = std::all_of(report.runs.begin(), report.runs.end(), [&](const ReportRun& other) {
      return run.findings.limits.front().value >= other.findings.limits.front().value;
    });
    if (!with_advice_for_all && !hardest) continue;
    jobs.emplace_back([&] {
      run.advice = advise(run.result.scenario, library, kAdviceRate, report.runs.size() > 1 ? 1 : arguments.threads);
    });
  }
  // Likewise what would relieve the roots: of more than two techniques only the one that presses hardest.
  for (ReportRun& run : report.runs) {
    const auto pressure = [](const ReportRun& r) {
      return r.findings.roots.empty() ? 0.0 : r.findings.roots.front().pressure;
    };
    const bool hardest = std::all_of(report.runs.begin(), report.runs.end(),
                                     [&](const ReportRun& other) { return pressure(run) >= pressure(other); });
    if (report.runs.size() > 2 && !hardest) continue;
    jobs.emplace_back([&] { run.explanations = explain(run.result, library, 1); });
  }
  if (!report.script.empty()) jobs.emplace_back([&] { report.model = model_json(scenes, 1); });
  for (std::size_t i = 0; i < requests.size() && report.pictures_possible; ++i)
    jobs.emplace_back([&, i] { report.runs[i].picture = view_picture(viewer, requests[i], i); });
  parallel_for(jobs.size(), 1, arguments.threads, [&](std::size_t i) { jobs[i](); });
  return report;
}

int report_run(const ReportArguments& arguments, const Globals& globals) {
  const Texts texts(data_directory(), arguments.language);
  const auto scenarios = scenarios_of(arguments.directory);
  const bool single = scenarios.size() == 1;
  const bool patient = arguments.audience.empty() ? single : arguments.audience == "patient";
  const fs::path file =
      arguments.output.empty() ? fs::path(arguments.directory) / "report.html" : fs::path(arguments.output);
  Report report = make_report(scenarios, arguments, single, globals);
  write_file(file, report_html(report, patient ? Audience::Patient : Audience::Therapist, texts));
  for (const ReportRun& run : report.runs) {
    if (report.pictures_possible && run.picture.empty())
      fmt::print(stderr, "note: foramen-view could not draw {}, so the page has no picture of it\n", run.name);
  }
  if (!report.pictures_possible) fmt::print(stderr, "note: foramen-view was not found, so the page has no pictures\n");
  if (!globals.quiet) fmt::print("written to {}\n", file.string());
  return kDone;
}

}  // namespace

void add_report(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<ReportArguments>();
  CLI::App* sub = app.add_subcommand("report", "One page for a patient or a therapist, from results");
  sub->add_option("DIR", arguments->directory, "Folder of a run or a comparison")->required();
  sub->add_option("-o,--output", arguments->output, "The page (DIR/report.html)");
  sub->add_option("--language", arguments->language, "en, es, or another file of data/texts")->capture_default_str();
  sub->add_option("--for", arguments->audience, "patient or therapist (a run: patient; a comparison: therapist)")
      ->check(CLI::IsMember({"patient", "therapist"}));
  sub->add_option("--threads", arguments->threads, "Threads")->check(CLI::Range(1, 1024));
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return report_run(*arguments, globals); }; });
}

}  // namespace foramen
