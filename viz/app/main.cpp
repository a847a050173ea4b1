/// foramen-view: what a scenario does to the lower back, in a window or as a picture.

#include <fmt/core.h>

#include <chrono>
#include <exception>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/report/texts.h"
#include "viz/app/arguments.h"
#include "viz/app/offscreen.h"
#include "viz/session/cases.h"
#include "viz/vtk/display.h"
#ifdef FORAMEN_WINDOW
#include "viz/qt/open_window.h"
#endif

namespace {

using namespace foramen;

constexpr int kCouldNotFinish = 1, kBadInput = 2;
constexpr const char* kFirstScenario = "standing.toml";  ///< where none is named

std::vector<std::string> read_script(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw InputError(InputProblem{.file = file.string(), .message = "cannot be read"});
  std::stringstream text;
  text << stream.rdbuf();
  return session::script_commands(text.str());
}

/// Scenarios lie beside the data, installed or not.
std::filesystem::path scenario_folder(const std::filesystem::path& data) {
  return data.parent_path() / "scenarios";
}

session::State first_state(const view::Arguments& arguments, const std::filesystem::path& scenarios) {
  session::State state;
  for (const auto& file : arguments.scenarios) state.cases.push_back(session::open_case(file, arguments.overrides));
  if (state.cases.empty()) state.cases.push_back(session::open_case(scenarios / kFirstScenario, arguments.overrides));
  state.view.options = scene::options_for(state.view.view, state.wished);
  state.view.time = arguments.time.value_or(session::times_of(state).front());
  return state;
}

void open_window([[maybe_unused]] const view::Arguments& arguments, [[maybe_unused]] session::Session session,
                 [[maybe_unused]] std::shared_ptr<const Library> library,
                 [[maybe_unused]] std::vector<std::string> script,
                 [[maybe_unused]] std::chrono::steady_clock::time_point started) {
  const std::string instead = "Use --picture FILE.png to draw without one";
#ifdef FORAMEN_WINDOW
  if (const std::string why = vtk::why_no_display(); !why.empty()) {
    throw std::runtime_error("cannot open a window: " + why + ". " + instead);
  }
  qt::open_window({.session = std::move(session),
                   .library = std::move(library),
                   .script = std::move(script),
                   .width = arguments.width,
                   .height = arguments.height,
                   .threads = arguments.threads,
                   .go_to_peak = !arguments.time,
                   .started = started,
                   .chosen = arguments.size_given});
#else
  throw std::runtime_error("cannot open a window: this build has no Qt. " + instead);
#endif
}

void run(const view::Arguments& arguments, std::chrono::steady_clock::time_point started) {
  std::vector<std::string> script;
  if (arguments.script) script = read_script(*arguments.script);
  const std::filesystem::path data = data_directory();
  session::State state = first_state(arguments, scenario_folder(data));
  auto library = std::make_shared<const Library>(load_library(data));
  session::Context context{library->postures, session::times_of(state), {}, scenario_folder(data), languages(data)};
  session::Session session(std::move(state), std::move(context));
  if (arguments.view) session.run("view " + *arguments.view);
  if (arguments.muscles) session.run("toggle muscles");
  if (arguments.theme) session.run("theme " + *arguments.theme);
  if (arguments.text_scale) session.run(fmt::format("scale {:g}", 100 * *arguments.text_scale));
  if (arguments.picture || arguments.video || arguments.offscreen) {
    view::run_offscreen(arguments, session, std::move(library), script);
  } else {
    open_window(arguments, std::move(session), std::move(library), std::move(script), started);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto started = std::chrono::steady_clock::now();
  try {
    if (const auto arguments = view::read_arguments(argc, argv)) run(*arguments, started);
    return 0;
  } catch (const InputError& error) {
    for (const InputProblem& problem : error.problems()) fmt::print(stderr, "{}\n", problem.text());
    return kBadInput;
  } catch (const std::exception& error) {
    fmt::print(stderr, "foramen-view: {}\n", error.what());
    return kCouldNotFinish;
  }
}
