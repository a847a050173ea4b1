/// foramen-view: a scenario as a picture or in a window.

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <fstream>
#include <future>
#include <sstream>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"
#include "viz/app/arguments.h"
#include "viz/vtk/show.h"

namespace {

using namespace foramen;

constexpr int kCouldNotFinish = 1, kBadInput = 2;

/// Solves every instant; on a terminal says how far it is.
Result solve(const Scenario& scenario, int threads) {
  Progress progress;
  RunOptions options;
  options.threads = threads;
  options.progress = &progress;
  auto solved = std::async(std::launch::async, [&] { return simulate(scenario, options); });
  const bool told = isatty(STDERR_FILENO) != 0;
  while (solved.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
    if (told) fmt::print(stderr, "\rsolving {} of {}", progress.done(), progress.total());
  }
  if (told) fmt::print(stderr, "\r\033[K");
  return solved.get();
}

/// One instant only, for a picture that shows no other; between frames there is nothing to step to.
Result solve_instant(const Scenario& scenario, double time) {
  const std::filesystem::path data = data_directory();
  const Library library = load_library(data);
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);
  const auto nearer = [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); };
  const double nearest = *std::min_element(times.begin(), times.end(), nearer);
  return {scenario, library.digest, person.subject, {solve_frame(person, motion, nearest)}, false};
}

std::vector<vtk::Sheet> make_sheets(const view::Arguments& arguments, int threads) {
  std::vector<Scenario> scenarios;
  for (const auto& file : arguments.scenarios) scenarios.push_back(read_scenario(file, arguments.overrides));
  std::vector<Result> results;
  const bool one_instant = arguments.picture && arguments.time && !arguments.script;
  for (const Scenario& scenario : scenarios)
    results.push_back(one_instant ? solve_instant(scenario, *arguments.time) : solve(scenario, threads));
  // One scale for all that stand side by side.
  scene::ColourRanges ranges;
  for (const Result& result : results) {
    const scene::ColourRanges own = scene::colour_ranges(result.frames);
    ranges.disc_pressure = std::max(ranges.disc_pressure, own.disc_pressure);
    ranges.root_pressure = std::max(ranges.root_pressure, own.root_pressure);
  }
  if (arguments.disc_scale > 0) ranges.disc_pressure = arguments.disc_scale * units::MPa;
  if (arguments.root_scale > 0) ranges.root_pressure = arguments.root_scale * units::mmHg;
  // Bones as fine as the picture can show: full detail from 800 pixels on.
  const double coarseness = arguments.picture ? std::clamp(800.0 / arguments.height, 1.0, 2.0) : 1.0;
  std::vector<vtk::Sheet> sheets;
  for (Result& result : results) {
    scene::LumbarScene scene(result.subject, scene::Setting{result.scenario.title, result.scenario.loads}, ranges, threads, coarseness);
    sheets.push_back({std::move(result.frames), std::move(scene)});
  }
  return sheets;
}

/// The instants of all sheets, rising; the first picture shows the highest root pressure of all unless told otherwise.
scene::Session make_session(const view::Arguments& arguments, const std::vector<vtk::Sheet>& sheets) {
  std::vector<double> times;
  scene::ViewState state;
  double highest = -1.0;
  for (const vtk::Sheet& sheet : sheets) {
    for (const Frame& frame : sheet.frames) times.push_back(frame.time);
    const Frame& peak = sheet.frames[scene::most_loaded_frame(sheet.frames)];
    if (const double pressure = scene::highest_root(peak).pressure; pressure > highest) {
      highest = pressure;
      state.time = peak.time;
    }
  }
  std::sort(times.begin(), times.end());
  times.erase(std::unique(times.begin(), times.end()), times.end());
  if (arguments.time) state.time = *arguments.time;
  state.options.muscles = arguments.muscles;
  scene::Session session(state, std::move(times));
  if (arguments.view) session.run("view " + *arguments.view);
  return session;
}

std::vector<std::string> read_script(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw InputError(InputProblem{.file = file.string(), .message = "cannot be read"});
  std::stringstream text;
  text << stream.rdbuf();
  return scene::script_commands(text.str());
}

void run(const view::Arguments& arguments) {
  std::vector<std::string> script;
  if (arguments.script) script = read_script(*arguments.script);
  const int threads = arguments.threads > 0 ? arguments.threads : available_threads();
  const std::vector<vtk::Sheet> sheets = make_sheets(arguments, threads);
  scene::Session session = make_session(arguments, sheets);
  const vtk::PictureSize size{arguments.width, arguments.height};
  if (!arguments.picture) {
    vtk::open_window(sheets, session, {size, "Foramen", script, arguments.quit_after});
    return;
  }
  for (const std::string& command : script) {
    session.run(command);
    if (const auto file = session.take_picture()) vtk::write_picture(sheets, session.state(), size, *file);
  }
  vtk::write_picture(sheets, session.state(), size, *arguments.picture);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    if (const auto arguments = view::read_arguments(argc, argv)) run(*arguments);
    return 0;
  } catch (const InputError& error) {
    for (const InputProblem& problem : error.problems()) fmt::print(stderr, "{}\n", problem.text());
    return kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "foramen-view: {}\n", error.what());
    return kCouldNotFinish;
  }
}
