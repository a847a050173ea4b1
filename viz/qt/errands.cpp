// What a command asks for beside the state: files, questions, forms.

#include <fmt/format.h>

#include <QDir>
#include <QFileDialog>
#include <QTimer>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "sim/base/error.h"
#include "sim/base/units.h"
#include "viz/qt/main_window.h"
#include "viz/qt/measures_form.h"
#include "viz/qt/text.h"
#include "viz/session/files.h"

namespace foramen::qt {

using session::Errand;

void MainWindow::do_errands() {
  for (const Errand& errand : session_.take_errands()) {
    try {
      do_errand(errand);
    } catch (const std::exception& error) {
      message_->say(text(std::string(error.what())), true);
      if (in_script_) {
        fmt::print(stderr, "{}\n", error.what());
        script_failed_ = true;
      }
    }
  }
}

std::vector<const Result*> MainWindow::whole_results() const {
  std::vector<const Result*> whole;
  for (const auto& one : results_) {
    if (!one) throw std::runtime_error(texts_("gui_not_solved_yet"));
    whole.push_back(one.get());
  }
  return whole;
}

void MainWindow::do_errand(const Errand& errand) {
  const session::State& state = session_.state();
  const std::string& file = errand.argument;
  switch (errand.kind) {
    case Errand::Kind::Picture:
      write_picture(file);
      return;
    case Errand::Kind::Screenshot:
      // Widgets lay themselves out when events run; a grab before that would show the state before.
      QCoreApplication::processEvents();
      scene_->draw_refined();
      if (!grab().save(text(file))) throw std::runtime_error("cannot write " + file);
      return;
    case Errand::Kind::Save:
      session::save_scenario(state, file);
      break;
    case Errand::Kind::Table:
      session::save_table(state, whole_results(), file);
      break;
    case Errand::Kind::Record:
      session::save_journal(session_, file);
      break;
    case Errand::Kind::Report:
      write_aside(file, "gui_report_running", session::save_report);
      return;
    case Errand::Kind::Video:
      write_aside(file, "gui_video_running", session::save_video);
      return;
    case Errand::Kind::Form:
      open_form();
      return;
    case Errand::Kind::Size: {
      int width = 0, height = 0;
      if (std::sscanf(file.c_str(), "%dx%d", &width, &height) == 2) resize(width, height);
      return;
    }
    case Errand::Kind::Wait:
      waiting_ = true;
      QTimer::singleShot(static_cast<int>(1000 * std::stod(file)), this, [this] { waiting_ = false; });
      return;
    case Errand::Kind::LegRaise:
      ++questions_;
      solver_->ask_leg_raise(wanted_.at(state.active), file == "right" ? Side::Right : Side::Left);
      return;
    case Errand::Kind::Print: {
      std::vector<const Frame*> frames;
      for (const Shown& one : shown_) frames.push_back(one.frame.get());
      fmt::print("{}drawn {}\nmessage {}\n", session::describe(session_, frames), scene_->drawn(),
                 message_->words().toStdString());
      if (const auto first = scene_->first_picture()) {
        fmt::print("first_picture_s {:.3f}\n", std::chrono::duration<double>(*first - started_).count());
      }
      std::fflush(stdout);
      return;
    }
  }
  message_->say(text(texts_, "gui_written", {{"file", file}}), false);
}

void MainWindow::write_picture(const std::string& wanted) {
  std::string file = wanted;
  for (int n = 1; file.empty(); ++n) {
    const std::string candidate = fmt::format("foramen-view-{}.png", n);
    if (!std::filesystem::exists(candidate)) file = candidate;
  }
  QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
  if (!scene_->picture().save(text(file))) throw std::runtime_error("cannot write " + file);
  message_->say(text(texts_, "gui_written", {{"file", file}}), false);
}

/// Reports and videos are made by child processes; the window stays alive meanwhile.
void MainWindow::write_aside(const std::string& file, const char* meanwhile,
                             void (*save)(const session::State&, const std::filesystem::path&)) {
  ++reports_running_;
  message_->say(text(texts_, meanwhile), false);
  aside_.emplace_back([this, state = session_.state(), file, save] {
    std::string problem;
    try {
      save(state, std::filesystem::absolute(file));
    } catch (const std::exception& error) {
      problem = error.what();
    }
    QMetaObject::invokeMethod(
        this,
        [this, file, problem] {
          --reports_running_;
          message_->say(problem.empty() ? text(texts_, "gui_written", {{"file", file}}) : text(problem),
                        !problem.empty());
          if (!problem.empty() && in_script_) {
            fmt::print(stderr, "{}\n", problem);
            script_failed_ = true;
          }
        },
        Qt::QueuedConnection);
  });
}

void MainWindow::show_leg_raise(const session::LegRaise& raise) {
  if (in_script_) {
    fmt::print("{}\n", session::describe(raise));
    std::fflush(stdout);
  }
  const auto side = [&](Side which) { return texts_(which == Side::Left ? "side_left" : "side_right"); };
  const std::string root = fmt::format("{} {}", name(raise.root), side(raise.root_side));
  const std::string pressure = fmt::format("{:.0f}", raise.pressure / units::mmHg);
  if (raise.angle) {
    message_->say(text(texts_, "gui_legraise_at",
                       {{"side", side(raise.side)},
                        {"angle", fmt::format("{:.0f}", *raise.angle / units::deg)},
                        {"root", root},
                        {"pressure", pressure}}),
                  false);
  } else {
    message_->say(text(texts_, "gui_legraise_none",
                       {{"side", side(raise.side)},
                        {"angle", fmt::format("{:.0f}", raise.highest_angle / units::deg)},
                        {"root", root},
                        {"pressure", pressure}}),
                  false);
  }
}

void MainWindow::ask_file(const std::string& verb) {
  const bool reads = verb == "open" || verb == "add";
  const QString filter = verb == "report" ? "HTML (*.html)" : verb == "table" ? "CSV (*.csv)" : "TOML (*.toml)";
  const QString folder = text(session_.context().scenarios.string());
  const QString file = reads ? QFileDialog::getOpenFileName(this, {}, folder, filter)
                             : QFileDialog::getSaveFileName(this, {}, QDir::currentPath(), filter);
  if (!file.isEmpty()) run(verb + " " + file.toStdString());
}

void MainWindow::open_form() {
  auto* form = new MeasuresForm(*session_.state().cases.at(session_.state().active).scenario, session_.state().units,
                                texts_, this);
  form->setAttribute(Qt::WA_DeleteOnClose);
  form->accepted_values = [this](const std::vector<std::pair<std::string, std::string>>& values) {
    bool continuing = false;
    for (const auto& [key, value] : values) {
      if (!run("set " + key + " " + value, continuing)) return;
      continuing = true;  // one form is one step to undo
    }
  };
  form->show();
}

}  // namespace foramen::qt
