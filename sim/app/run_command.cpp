#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <optional>

#include "sim/app/watched_work.h"
#include "sim/assess/explanation.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/run/recorder.h"
#include "sim/study/ensemble.h"

namespace foramen {

namespace {

struct RunArguments {
  std::string scenario, output;
  std::vector<std::string> settings;
  double rate_hz = 0;
  int threads = available_threads();
  int ensemble = 0;
  std::uint64_t seed = 1;
  bool expect = false, timing = false, json = false, vtk = false, explain = false;
};

/// " (p05 … p95)" of a summary path, empty without an ensemble.
std::string band_text(const Summary& summary, const Bands* bands, const std::string& path, int decimals) {
  if (!bands) return {};
  for (std::size_t i = 0; i < summary.values.size(); ++i) {
    if (summary.values[i].path != path) continue;
    const Band& band = bands->summary[i];
    return fmt::format(" ({:.{}f} … {:.{}f})", band.p05, decimals, band.p95, decimals);
  }
  return {};
}

/// The worst of the run in a few lines.
void print_digest(const Result& result, const Summary& summary, const Bands* bands,
                  const std::filesystem::path& directory) {
  fmt::print("{}\n", result.scenario.title);
  if (bands) {
    fmt::print("in brackets: 5 % to 95 % of {} members with varied parameters (data/uncertainty.csv)\n",
               bands->members);
  }
  fmt::print("{:8}{:>14}{:>12}{:>12}   (peaks)\n", "level", "compression", "shear", "pressure");
  for (const Level level : kLevels) {
    const std::string path = fmt::format("levels.{}.", name(level));
    fmt::print("{:8}{:>12.0f} N{}{:>10.0f} N{}{:>8.2f} MPa{}\n", name(level), summary.at(path + "compression_N.peak"),
               band_text(summary, bands, path + "compression_N.peak", 0), summary.at(path + "shear_anterior_N.peak"),
               band_text(summary, bands, path + "shear_anterior_N.peak", 0), summary.at(path + "pressure_MPa.peak"),
               band_text(summary, bands, path + "pressure_MPa.peak", 2));
  }
  fmt::print("{:14}{:>14}{:>10}   pressed by\n", "root", "pressure", "tension");
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const std::string path = fmt::format("roots.{}.{}.", name(root), name(side));
      std::string presser;
      for (const Summary::Text& entry : summary.texts) {
        if (entry.path == path + "pressed_by") presser = entry.text;
      }
      fmt::print("{:14}{:>9.0f} mmHg{}{:>8.2f} N{}   {}\n", fmt::format("{} {}", name(side), name(root)),
                 summary.at(path + "pressure_mmHg.peak"), band_text(summary, bands, path + "pressure_mmHg.peak", 0),
                 summary.at(path + "tension_N.peak"), band_text(summary, bands, path + "tension_N.peak", 1), presser);
    }
  }
  fmt::print("{} frames, written to {}\n", summary.frames, directory.string());
}

void print_explanations(const std::vector<RootExplanation>& explanations) {
  if (explanations.empty()) fmt::print("no root is pressed with 10 mmHg or more: nothing to explain\n");
  for (const RootExplanation& e : explanations) {
    const char* indent = "";
    for (const std::string& sentence : explanation_sentences(e)) {
      fmt::print("{}{}\n", indent, sentence);
      indent = "  ";
    }
  }
}

int finish(const Result& result, const Summary& summary, bool expect, const Globals& globals) {
  if (globals.log != "error") {
    for (const std::string& warning : summary.warnings) fmt::print(stderr, "warning: {}\n", warning);
  }
  if (summary.interrupted) {
    fmt::print(stderr, "interrupted: {} frames were finished and are kept\n", summary.frames);
    return kInterrupted;
  }
  int status = summary.not_converged + summary.strength_exceeded > 0 ? kMarked : kDone;
  if (summary.not_converged > 0)
    fmt::print(stderr, "{} of {} frames did not converge; their numbers are left out\n", summary.not_converged,
               summary.frames);
  if (summary.strength_exceeded > 0)
    fmt::print(stderr, "{} of {} frames need more than the subject's strength; they are marked\n",
               summary.strength_exceeded, summary.frames);
  if (!expect) return status;
  for (const MissedExpectation& missed : check_expectations(result.scenario, summary)) {
    fmt::print(stderr, "expected {} within {:.6g} … {:.6g}: it is {:.6g}\n", missed.quantity, missed.lo, missed.hi,
               missed.value);
    status = kOutside;
  }
  return status;
}

Bands watched_ensemble(const Result& result, const RunArguments& arguments, const std::string& label,
                       const Globals& globals) {
  Watch watch(label, "members", globals);
  RunOptions options;
  options.threads = arguments.threads;
  options.progress = &watch.progress();
  Bands bands = run_ensemble(result, read_uncertainties(data_directory() / "uncertainty.csv"), arguments.ensemble,
                             arguments.seed, options);
  if (bands.members < arguments.ensemble)
    fmt::print(stderr, "interrupted: bands of {} members instead of {}\n", bands.members, arguments.ensemble);
  if (bands.without_numbers > 0)
    fmt::print(stderr, "{} of {} members have frames that did not converge; those are left out of the bands\n",
               bands.without_numbers, bands.members);
  return bands;
}

int run(const RunArguments& arguments, const Globals& globals) {
  Scenario scenario = read_scenario(arguments.scenario, parse_overrides(arguments.settings));
  if (arguments.rate_hz > 0) scenario.solver.rate_hz = arguments.rate_hz;
  const std::filesystem::path stem = std::filesystem::path(arguments.scenario).stem();
  const std::filesystem::path directory =
      arguments.output.empty() ? "results" / stem : std::filesystem::path(arguments.output);
  if (!may_replace(directory)) {
    throw InputError(
        InputProblem{.file = directory.string(),
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  const auto start = std::chrono::steady_clock::now();
  const Result result = watched_run(scenario, arguments.threads, stem.string(), globals);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const Summary summary = summarise(result);
  Extras extras{nullptr, arguments.vtk, arguments.threads};
  std::optional<Bands> bands;
  if (arguments.ensemble > 0 && !result.interrupted && !result.frames.empty()) {
    bands = watched_ensemble(result, arguments, stem.string(), globals);
    extras.bands = &*bands;
  }
  std::vector<RootExplanation> explanations;
  if (arguments.explain && !result.interrupted) {
    explanations = explain(result, load_library(data_directory()), arguments.threads);
    extras.explanation = explanation_json(explanations);
  }
  write_result(result, summary, directory, extras);
  if (arguments.json) {
    fmt::print("{}", summary_json(result, summary, extras.bands));
  } else if (!globals.quiet) {
    print_digest(result, summary, extras.bands, directory);
    if (arguments.explain) print_explanations(explanations);
  }
  if (arguments.timing) {
    fmt::print(stderr, "{:.3f} s on {} threads, {:.2f} ms per frame and thread\n", seconds, arguments.threads,
               1e3 * seconds * arguments.threads / std::max(1, summary.frames));
  }
  return finish(result, summary, arguments.expect, globals);
}

}  // namespace

void add_run(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<RunArguments>();
  CLI::App* sub = app.add_subcommand("run", "Run one scenario and write its results");
  sub->add_option("SCENARIO", arguments->scenario, "Scenario file")->required();
  sub->add_option("-o,--output", arguments->output, "Folder of the results (results/NAME)");
  sub->add_option("--set", arguments->settings, "KEY=VALUE: changes a key of the scenario")->allow_extra_args(false);
  sub->add_option("--rate", arguments->rate_hz, "Frames per second")->check(CLI::Range(1.0, 1000.0));
  sub->add_option("--threads", arguments->threads, "Threads")->check(CLI::Range(1, 1024));
  sub->add_option("--ensemble", arguments->ensemble, "N: spread over N variations of the model's parameters")
      ->check(CLI::Range(2, 5000));
  sub->add_option("--seed", arguments->seed, "Seed of the ensemble");
  sub->add_flag("--vtk", arguments->vtk, "Write a series of surfaces and cables for ParaView");
  sub->add_flag("--expect", arguments->expect, "Exit with 4 if an [expect] value is outside");
  sub->add_flag("--explain", arguments->explain,
                "Try at each pressed root's peak what relieves it: posture, load, protrusion");
  sub->add_flag("--timing", arguments->timing, "Say how long it took");
  sub->add_flag("--json", arguments->json, "Print the summary as JSON");
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return run(*arguments, globals); }; });
}

}  // namespace foramen
