#include <fmt/core.h>
#include <vtkCallbackCommand.h>
#include <vtkCommand.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkProperty2D.h>
#include <vtkRenderWindow.h>
#include <vtkRenderWindowInteractor.h>
#include <vtkRenderer.h>
#include <vtkSliderRepresentation2D.h>
#include <vtkSliderWidget.h>
#include <vtkTextProperty.h>
#include <vtkWindowToImageFilter.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "sim/base/error.h"
#include "viz/vtk/display.h"
#include "viz/vtk/image_file.h"
#include "viz/vtk/show.h"
#include "viz/vtk/stage.h"

namespace foramen::vtk {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTickMs = 33;            ///< between two looks at the clock
constexpr double kStillSeconds = 0.5;  ///< without a change, before the picture is refined

/// VTK's mouse without VTK's keys: those are ours.
class MouseOnly : public vtkInteractorStyleTrackballCamera {
 public:
  static MouseOnly* New();
  vtkTypeMacro(MouseOnly, vtkInteractorStyleTrackballCamera) void OnChar() override {}
  void OnKeyPress() override {}
};
vtkStandardNewMacro(MouseOnly)

    template <class Object>
    void observe(vtkObject* subject, unsigned long event, Object* object, void (*answer)(Object&)) {
  struct Bound {
    Object* object;
    void (*answer)(Object&);
  };
  vtkNew<vtkCallbackCommand> command;
  command->SetClientData(new Bound{object, answer});
  command->SetClientDataDeleteCallback([](void* bound) { delete static_cast<Bound*>(bound); });
  command->SetCallback([](vtkObject*, unsigned long, void* data, void*) {
    auto* bound = static_cast<Bound*>(data);
    bound->answer(*bound->object);
  });
  subject->AddObserver(event, command);
}

class Window {
 public:
  Window(const std::vector<Sheet>& sheets, scene::Session& session, const WindowOptions& options);
  void run();

 private:
  void command(const std::string& text);
  void key();
  void tick();
  void slid();
  void changed() {
    last_change_ = Clock::now();
    set_refined(false);
  }
  void set_refined(bool on);
  /// Brings the picture from the state shown to the session's state.
  void refresh();
  void draw(std::size_t sheet, bool new_camera);
  void write_picture(std::string file);
  void render();
  void add_slider();

  const std::vector<Sheet>& sheets_;
  scene::Session& session_;
  WindowOptions options_;
  scene::ViewState shown_;
  std::vector<Pose> carriers_;  ///< of each sheet's camera at the instant shown
  std::vector<std::unique_ptr<Stage>> stages_;
  vtkNew<vtkRenderWindow> window_;
  vtkNew<vtkRenderWindowInteractor> interactor_;
  vtkNew<vtkSliderWidget> slider_;
  vtkNew<vtkSliderRepresentation2D> slider_look_;
  Clock::time_point last_change_ = Clock::now(), last_tick_ = Clock::now();
  bool refined_ = false;
  int pictures_drawn_ = 0;
};

Window::Window(const std::vector<Sheet>& sheets, scene::Session& session, const WindowOptions& options)
    : sheets_(sheets), session_(session), options_(options), shown_(session.state()), carriers_(sheets.size()) {
  const double count = static_cast<double>(sheets.size());
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    stages_.push_back(std::make_unique<Stage>());
    stages_.back()->renderer()->SetViewport(static_cast<double>(i) / count, 0.0, static_cast<double>(i + 1) / count,
                                            1.0);
    window_->AddRenderer(stages_.back()->renderer());
  }
  window_->SetSize(options.size.width, options.size.height);
  window_->SetWindowName(options.title.c_str());
  window_->SetMultiSamples(0);  // the passes of a refined picture cannot draw into samples
  interactor_->SetRenderWindow(window_);
  vtkNew<MouseOnly> style;
  interactor_->SetInteractorStyle(style);
  observe<Window>(interactor_, vtkCommand::KeyPressEvent, this, [](Window& w) { w.key(); });
  observe<Window>(interactor_, vtkCommand::TimerEvent, this, [](Window& w) { w.tick(); });
  observe<Window>(style, vtkCommand::StartInteractionEvent, this, [](Window& w) { w.changed(); });
  observe<Window>(style, vtkCommand::InteractionEvent, this, [](Window& w) { w.changed(); });
  for (std::size_t i = 0; i < sheets.size(); ++i) draw(i, true);
  interactor_->Initialize();
  if (session.times().size() > 1) add_slider();
}

void Window::add_slider() {
  slider_look_->SetMinimumValue(session_.times().front());
  slider_look_->SetMaximumValue(session_.times().back());
  slider_look_->SetValue(session_.state().time);
  slider_look_->SetLabelFormat("%.2f s");
  slider_look_->GetPoint1Coordinate()->SetCoordinateSystemToNormalizedDisplay();
  slider_look_->GetPoint1Coordinate()->SetValue(0.25, 0.045);
  slider_look_->GetPoint2Coordinate()->SetCoordinateSystemToNormalizedDisplay();
  slider_look_->GetPoint2Coordinate()->SetValue(0.75, 0.045);
  slider_look_->SetSliderLength(0.012);
  slider_look_->SetSliderWidth(0.022);
  slider_look_->SetTubeWidth(0.005);
  slider_look_->SetEndCapLength(0.0);
  slider_look_->SetLabelHeight(0.018);
  slider_look_->GetLabelProperty()->SetColor(0.1, 0.1, 0.1);
  slider_look_->GetLabelProperty()->SetShadow(false);
  slider_look_->GetTubeProperty()->SetColor(0.35, 0.37, 0.40);
  slider_look_->GetSliderProperty()->SetColor(0.15, 0.35, 0.55);
  slider_look_->GetSelectedProperty()->SetColor(0.85, 0.45, 0.10);
  slider_->SetInteractor(interactor_);
  slider_->SetRepresentation(slider_look_);
  slider_->SetAnimationModeToJump();
  slider_->EnabledOn();
  observe<Window>(slider_, vtkCommand::InteractionEvent, this, [](Window& w) { w.slid(); });
}

void Window::run() {
  for (const std::string& line : options_.script) command(line);
  interactor_->CreateRepeatingTimer(kTickMs);
  render();
  if (!session_.state().quit) interactor_->Start();
}

void Window::command(const std::string& text) {
  try {
    session_.run(text);
  } catch (const InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return;
  }
  refresh();
}

void Window::key() {
  const std::string symbol = interactor_->GetKeySym() ? interactor_->GetKeySym() : "";
  if (symbol == "z" && !interactor_->GetControlKey()) return;
  // The keypad's digits are digits.
  const std::string_view bound =
      scene::command_of_key(symbol.starts_with("KP_") && symbol != "KP_Enter" ? symbol.substr(3)
                            : symbol == "KP_Enter"                            ? "Return"
                                                                              : symbol);
  if (!bound.empty()) command(std::string(bound));
}

void Window::slid() {
  session_.advance_to(
      scene::apply(fmt::format("time {}", slider_look_->GetValue()), session_.state(), session_.times()).time);
  refresh();
}

void Window::tick() {
  const Clock::time_point now = Clock::now();
  const double passed = std::chrono::duration<double>(now - last_tick_).count();
  last_tick_ = now;
  if (session_.state().playing) {
    double time = session_.state().time + passed;
    if (time > session_.times().back()) time = session_.times().front();
    session_.advance_to(time);
    refresh();
  } else if (!refined_ && sheets_.size() == 1 &&
             std::chrono::duration<double>(now - last_change_).count() > kStillSeconds) {
    set_refined(true);
    render();
  } else if (options_.quit_after > 0) {
    render();
  }
}

void Window::set_refined(bool on) {
  if (on == refined_) return;
  refined_ = on;
  for (const auto& stage : stages_) stage->refine(on);
}

void Window::draw(std::size_t sheet, bool new_camera) {
  const scene::ViewState& state = session_.state();
  const Frame& frame = sheets_[sheet].frames[scene::nearest_frame(sheets_[sheet].frames, state.time)];
  Stage& stage = *stages_[sheet];
  stage.show(sheets_[sheet].scene.draw(frame, state.options));
  const Pose carrier = scene::camera_carrier(state.view, frame);
  if (new_camera) {
    const int* size = window_->GetSize();
    const double aspect = static_cast<double>(size[0]) / static_cast<double>(sheets_.size()) / std::max(1, size[1]);
    stage.place_camera(scene::place_camera(state.view, frame, aspect), state.parallel);
    stage.orbit(state.orbit_right, state.orbit_up, state.zoom);
  } else {
    stage.carry_camera(carrier * carriers_[sheet].inverse());
    stage.set_parallel(state.parallel);
  }
  std::vector<scene::HelpLine> help;
  if (state.help) {
    help.push_back({"Left drag", "turn; middle or Shift+left drag: move; wheel: closer"});
    for (const scene::Command& one : scene::commands())
      if (!one.key.empty()) help.push_back({std::string(one.key_text), std::string(one.does)});
  }
  stage.show_help(std::move(help));
  carriers_[sheet] = carrier;
}

void Window::refresh() {
  const scene::ViewState& now = session_.state();
  changed();
  const bool new_camera = now.view != shown_.view || now.resets != shown_.resets || now.zoom != shown_.zoom ||
                          now.orbit_right != shown_.orbit_right || now.orbit_up != shown_.orbit_up;
  for (std::size_t i = 0; i < sheets_.size(); ++i) draw(i, new_camera);
  slider_look_->SetValue(now.time);
  shown_ = now;
  render();
  if (const auto file = session_.take_picture()) write_picture(*file);
  if (now.quit) interactor_->TerminateApp();
}

void Window::write_picture(std::string file) {
  for (int n = 1; file.empty(); ++n) {
    const std::string candidate = fmt::format("foramen-view-{}.png", n);
    if (!std::filesystem::exists(candidate)) file = candidate;
  }
  const bool slider = slider_->GetEnabled() != 0;
  if (slider) slider_->EnabledOff();
  set_refined(sheets_.size() == 1);
  window_->Render();
  vtkNew<vtkWindowToImageFilter> grab;
  grab->SetInput(window_);
  grab->ReadFrontBufferOff();
  grab->Update();
  if (slider) slider_->EnabledOn();
  try {
    write_png(grab->GetOutput(), file);
    fmt::print("{}\n", file);
  } catch (const std::runtime_error& error) {
    fmt::print(stderr, "{}\n", error.what());
  }
}

void Window::render() {
  window_->Render();
  if (options_.quit_after > 0 && ++pictures_drawn_ >= options_.quit_after) interactor_->TerminateApp();
}

}  // namespace

void open_window(const std::vector<Sheet>& sheets, scene::Session& session, const WindowOptions& options) {
  if (const std::string why = why_no_display(); !why.empty()) {
    throw std::runtime_error("cannot open a window: " + why + ". Use --picture FILE.png to draw without one");
  }
  Window(sheets, session, options).run();
}

}  // namespace foramen::vtk
