#include "viz/qt/scene_view.h"

#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkObjectFactory.h>
#include <vtkRenderWindowInteractor.h>
#include <vtkRenderer.h>

#include <QMouseEvent>
#include <QResizeEvent>
#include <algorithm>
#include <utility>

#include "viz/qt/look.h"

namespace foramen::qt {
namespace {

constexpr int kStillMs = 400;  ///< without a change, before the picture is refined
constexpr int kTextDpi = 72;   ///< a font's points are pixels, as in pictures without a screen

/// VTK's mouse without VTK's keys: those are commands.
class MouseOnly : public vtkInteractorStyleTrackballCamera {
 public:
  static MouseOnly* New();
  vtkTypeMacro(MouseOnly, vtkInteractorStyleTrackballCamera) void OnChar() override {}
  void OnKeyPress() override {}
  void OnKeyRelease() override {}
};
vtkStandardNewMacro(MouseOnly);

void observe(vtkObject* subject, unsigned long event, std::function<void()> answer) {
  vtkNew<vtkCallbackCommand> command;
  command->SetClientData(new std::function<void()>(std::move(answer)));
  command->SetClientDataDeleteCallback([](void* data) { delete static_cast<std::function<void()>*>(data); });
  command->SetCallback(
      [](vtkObject*, unsigned long, void* data, void*) { (*static_cast<std::function<void()>*>(data))(); });
  subject->AddObserver(event, command);
}

scene::Colour scene_colour(const QColor& colour) {
  return {static_cast<float>(colour.redF()), static_cast<float>(colour.greenF()), static_cast<float>(colour.blueF())};
}

Vec3 vector_of(const double* v) {
  return {v[0], v[1], v[2]};
}

}  // namespace

SceneView::SceneView(QWidget* parent) : QVTKOpenGLNativeWidget(parent), style_(vtkSmartPointer<MouseOnly>::New()) {
  window_->SetMultiSamples(0);  // the passes of a refined picture cannot draw into samples
  setRenderWindow(window_.Get());
  setEnableHiDPI(true);
  setUnscaledDPI(kTextDpi);
  setMinimumSize(240, 120);
  setFocusPolicy(Qt::ClickFocus);
  interactor()->SetInteractorStyle(style_);
  observe(style_, vtkCommand::StartInteractionEvent, [this] { changed(); });
  observe(style_, vtkCommand::InteractionEvent, [this] {
    changed();
    turned_ = true;
    link_cameras();
  });
  still_.setSingleShot(true);
  still_.setInterval(kStillMs);
  connect(&still_, &QTimer::timeout, this, [this] {
    if (moving_) return;
    refine(true);
    window_->Render();
  });
  observe(window_, vtkCommand::EndEvent, [this] {
    ++drawn_;
    if (!first_picture_ && !seats_.empty() && seats_.front().shown.frame) {
      first_picture_ = std::chrono::steady_clock::now();
    }
  });
}

SceneView::~SceneView() {
  for (Seat& seat : seats_) window_->RemoveRenderer(seat.stage->renderer());
}

void SceneView::set_count(std::size_t count) {
  if (seats_.size() == count) return;
  for (Seat& seat : seats_) window_->RemoveRenderer(seat.stage->renderer());
  seats_.clear();
  for (std::size_t i = 0; i < count; ++i) {
    Seat& seat = seats_.emplace_back();
    const double n = static_cast<double>(count);
    seat.stage->renderer()->SetViewport(static_cast<double>(i) / n, 0.0, static_cast<double>(i + 1) / n, 1.0);
    seat.stage->refine(refined_);
    window_->AddRenderer(seat.stage->renderer());
  }
  turned_ = false;
  dress();
}

void SceneView::dress() const {
  // One case has its title in the window's and its numbers in the table; several need to be told apart.
  const bool several = seats_.size() > 1;
  const scene::Panel panel = !several ? scene::Panel::None : plain_ ? scene::Panel::Title : scene::Panel::Brief;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    vtk::Stage& stage = *seats_[i].stage;
    stage.set_theme(theme_ == session::Theme::Dark ? scene::Theme::Dark : scene::Theme::Light);
    stage.set_text_scale(scale_ * devicePixelRatioF(), false);
    stage.show_words({.panel = panel, .plain = plain_});
    scene::PagePlace place{static_cast<int>(i), static_cast<int>(seats_.size())};
    if (several) place.colour = scene_colour(case_colour(i, theme_));
    stage.set_place(place);
  }
}

void SceneView::set_look(session::Theme theme, double scale, std::shared_ptr<const Texts> texts) {
  theme_ = theme;
  scale_ = scale;
  texts_ = std::move(texts);
  for (Seat& seat : seats_) seat.worded.reset();
  dress();
  if (!turned_ && !seats_.empty()) place(view_);
}

void SceneView::set_plain(bool plain) {
  if (plain == plain_) return;
  plain_ = plain;
  dress();
  if (!turned_ && !seats_.empty()) place(view_);
}

const scene::LumbarScene& SceneView::worded(Seat& seat) const {
  if (seat.worded != seat.shown.ready) {
    seat.worded = seat.shown.ready;
    seat.in_words = std::make_unique<const scene::LumbarScene>(seat.shown.ready->scene->with_texts(texts_));
  }
  return *seat.in_words;
}

void SceneView::place(const scene::ViewState& view) {
  scene::Framing framing{.size = devicePixelRatioF() * Vec2(width() / static_cast<double>(seats_.size()), height())};
  std::vector<scene::Neighbour> bodies;
  for (Seat& seat : seats_) {
    if (!seat.shown.frame) return;
    const std::vector<scene::Zone> covered = seat.stage->covered(framing.size);
    framing.covered.insert(framing.covered.end(), covered.begin(), covered.end());
    bodies.push_back({seat.shown.frame.get(), {}});
    if (seat.shown.whole) bodies.back().film = seat.shown.whole->frames;
    seat.filmed = seat.shown.whole != nullptr;
  }
  const std::vector<scene::Camera> cameras = scene::place_cameras(view.view, bodies, framing);
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    seats_[i].stage->place_camera(cameras[i], view.parallel);
    seats_[i].stage->orbit(view.orbit_right, view.orbit_up, view.zoom);
    seats_[i].carrier = scene::camera_carrier(view.view, *seats_[i].shown.frame);
  }
}

void SceneView::show(const std::vector<Shown>& cases, const scene::ViewState& view) {
  bool placed = seats_.size() != cases.size() || !keeps_camera(view);
  if (placed) turned_ = false;
  set_count(cases.size());
  changed();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    Seat& seat = seats_[i];
    if (!cases[i].frame) continue;
    placed = placed || !seat.shown.frame;
    seat.shown = cases[i];
    seat.stage->show(worded(seat).draw(*seat.shown.frame, view.options));
    // The whole body stays in the picture all through a run, once that is known.
    placed = placed || (view.view == scene::View::Body && seat.shown.whole && !seat.filmed && !turned_);
  }
  view_ = view;
  if (placed) place(view);
  for (Seat& seat : seats_) {
    if (placed || !seat.shown.frame) continue;
    const Pose carrier = scene::camera_carrier(view.view, *seat.shown.frame);
    seat.stage->carry_camera(carrier * seat.carrier.inverse());
    seat.stage->set_parallel(view.parallel);
    seat.carrier = carrier;
  }
  update();
}

void SceneView::draw_refined() {
  refine(true);
  window_->Render();
}

void SceneView::link_cameras() {
  vtkRenderer* moved = style_->GetCurrentRenderer();
  const auto source =
      std::find_if(seats_.begin(), seats_.end(), [moved](const Seat& seat) { return seat.stage->renderer() == moved; });
  if (source == seats_.end()) return;
  vtkCamera& from = *moved->GetActiveCamera();
  for (Seat& seat : seats_) {
    if (&seat == &*source) continue;
    // The same place beside the other body.
    const Pose over = seat.carrier * source->carrier.inverse();
    const Vec3 position = over * vector_of(from.GetPosition()), focus = over * vector_of(from.GetFocalPoint());
    const Vec3 up = over.R * vector_of(from.GetViewUp());
    vtkCamera& to = *seat.stage->renderer()->GetActiveCamera();
    to.SetPosition(position.data());
    to.SetFocalPoint(focus.data());
    to.SetViewUp(up.data());
    to.SetParallelScale(from.GetParallelScale());
    seat.stage->renderer()->ResetCameraClippingRange();
  }
}

void SceneView::changed() {
  refine(false);
  if (!moving_) still_.start();
}

void SceneView::refine(bool on) {
  if (on == refined_) return;
  refined_ = on;
  for (Seat& seat : seats_) seat.stage->refine(on);
}

void SceneView::set_moving(bool moving) {
  moving_ = moving;
  if (moving) {
    still_.stop();
  } else {
    still_.start();
  }
}

QImage SceneView::picture() {
  const bool before = refined_;
  refine(true);
  window_->Render();
  QImage image = grabFramebuffer().convertToFormat(QImage::Format_RGB888);
  refine(before);
  return image;
}

bool SceneView::drag(const QMouseEvent& event) {
  const double pixels = devicePixelRatioF();
  const double x = event.localPos().x() * pixels, y = (height() - 1 - event.localPos().y()) * pixels;
  if (event.type() == QEvent::MouseButtonPress && event.button() == Qt::LeftButton &&
      (grabbing_ || (event.modifiers() & Qt::ControlModifier) != 0) && !seats_.empty()) {
    const auto count = static_cast<double>(seats_.size());
    held_seat_ = static_cast<std::size_t>(std::clamp(event.localPos().x() / width() * count, 0.0, count - 1.0));
    const auto picked = seats_[held_seat_].stage->pick(x, y);
    if (!picked || !picked->body || !grabbed || !grabbed(held_seat_, *picked->body, picked->point_W)) return false;
    held_W_ = picked->point_W;
    dragging_ = true;
    pulled_ = false;
    return true;
  }
  if (!dragging_) return false;
  if (event.type() == QEvent::MouseMove && dragged) {
    dragged(seats_[held_seat_].stage->point_at(x, y, held_W_), pulled_);
    pulled_ = true;
  }
  if (event.type() == QEvent::MouseButtonRelease) dragging_ = false;
  return true;
}

bool SceneView::event(QEvent* event) {
  const auto type = event->type();
  if (type == QEvent::MouseButtonPress || type == QEvent::MouseMove || type == QEvent::MouseButtonRelease) {
    if (drag(*static_cast<QMouseEvent*>(event))) {
      event->accept();
      return true;
    }
  }
  return QVTKOpenGLNativeWidget::event(event);
}

void SceneView::resizeEvent(QResizeEvent* event) {
  QVTKOpenGLNativeWidget::resizeEvent(event);
  // A camera placed for another shape of picture may cut the spine off.
  if (!turned_ && !seats_.empty()) place(view_);
  changed();
}

}  // namespace foramen::qt
