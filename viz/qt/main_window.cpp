#include "viz/qt/main_window.h"

#include <fmt/format.h>

#include <QApplication>
#include <QCloseEvent>
#include <QMimeData>
#include <algorithm>
#include <cmath>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "viz/qt/text.h"
#include "viz/session/cases.h"
#include "viz/session/files.h"

namespace foramen::qt {
namespace {

constexpr int kRestMs = 250;                             ///< a slider that rests this long has the whole run solved
constexpr int kPlayMs = 16;                              ///< between two looks at the clock while playing
constexpr int kScriptMs = 5;                             ///< between two looks whether the script can go on
constexpr scene::MeshDetail kDetail{.coarseness = 1.3};  ///< half the triangles of a printed picture

}  // namespace

MainWindow::MainWindow(WindowRequest request)
    : session_(std::move(request.session)),
      library_(std::move(request.library)),
      data_(data_directory()),
      texts_(data_, session_.state().language),
      ranges_(data_),
      script_(request.script.begin(), request.script.end()),
      go_to_peak_(request.go_to_peak),
      started_(request.started) {
  const int threads = request.threads > 0 ? request.threads : available_threads();
  solver_ = std::make_unique<session::SolverThread>(library_, threads, kDetail, [this](session::Update update) {
    QMetaObject::invokeMethod(
        this, [this, update = std::move(update)] { receive(update); }, Qt::QueuedConnection);
  });
  build();
  read_settings(request);
  whole_timer_.setSingleShot(true);
  whole_timer_.setInterval(kRestMs);
  connect(&whole_timer_, &QTimer::timeout, this, [this] { ask_solver(false); });
  play_timer_.setInterval(kPlayMs);
  connect(&play_timer_, &QTimer::timeout, this, [this] { tick(); });
  script_timer_.setInterval(kScriptMs);
  connect(&script_timer_, &QTimer::timeout, this, [this] { pump_script(); });
  wanted_ = session::shown_scenarios(session_.state());
  apply_look();
  translate();
  ask_solver(false);
  if (!script_.empty()) script_timer_.start();
}

MainWindow::~MainWindow() {
  solver_.reset();  // no update may reach half a window
}

bool MainWindow::settled() const {
  return answered_ && !whole_timer_.isActive() && questions_ == 0 && reports_running_ == 0;
}

bool MainWindow::run(const std::string& command, bool continuing) {
  const session::State before = session_.state();
  if (session::is_undone(command)) message_->say({}, false);
  try {
    session_.run(command, continuing);
  } catch (const InputError& error) {
    std::string words;
    for (const InputProblem& problem : error.problems()) words += (words.empty() ? "" : "\n") + problem.text();
    message_->say(text(words), true);
    if (in_script_) fmt::print(stderr, "{}\n", words);
    return false;
  } catch (const std::exception& error) {
    message_->say(text(std::string(error.what())), true);
    if (in_script_) fmt::print(stderr, "{}\n", error.what());
    return false;
  }
  after(before);
  do_errands();
  return true;
}

void MainWindow::after(const session::State& before) {
  const session::State& now = session_.state();
  if (now.theme != before.theme || now.scale != before.scale) apply_look();
  if (now.language != before.language) texts_ = Texts(data_, now.language);
  if (now.language != before.language || now.units != before.units || now.scale != before.scale ||
      now.theme != before.theme) {
    translate();
  }
  const bool same_cases =
      now.without_pathology == before.without_pathology &&
      std::equal(now.cases.begin(), now.cases.end(), before.cases.begin(), before.cases.end(),
                 [](const session::Case& a, const session::Case& b) { return a.scenario == b.scenario; });
  for (const session::Case& one : now.cases) {
    if (!one.file.empty() && !same_cases) remember(one.file);
  }
  if (now.playing && !before.playing) {
    // From the end, playing starts over.
    if (now.view.time >= session_.context().times.back() - 1e-9) session_.advance_to(session_.context().times.front());
    clock_.start();
    play_timer_.start();
  } else if (!now.playing) {
    play_timer_.stop();
  }
  scene_->set_moving(now.playing);
  scene_->set_grabbing(now.grabbing);
  if (!same_cases) {
    wanted_ = session::shown_scenarios(now);
    ask_solver(true);
  }
  if (now.link != before.link) curves_->show(results_, now.link);
  show_instant();
  show_widgets();
  if (now.quit) close();
}

/// Asks for what the state wants: while `continuing`, only the instant; whole runs follow when nothing moves any more.
void MainWindow::ask_solver(bool continuing) {
  const session::State& state = session_.state();
  if (continuing) {
    results_.assign(wanted_.size(), nullptr);
    shown_.resize(wanted_.size());
    whole_timer_.start();
  }
  answered_ = false;
  request_ = solver_->request({wanted_, state.view.time, state.link, !continuing, session::shown_stored(state)});
}

void MainWindow::receive(const session::Update& update) {
  if (update.question) {
    --questions_;
    if (update.leg_raise) show_leg_raise(*update.leg_raise);
  } else if (update.request != request_) {
    return;
  }
  if (!update.problem.empty()) {
    message_->say(text(update.problem), true);
    if (in_script_) {
      fmt::print(stderr, "{}\n", update.problem);
      script_failed_ = true;
    }
  }
  if (update.question) return;
  if (const std::string why = session::why_solved_again(update.fault); !why.empty()) {
    message_->say(text(texts_, why), false);
  }
  answered_ = answered_ || update.last;
  if (shown_.size() != wanted_.size()) shown_.resize(wanted_.size());
  if (results_.size() != wanted_.size()) results_.resize(wanted_.size());
  if (update.instant) shown_[update.index] = {update.ready, update.instant};
  if (update.whole) {
    results_[update.index] = update.whole;
    curves_->show(results_, session_.state().link);
  }
  const bool all_whole = std::all_of(results_.begin(), results_.end(), [](const auto& one) { return one != nullptr; });
  if (update.whole && all_whole) {
    std::vector<double> times;
    for (const Shown& one : shown_) times.insert(times.end(), one.ready->times.begin(), one.ready->times.end());
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    session_.set_times(std::move(times));
    if (std::exchange(go_to_peak_, false)) {
      double highest = -1.0;
      for (const auto& run : results_) {
        const Frame& peak = run->frames[scene::most_loaded_frame(run->frames)];
        if (const double pressure = scene::highest_root(peak).pressure; pressure > highest) {
          highest = pressure;
          session_.advance_to(peak.time);
        }
      }
    }
    if (results_.size() > 1) {
      differences_->show(session::compare_cases(session_.state(), whole_results()), session_.state(), texts_);
    }
  }
  if (update.instant || update.whole) {
    show_instant();
    show_widgets();
  }
}

double MainWindow::time_of(std::size_t index) const {
  const auto& times = session_.context().times;
  const auto& own = shown_[index].ready->times;
  return session::case_time(session_.state().link, session_.state().view.time, times.front(), times.back(), own.front(),
                            own.back());
}

/// Puts the instant under the cursor on the stages: out of whole runs where they are there.
void MainWindow::show_instant() {
  if (shown_.empty() || std::any_of(shown_.begin(), shown_.end(), [](const Shown& one) { return !one.ready; })) return;
  for (std::size_t i = 0; i < shown_.size(); ++i) {
    if (i >= results_.size() || !results_[i]) continue;
    const auto& frames = results_[i]->frames;
    shown_[i].frame = {results_[i], &frames[scene::nearest_frame(frames, time_of(i))]};
    shown_[i].whole = results_[i];
  }
  const std::size_t active = std::min(session_.state().active, shown_.size() - 1);
  session_.set_instant(shown_[active].frame->instant);
  // A camera is placed for the body it will show, not for the one before it.
  const bool current = std::equal(shown_.begin(), shown_.end(), wanted_.begin(), wanted_.end(),
                                  [](const Shown& one, const auto& wanted) { return one.ready->scenario == wanted; });
  if (current || answered_ || scene_->keeps_camera(session_.state().view)) {
    scene_->show(shown_, session_.state().view);
  }
}

void MainWindow::show_widgets() {
  const session::State& state = session_.state();
  timeline_->show(session_);
  tour_->show(state, texts_);
  curves_->set_time(state.view.time);
  arrange();
  const std::size_t active = state.active;
  if (active >= shown_.size() || !shown_[active].frame) return;
  const Frame& frame = *shown_[active].frame;
  body_->show(state, library_->postures, *shown_[active].ready, frame);
  numbers_->show(state, frame, ranges_, texts_);
  show_plain_words();
}

void MainWindow::show_plain_words() {
  std::vector<PlainPanel::Told> told;
  for (const Shown& one : shown_) {
    told.push_back({one.frame.get(), one.ready ? one.ready->person->subject->description.mass : 0.0});
  }
  plain_->show(session_.state(), told, texts_);
}

bool MainWindow::take_hold(std::size_t index, Body body, const Vec3& at_W) {
  if (session_.state().without_pathology || index >= shown_.size() || !shown_[index].frame) return false;
  if (index != session_.state().active && !run("select " + std::to_string(index + 1))) return false;
  try {
    grab_ = session::grab(session_.state(), library_->postures, *shown_[index].ready->person->subject,
                          *shown_[index].frame, body, at_W);
  } catch (const InputError& error) {
    message_->say(text(std::string(error.what())), true);
    return false;
  }
  return true;
}

void MainWindow::pull(const Vec3& to_W, bool continuing) {
  const Shown& held = shown_.at(session_.state().active);
  const auto command = session::drag_command(*grab_, *held.ready->person->subject, to_W);
  if (command) run(*command, continuing);
}

void MainWindow::tick() {
  const double passed = static_cast<double>(clock_.restart()) * 1e-3;
  const auto& times = session_.context().times;
  double time = session_.state().view.time + passed * session_.state().speed;
  if (time > times.back()) {
    if (session_.state().loop) {
      time = times.front();
    } else {
      session_.advance_to(times.back());
      run("play");
      return;
    }
  }
  session_.advance_to(time);
  show_instant();
  timeline_->show(session_);
  curves_->set_time(time);
  const std::size_t active = session_.state().active;
  if (active < shown_.size() && shown_[active].frame) {
    numbers_->show(session_.state(), *shown_[active].frame, ranges_, texts_);
    show_plain_words();
  }
}

/// The next command of the script, once everything before it is solved. A line that ends in '&' is not waited for.
void MainWindow::pump_script() {
  if (waiting_ || (script_waits_ && !settled())) return;
  if (script_.empty()) {
    script_timer_.stop();
    in_script_ = false;
    return;
  }
  std::string command = script_.front();
  script_.pop_front();
  script_waits_ = !command.ends_with('&');
  if (!script_waits_) command.erase(command.find_last_not_of("& ") + 1);
  in_script_ = true;
  if (!run(command)) script_failed_ = true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
  write_settings();
  script_.clear();
  script_timer_.stop();
  play_timer_.stop();
  QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  bool first = true;
  for (const QUrl& url : event->mimeData()->urls()) {
    if (url.isLocalFile()) run((first ? "open " : "add ") + url.toLocalFile().toStdString());
    first = false;
  }
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QMainWindow::resizeEvent(event);
  if (left_ != nullptr && !shown_.empty()) arrange();
}

}  // namespace foramen::qt
