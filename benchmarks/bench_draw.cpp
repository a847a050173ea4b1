// From a solved frame to pixels, at 1280 × 800 in software without a screen: what the viewer does while one drags.

#include <benchmark/benchmark.h>
#include <vtkRenderer.h>

#include <memory>

#include "sim/base/parallel.h"
#include "sim/run/simulate.h"
#include "viz/scene/camera.h"
#include "viz/scene/lumbar_scene.h"
#include "viz/vtk/offscreen_window.h"
#include "viz/vtk/stage.h"

namespace {

using namespace foramen;

/// The lift with a herniation, solved once for all benchmarks.
const Result& lift() {
  static const Result result = [] {
    Scenario scenario = read_scenario(FORAMEN_SOURCE_DIR "/scenarios/herniation_l4l5_left.toml");
    scenario.solver.rate_hz = 5;
    RunOptions options;
    options.threads = available_threads();
    return simulate(scenario, options);
  }();
  return result;
}

const scene::LumbarScene& lift_scene() {
  static const scene::LumbarScene made(lift().subject, {.title = lift().scenario.title, .loads = lift().scenario.loads},
                                       scene::colour_ranges(lift().frames), available_threads());
  return made;
}

scene::SceneOptions options_of(const benchmark::State& state) {
  scene::SceneOptions options = scene::options_for(static_cast<scene::View>(state.range(0)), {});
  options.muscles = state.range(1) != 0;
  return options;
}

/// Every mesh of a person: vertebrae, neighbours, limbs, skin.
void make_scene(benchmark::State& state) {
  const auto threads = static_cast<int>(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(scene::LumbarScene(lift().subject, {.title = "bench"}, {}, threads));
  }
}
BENCHMARK(make_scene)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

/// The same person with another herniation: bones are kept.
void change_subject(benchmark::State& state) {
  static_cast<void>(lift_scene());
  for (auto _ : state) {
    benchmark::DoNotOptimize(lift_scene().for_subject(lift().subject, {.title = "bench"}));
  }
}
BENCHMARK(change_subject)->Unit(benchmark::kMillisecond);

/// Frame → drawing.
void draw(benchmark::State& state) {
  const scene::SceneOptions options = options_of(state);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(lift_scene().draw(lift().frames[i++ % lift().frames.size()], options));
  }
}

struct Screen {
  foramen::vtk::OffscreenWindow window{{1280, 800}};
  foramen::vtk::Stage stage;
  Screen() { window->AddRenderer(stage.renderer()); }
  ~Screen() { window->RemoveRenderer(stage.renderer()); }
};

/// Drawing → VTK → pixels, every time another instant; the drawing itself is not timed.
void show_and_render(benchmark::State& state, bool refined, bool show = true, bool render = true) {
  const scene::SceneOptions options = options_of(state);
  std::vector<scene::Drawing> drawings;
  for (const Frame& frame : lift().frames) drawings.push_back(lift_scene().draw(frame, options));
  Screen screen;
  screen.stage.refine(refined);
  screen.stage.show(drawings[0]);
  screen.stage.place_camera(scene::place_camera(static_cast<scene::View>(state.range(0)), lift().frames[0]), false);
  screen.window->Render();
  std::size_t i = 0;
  for (auto _ : state) {
    if (show) screen.stage.show(drawings[++i % drawings.size()]);
    if (render) screen.window->Render();
    if (render) screen.window->WaitForCompletion();
  }
}
void render_moving(benchmark::State& state) {
  show_and_render(state, false);
}
void show_only(benchmark::State& state) {
  show_and_render(state, false, true, false);
}
void render_still_coarse(benchmark::State& state) {
  show_and_render(state, false, false, true);
}
void render_refined(benchmark::State& state) {
  show_and_render(state, true);
}

/// The views that differ most in what they draw.
void views(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"view", "muscles"})->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
  for (const scene::View view : {scene::View::Lateral, scene::View::Foramen, scene::View::Axial, scene::View::Body}) {
    bench->Args({static_cast<int>(view), 0});
  }
  bench->Args({static_cast<int>(scene::View::Body), 1});
}
BENCHMARK(draw)->Apply(views);
BENCHMARK(render_moving)->Apply(views);
BENCHMARK(show_only)->Apply(views);
BENCHMARK(render_still_coarse)->Apply(views);
BENCHMARK(render_refined)->Apply(views);

}  // namespace
