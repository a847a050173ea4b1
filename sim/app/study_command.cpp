#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <numeric>

#include "sim/app/watched_work.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/report/sensitivity_picture.h"
#include "sim/run/recorder.h"
#include "sim/run/tables.h"
#include "sim/study/study.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

struct StudyArguments {
  std::string study, output, shard = "1/1";
  int threads = available_threads();
  bool dry_run = false, sensitivity = false, json = false;
};

struct MergeArguments {
  std::vector<std::string> shards;
  std::string output;
};

/// "I/N", counted from 1.
std::pair<std::uint64_t, std::uint64_t> parse_shard(const std::string& text) {
  const std::size_t slash = text.find('/');
  const auto number = [](const std::string& digits) -> std::uint64_t {
    if (digits.empty() || digits.size() > 9 || digits.find_first_not_of("0123456789") != std::string::npos) return 0;
    return std::stoull(digits);
  };
  const std::uint64_t i = number(text.substr(0, slash));
  const std::uint64_t n = slash == std::string::npos ? 0 : number(text.substr(slash + 1));
  if (i < 1 || i > n) {
    throw InputError(InputProblem{
        .file = "--shard", .key = text, .message = "must read I/N with I from 1 to N, e.g. --shard 2/4"});
  }
  return {i, n};
}

std::string value_text(const FactorValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : fmt::format("{:.6g}", std::get<double>(value));
}

std::string size_text(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

/// How many runs there are, what they would cost, and what the first look like.
void preview(const Study& study, const StudyPlan& plan, int threads) {
  std::uint64_t mine = 0;
  std::vector<std::uint64_t> first;
  for (std::uint64_t run = 1; run <= plan.runs; ++run) {
    if (!plan.has(run, study.arms())) continue;
    ++mine;
    if (first.size() < 5) first.push_back(run);
  }
  fmt::print("{} runs", plan.runs);
  if (plan.shards > 1) fmt::print(", {} of them in shard {}/{}", mine, plan.shard, plan.shards);
  fmt::print("; {} factors, {} quantities kept\n", study.description().factors.size(), plan.quantities.size());

  const auto start = std::chrono::steady_clock::now();
  const Split alone = [](std::size_t parts, const std::function<void(std::size_t)>& part) {
    for (std::size_t k = 0; k < parts; ++k) part(k);
  };
  std::size_t tried = 0;
  double seconds = 0, frame_bytes = 0;
  std::vector<StudyRun> rows;
  for (const std::uint64_t run : first) {
    if (seconds > 10) break;
    Result result;
    rows.push_back(study.solve(run, alone, &result));
    // Arrays of doubles: levels, roots, cable nodes, muscles, the rest.
    frame_bytes = std::max(frame_bytes, 8.0 * static_cast<double>(result.frames.size()) * 3200);
    ++tried;
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
  const double each = tried > 0 ? seconds / static_cast<double>(tried) : 0;
  const double row_bytes = 40 + 9.0 * static_cast<double>(plan.factors.size() + plan.quantities.size());
  double bytes = static_cast<double>(mine) * 2.5 * row_bytes;
  if (study.description().frames) bytes += static_cast<double>(mine) * frame_bytes;
  fmt::print("about {} on {} threads ({:.1f} ms a run, from {} runs made now); about {} of disk\n",
             duration_text(each * static_cast<double>(mine) / threads), threads, 1e3 * each, tried, size_text(bytes));
  fmt::print("\nrun");
  for (const std::string& factor : plan.factors) fmt::print("  {}", factor);
  fmt::print("  status\n");
  for (const StudyRun& row : rows) {
    fmt::print("{}", row.run);
    for (const FactorValue& value : row.factors) fmt::print("  {}", value_text(value));
    fmt::print("  {}\n", name(row.status));
  }
}

std::string count_text(const StudyOutcome& outcome) {
  std::string text = fmt::format("{} of {} runs", outcome.done, outcome.planned);
  for (std::size_t i = 1; i < outcome.by_status.size(); ++i) {
    if (outcome.by_status[i] > 0) text += fmt::format(", {} {}", outcome.by_status[i], name(static_cast<RunStatus>(i)));
  }
  return text;
}

int status_of(const StudyOutcome& outcome) {
  return outcome.by_status[0] == outcome.done ? kDone : kMarked;
}

int run(const StudyArguments& arguments, const Globals& globals) {
  const auto [shard, shards] = parse_shard(arguments.shard);
  const Study study(read_study(arguments.study), arguments.sensitivity ? DesignKind::Saltelli : DesignKind::Sample,
                    data_directory());
  if (arguments.dry_run) {
    preview(study, study.plan(shard, shards), arguments.threads);
    return kDone;
  }
  std::string stem = fs::path(arguments.study).stem().string();
  if (shards > 1) stem += fmt::format("-{}of{}", shard, shards);
  const fs::path folder = arguments.output.empty() ? fs::path("results") / stem : fs::path(arguments.output);
  StudyOutcome outcome;
  bool interrupted = false;
  {
    Watch watch(stem, "runs", globals);
    outcome = run_study(study, folder, {arguments.threads, shard, shards, &watch.progress()});
    interrupted = watch.interrupted() && outcome.done < outcome.planned;
  }
  if (interrupted) {
    fmt::print(stderr, "interrupted: {} are kept in {}; the same command goes on from there\n", count_text(outcome),
               folder.string());
    return kInterrupted;
  }
  if (arguments.sensitivity && shards == 1) {
    const Sensitivity sensitivity = sensitivity_of(StudyStore(folder));
    write_file(folder / "sensitivity.json", sensitivity_json(sensitivity));
    write_file(folder / "sensitivity.svg", sensitivity_svg(sensitivity));
    if (arguments.json) {
      fmt::print("{}", sensitivity_json(sensitivity));
    } else if (!globals.quiet) {
      fmt::print("{}", sensitivity_text(sensitivity));
    }
  }
  if (!globals.quiet && !arguments.json) {
    const std::string before = outcome.before > 0 ? fmt::format(" ({} were there already)", outcome.before) : "";
    fmt::print("{}{}, written to {}\n", count_text(outcome), before, folder.string());
  }
  return status_of(outcome);
}

int merge(const MergeArguments& arguments, const Globals& globals) {
  const std::vector<fs::path> shards(arguments.shards.begin(), arguments.shards.end());
  const StudyOutcome outcome = merge_studies(shards, arguments.output);
  const StudyStore store(arguments.output);
  if (outcome.done == outcome.planned && store.plan().facts.at("design") == "sensitivity") {
    const Sensitivity sensitivity = sensitivity_of(store);
    write_file(fs::path(arguments.output) / "sensitivity.json", sensitivity_json(sensitivity));
    write_file(fs::path(arguments.output) / "sensitivity.svg", sensitivity_svg(sensitivity));
    if (!globals.quiet) fmt::print("{}", sensitivity_text(sensitivity));
  }
  if (!globals.quiet) fmt::print("{}, written to {}\n", count_text(outcome), arguments.output);
  if (outcome.done < outcome.planned) {
    fmt::print(stderr, "{} runs are in none of the shards; foramen study STUDY -o {} makes them\n",
               outcome.planned - outcome.done, arguments.output);
    return kMarked;
  }
  return status_of(outcome);
}

}  // namespace

void add_study(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<StudyArguments>();
  CLI::App* sub = app.add_subcommand("study", "Run many sampled scenarios; goes on where it was stopped");
  sub->add_option("STUDY", arguments->study, "Study file")->required();
  sub->add_option("-o,--output", arguments->output, "Folder of the study (results/NAME)");
  sub->add_option("--threads", arguments->threads, "Threads")->check(CLI::Range(1, 1024));
  sub->add_option("--shard", arguments->shard, "I/N: this part of the runs only, counted from 1");
  sub->add_flag("--dry-run", arguments->dry_run, "Say how many runs there are, what they cost and what the first are");
  sub->add_flag("--sensitivity", arguments->sensitivity, "Which factor matters: first-order and total Sobol indices");
  sub->add_flag("--json", arguments->json, "Print the sensitivity as JSON");
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return run(*arguments, globals); }; });
}

void add_merge(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<MergeArguments>();
  CLI::App* sub = app.add_subcommand("merge", "Join the shards of a study");
  sub->add_option("DIR", arguments->shards, "Folders of the shards")->required();
  sub->add_option("-o,--output", arguments->output, "Folder of the whole study")->required();
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return merge(*arguments, globals); }; });
}

}  // namespace foramen
