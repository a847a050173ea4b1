#pragma once

/// The window: picture, sliders, timeline, curves, numbers. Shows what the session says and turns what people do into
/// its commands; solving happens on a thread of its own.

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "sim/report/texts.h"
#include "viz/qt/body_dock.h"
#include "viz/qt/curves.h"
#include "viz/qt/numbers.h"
#include "viz/qt/open_window.h"
#include "viz/qt/panels.h"
#include "viz/qt/scene_view.h"
#include "viz/qt/timeline.h"
#include "viz/session/drag.h"
#include "viz/session/solver_thread.h"

class QAction;
class QComboBox;
class QTabWidget;
class QToolBar;

namespace foramen::qt {

class MainWindow : public QMainWindow {
 public:
  explicit MainWindow(WindowRequest request);
  ~MainWindow() override;

  /// Runs a command; what is wrong with it is shown. Returns whether it was understood.
  bool run(const std::string& command, bool continuing = false);
  /// Some command of the script was not understood or could not be done.
  [[nodiscard]] bool script_failed() const { return script_failed_; }
  /// Nothing is being solved, and whole runs are there.
  [[nodiscard]] bool settled() const;

  [[nodiscard]] const session::Session& session() const { return session_; }
  [[nodiscard]] BodyDock& body() { return *body_; }
  [[nodiscard]] Numbers& numbers() { return *numbers_; }
  [[nodiscard]] Differences& differences() { return *differences_; }
  [[nodiscard]] SceneView& scene() { return *scene_; }
  [[nodiscard]] MessagePanel& message() { return *message_; }
  [[nodiscard]] const std::vector<std::shared_ptr<const Result>>& results() const { return results_; }
  [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;

 private:
  // Building: build_window.cpp
  void build();
  void build_docks();
  void build_tool_bar();
  void add_actions();
  void read_settings(const WindowRequest& request);
  void write_settings() const;

  // Showing what the session says.
  void after(const session::State& before);
  void show_plain_words();
  void ask_solver(bool continuing);
  void receive(const session::Update& update);
  void show_instant();
  void show_widgets();
  bool take_hold(std::size_t index, Body body, const Vec3& at_W);
  void pull(const Vec3& to_W, bool continuing);
  void tick();
  void pump_script();
  void remember(const std::filesystem::path& file);
  [[nodiscard]] double time_of(std::size_t index) const;

  // Its parts, their look and words: arrange_window.cpp
  void apply_look();
  void translate();
  void arrange();
  void arrange_docks(bool patient);

  // Errands: errands.cpp
  void do_errands();
  void do_errand(const session::Errand& errand);
  void write_picture(const std::string& file);
  void write_aside(const std::string& file, const char* meanwhile,
                   void (*save)(const session::State&, const std::filesystem::path&));
  void show_leg_raise(const session::LegRaise& raise);
  void ask_file(const std::string& verb);
  void open_form();
  [[nodiscard]] std::vector<const Result*> whole_results() const;

  session::Session session_;
  std::shared_ptr<const Library> library_;
  std::filesystem::path data_;
  Texts texts_;
  session::HealthyRanges ranges_;
  std::deque<std::string> script_;
  bool script_failed_ = false, in_script_ = false, script_waits_ = true, waiting_ = false;
  bool go_to_peak_;
  std::chrono::steady_clock::time_point started_;  ///< of the program

  std::vector<std::shared_ptr<const Scenario>> wanted_;  ///< what is simulated now
  std::vector<Shown> shown_;                             ///< by case
  std::vector<std::shared_ptr<const Result>> results_;   ///< of `wanted_`; null until solved
  std::uint64_t request_ = 0;
  bool answered_ = false;  ///< nothing more comes for the request
  bool several_ = false;   ///< cases stood side by side when the window was last arranged
  int questions_ = 0;      ///< asked of the solver and not answered
  int reports_running_ = 0;
  std::optional<session::Grab> grab_;  ///< of the drag at hand

  SceneView* scene_ = nullptr;
  BodyDock* body_ = nullptr;
  Timeline* timeline_ = nullptr;
  Curves* curves_ = nullptr;
  Numbers* numbers_ = nullptr;
  Differences* differences_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  TourPanel* tour_ = nullptr;
  PlainPanel* plain_ = nullptr;
  MessagePanel* message_ = nullptr;
  HelpPanel* help_ = nullptr;
  QToolBar* bar_ = nullptr;
  QDockWidget *left_ = nullptr, *right_ = nullptr;
  QComboBox *face_box_ = nullptr, *language_box_ = nullptr;
  std::vector<std::pair<QAction*, std::string>> actions_;  ///< with the key of their text
  QMenu* recent_ = nullptr;
  QStringList recent_files_;

  QTimer whole_timer_, play_timer_, script_timer_;
  QElapsedTimer clock_;
  std::vector<std::jthread> aside_;                ///< write reports and videos; waited for at the end
  std::unique_ptr<session::SolverThread> solver_;  ///< last: its updates reach all the others
};

}  // namespace foramen::qt
