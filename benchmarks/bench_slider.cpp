// What a person at the viewer waits for: from a slider to new numbers, from there to the picture, and from the start of
// the program to its first picture. In software, at 1280 × 800.

#include <benchmark/benchmark.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/csv.h"
#include "sim/base/parallel.h"
#include "tests/gui/screen.h"
#include "viz/scene/camera.h"
#include "viz/session/cases.h"
#include "viz/session/session.h"
#include "viz/session/solving.h"
#include "viz/vtk/offscreen_window.h"
#include "viz/vtk/stage.h"

namespace {

using namespace foramen;

constexpr scene::MeshDetail kDetail{.coarseness = 1.3};  ///< of the window's bones

/// The session of a window that shows the lift with a herniation, and what its solver thread keeps.
struct Desk {
  std::shared_ptr<const Library> library = std::make_shared<const Library>(load_library(data_directory()));
  session::Session session = begin();
  session::Preparer preparer{library, available_threads(), kDetail};

  session::Session begin() const {
    session::State state;
    state.cases.push_back(session::open_case(FORAMEN_SOURCE_DIR "/scenarios/herniation_l4l5_left.toml"));
    state.view.time = 1.2;
    std::vector<double> times = session::times_of(state);
    return {std::move(state), {library->postures, std::move(times), {}, FORAMEN_SOURCE_DIR "/scenarios", {"en"}}};
  }
};

/// One move of a slider: a command, the person and motion it means, the instant under the cursor solved.
struct Answer {
  std::shared_ptr<const session::Ready> ready;
  Frame frame;
};
Answer move(Desk& desk, const char* slider, double value) {
  desk.session.run(std::string(slider) + " " + std::to_string(value), true);
  auto ready = desk.preparer.prepare(session::shown_scenarios(desk.session.state()).front(), true);
  Frame frame = solve_frame(*ready->person, *ready->motion, desk.session.state().view.time);
  return {std::move(ready), std::move(frame)};
}

struct Slider {
  const char* command;
  double low, step;
};
constexpr std::array kSliders{Slider{"angle lumbar_flexion", 30, 0.5}, Slider{"load", 5, 0.5}, Slider{"hips", 50, 0.5},
                              Slider{"herniation", 3, 0.1}, Slider{"canal", 80, 1}};

double value_of(const Slider& slider, int i) {
  return slider.low + slider.step * (i % 20);
}

void slider_to_numbers(benchmark::State& state) {
  const Slider& slider = kSliders[static_cast<std::size_t>(state.range(0))];
  Desk desk;
  state.SetLabel(slider.command);
  benchmark::DoNotOptimize(move(desk, slider.command, value_of(slider, 0)));  // the person's bones are made once
  int i = 1;
  for (auto _ : state) benchmark::DoNotOptimize(move(desk, slider.command, value_of(slider, i++)));
}

void slider_to_picture(benchmark::State& state) {
  const Slider& slider = kSliders[static_cast<std::size_t>(state.range(0))];
  const auto view = static_cast<scene::View>(state.range(1));
  Desk desk;
  state.SetLabel(slider.command);
  const scene::SceneOptions options = scene::options_for(view, {});
  foramen::vtk::OffscreenWindow window({1280, 800});
  foramen::vtk::Stage stage;
  window->AddRenderer(stage.renderer());
  stage.refine(false);
  const Answer first = move(desk, slider.command, value_of(slider, 0));
  stage.show(first.ready->scene->draw(first.frame, options));
  stage.place_camera(scene::place_camera(view, first.frame), false);
  window->Render();
  int i = 1;
  for (auto _ : state) {
    const Answer answer = move(desk, slider.command, value_of(slider, i++));
    stage.show(answer.ready->scene->draw(answer.frame, options));
    window->Render();
    window->WaitForCompletion();
  }
  window->RemoveRenderer(stage.renderer());
}

/// Twenty moves, as one drag makes them, many times: the median drag.
void drags(benchmark::internal::Benchmark* bench) {
  bench->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
  bench->Iterations(20)->Repetitions(9)->ReportAggregatesOnly();
}
BENCHMARK(slider_to_numbers)->Apply(drags)->ArgName("slider")->DenseRange(0, 4);
BENCHMARK(slider_to_picture)
    ->Apply(drags)
    ->ArgNames({"slider", "view"})
    ->Args({0, static_cast<int>(scene::View::Lateral)})
    ->Args({0, static_cast<int>(scene::View::Body)})
    ->Args({3, static_cast<int>(scene::View::Foramen)});

/// The program itself on a screen of its own: it says how long its first picture of a body took.
void start_to_first_picture(benchmark::State& state) {
  const gui::Screen screen;
  if (screen.display().empty()) {
    state.SkipWithError("Xvfb is not installed");
    return;
  }
  const std::string folder = "/tmp/foramen-bench-" + std::to_string(getpid()), script = folder + ".txt";
  std::ofstream(script) << "wait 0.3\nprint\nquit\n";
  const std::string line = "XDG_CONFIG_HOME=" + folder + " DISPLAY=" + screen.display() + " '" FORAMEN_VIEW "' '" +
                           FORAMEN_SOURCE_DIR "/scenarios/standing.toml' --size 1280x800 --script " + script +
                           " 2>/dev/null | sed -n 's/^first_picture_s //p'";
  for (auto _ : state) {
    double seconds = 0.0;
    FILE* said = popen(line.c_str(), "r");
    if (said == nullptr || std::fscanf(said, "%lf", &seconds) != 1) state.SkipWithError("the window said nothing");
    if (said != nullptr) pclose(said);
    state.SetIterationTime(seconds);
  }
}
BENCHMARK(start_to_first_picture)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(7)
    ->ReportAggregatesOnly();

}  // namespace
