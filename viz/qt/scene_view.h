#pragma once

/// The picture in the middle of the window: one stage per case, cameras linked.

#include <QVTKOpenGLNativeWidget.h>
#include <vtkNew.h>
#include <vtkSmartPointer.h>

#include <QImage>
#include <QTimer>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/session/solving.h"
#include "viz/session/state.h"
#include "viz/vtk/stage.h"

class vtkGenericOpenGLRenderWindow;
class vtkInteractorStyleTrackballCamera;

namespace foramen::qt {

/// What a stage shows: a readied case at one instant.
struct Shown {
  std::shared_ptr<const session::Ready> ready;
  std::shared_ptr<const Frame> frame;
  std::shared_ptr<const Result> whole = {};  ///< the run the frame is of, once it is solved
};

class SceneView : public QVTKOpenGLNativeWidget {
 public:
  explicit SceneView(QWidget* parent = nullptr);
  ~SceneView() override;

  /// A part of case `index` was grabbed at a place; says whether it can be dragged.
  std::function<bool(std::size_t index, Body body, const Vec3& at_W)> grabbed;
  /// It was pulled to a place in the plane of the picture; `continuing` from the second time of one drag on.
  std::function<void(const Vec3& to_W, bool continuing)> dragged;
  /// With grabbing on, a left drag moves the body rather than the camera, as it does with Ctrl held.
  void set_grabbing(bool on) { grabbing_ = on; }

  /// Brings the picture to these cases as seen in `view`. With `smooth`, soft shadows follow once nothing changes.
  void show(const std::vector<Shown>& cases, const scene::ViewState& view);
  /// Colours, size of type and language of the words in the picture.
  void set_look(session::Theme theme, double scale, std::shared_ptr<const Texts> texts);
  /// Fewer and plainer words over the picture.
  void set_plain(bool plain);
  /// Whether showing `view` leaves the camera where it stands.
  [[nodiscard]] bool keeps_camera(const scene::ViewState& view) const { return view.same_camera(view_); }
  /// Soft shadows only while nothing moves.
  void set_moving(bool moving);
  /// The picture as it stands, refined.
  [[nodiscard]] QImage picture();
  /// How often it has been drawn.
  [[nodiscard]] int drawn() const { return drawn_; }
  /// When a body was first drawn; nothing before.
  [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> first_picture() const { return first_picture_; }
  /// Draws at once, as it will look when nothing moves.
  void draw_refined();

 protected:
  bool event(QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Seat {
    std::unique_ptr<vtk::Stage> stage = std::make_unique<vtk::Stage>();
    Shown shown;
    Pose carrier;                                        ///< of the camera at the instant shown
    bool filmed = false;                                 ///< the camera was placed for all instants
    std::shared_ptr<const session::Ready> worded;        ///< whose scene speaks the language
    std::unique_ptr<const scene::LumbarScene> in_words;  ///< that scene
  };
  void set_count(std::size_t count);
  /// Whether a mouse event belongs to dragging the body.
  bool drag(const QMouseEvent& event);
  void dress() const;
  [[nodiscard]] const scene::LumbarScene& worded(Seat& seat) const;
  void place(const scene::ViewState& view);  ///< every camera
  void link_cameras();
  void changed();
  void refine(bool on);

  vtkNew<vtkGenericOpenGLRenderWindow> window_;
  vtkSmartPointer<vtkInteractorStyleTrackballCamera> style_;
  std::vector<Seat> seats_;
  scene::ViewState view_;
  session::Theme theme_ = session::Theme::Light;
  double scale_ = 1;
  std::shared_ptr<const Texts> texts_;
  QTimer still_;
  bool grabbing_ = false, dragging_ = false, pulled_ = false;
  std::size_t held_seat_ = 0;
  Vec3 held_W_ = Vec3::Zero();
  bool refined_ = false, moving_ = false, plain_ = false;
  bool turned_ = false;  ///< the mouse has moved the camera from where it was placed
  int drawn_ = 0;
  std::optional<std::chrono::steady_clock::time_point> first_picture_;
};

}  // namespace foramen::qt
