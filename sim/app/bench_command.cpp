#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "sim/app/commands.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/report/curve_picture.h"
#include "sim/run/bench_run.h"
#include "sim/run/recorder.h"

namespace foramen {

namespace {

struct BenchArguments {
  std::string file, output;
};

void add_line(const BenchTest& test, const std::string& name, CurvePicture& picture) {
  CurvePicture::Line line{name, {}, {}};
  for (std::size_t i = 0; i < test.points.size(); ++i) {
    line.x.push_back(test.points[i].load);
    line.y.push_back(test.answer(i));
  }
  picture.lines.push_back(std::move(line));
}

CurvePicture empty_picture(const std::string& title, const std::string& unit) {
  return {title, unit == "N" ? "force [N]" : "moment [N·m]", unit == "N" ? "displacement [mm]" : "rotation [deg]", {}};
}

/// All moments on the intact specimen in one picture; then every test in one of its own, a line per dissection.
void write_pictures(const std::vector<BenchTest>& tests, const std::filesystem::path& directory) {
  CurvePicture intact = empty_picture("Intact specimen", "N·m");
  std::vector<std::pair<std::string, CurvePicture>> by_test;
  for (const BenchTest& test : tests) {
    if (test.dissection == "intact") {
      if (test.unit != "N") add_line(test, test.loading, intact);
      by_test.emplace_back(test.loading, empty_picture(test.loading, test.unit));
    }
    for (auto& [loading, picture] : by_test) {
      if (loading == test.loading) add_line(test, test.dissection, picture);
    }
  }
  write_file(directory / "moments.svg", curve_svg(intact));
  for (auto& [loading, picture] : by_test) {
    std::string file = loading + ".svg";
    std::replace(file.begin(), file.end(), ' ', '_');
    write_file(directory / file, curve_svg(picture));
  }
}

int bench_spine(const BenchArguments& arguments, const Globals& globals) {
  const Scenario scenario = read_scenario(arguments.file);
  const std::string output =
      arguments.output.empty() ? "results/" + std::filesystem::path(arguments.file).stem().string() : arguments.output;
  if (!may_replace(output)) {
    throw InputError(InputProblem{
        .file = output, .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  if (!scenario.bench)
    throw InputError(InputProblem{.file = arguments.file, .key = "bench", .message = "a [bench] table is needed"});
  const std::vector<BenchTest> tests = run_bench(scenario, data_directory());
  StagedDirectory staged(output);
  write_file(staged.path() / "scenario.toml", write_scenario(scenario));
  write_file(staged.path() / "bench.csv", bench_csv(tests));
  write_file(staged.path() / "bench.json", bench_json(scenario, tests));
  write_pictures(tests, staged.path());
  staged.commit();
  int status = kDone;
  std::string dissection;
  for (const BenchTest& test : tests) {
    if (!globals.quiet && test.dissection != dissection) fmt::print("{}\n", test.dissection);
    dissection = test.dissection;
    const bool converged = test.points.back().state.convergence.converged;
    if (!converged) status = kMarked;
    if (globals.quiet) continue;
    fmt::print("  {:<16}{:>8.5g} {:<5}{:>8.3f} {}{}\n", test.loading, test.points.back().load, test.unit,
               test.answer(test.points.size() - 1), test.unit == "N" ? "mm" : "deg",
               converged ? "" : "  did not converge: " + test.points.back().state.convergence.reason);
  }
  if (!globals.quiet) fmt::print("written to {}\n", output);
  return status;
}

}  // namespace

void add_bench_spine(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* sub = app.add_subcommand("bench-spine", "Test the passive spine as in a laboratory");
  sub->add_option("FILE", arguments->file, "A scenario with a [bench] table")->required();
  sub->add_option("-o,--output", arguments->output, "Folder of the results");
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return bench_spine(*arguments, globals); }; });
}

}  // namespace foramen
