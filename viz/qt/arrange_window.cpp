// Which parts of the window are shown, how they look and in what words.

#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QTabWidget>
#include <QToolBar>
#include <algorithm>

#include "viz/qt/look.h"
#include "viz/qt/main_window.h"
#include "viz/qt/text.h"
#include "viz/session/files.h"

namespace foramen::qt {

/// Which parts of the window the face has.
void MainWindow::arrange() {
  const session::State& state = session_.state();
  const bool patient = state.face == session::Face::Patient;
  constexpr double kTall = 600;  // [px] at 100 %: below, the tour's words take the room of the curves
  curves_->setVisible(!patient && (state.tour == 0 || height() > kTall * state.scale));
  plain_->setVisible(patient);
  scene_->set_plain(patient);
  arrange_docks(patient);
  const bool several = state.cases.size() > 1;
  tabs_->setTabEnabled(tabs_->indexOf(differences_), several);
  if (several != several_) tabs_->setCurrentWidget(several ? static_cast<QWidget*>(differences_) : numbers_);
  several_ = several;
  face_box_->setCurrentIndex(static_cast<int>(state.face));
  language_box_->setCurrentText(text(state.language));
  help_->setVisible(state.help);
  if (state.help) help_->place(state.scale);
  std::string title;
  for (const session::Case& one : state.cases)
    title += (title.empty() ? "" : " | ") + texts_.title(one.scenario->title);
  if (state.without_pathology) title += " (" + texts_("gui_healthy") + ")";
  setWindowTitle(text(title + " – Foramen"));
}

/// Sliders left and numbers right of the picture; where both would leave it too little, all in one dock.
void MainWindow::arrange_docks(bool patient) {
  constexpr double kBothFrom = 1060;  // [px] at 100 %
  const bool one_dock = !patient && width() < kBothFrom * session_.state().scale;
  const bool is_one = tabs_->indexOf(body_) >= 0;
  if (one_dock && !is_one) {
    tabs_->insertTab(0, body_, text(texts_, "gui_body"));
    tabs_->setCurrentWidget(session_.state().cases.size() > 1 ? static_cast<QWidget*>(differences_) : body_);
  } else if (!one_dock && is_one) {
    tabs_->removeTab(tabs_->indexOf(body_));
    left_->setWidget(body_);
    body_->setVisible(true);
  }
  left_->setVisible(!one_dock);
  right_->setVisible(!patient);
}

void MainWindow::apply_look() {
  const session::State& state = session_.state();
  qt::apply_look(state.theme, state.scale);
  curves_->apply_look(state.theme, state.scale);
  constexpr double kBodyWidth = 228, kNumbersWidth = 275;  // [px] at 100 %
  body_->setMinimumWidth(static_cast<int>(kBodyWidth * state.scale));
  left_->setMaximumWidth(static_cast<int>(kBodyWidth * state.scale));
  tabs_->setFixedWidth(static_cast<int>(kNumbersWidth * state.scale));
}

void MainWindow::translate() {
  const session::State& state = session_.state();
  scene_->set_look(state.theme, state.scale, std::make_shared<const Texts>(texts_));
  body_->translate(texts_, state.units);
  timeline_->translate(texts_);
  curves_->translate(texts_);
  numbers_->translate(texts_);
  differences_->translate(texts_);
  help_->translate(texts_);
  tabs_->setTabText(tabs_->indexOf(numbers_), text(texts_, "gui_numbers"));
  tabs_->setTabText(tabs_->indexOf(differences_), text(texts_, "gui_differences"));
  if (tabs_->indexOf(body_) >= 0) tabs_->setTabText(tabs_->indexOf(body_), text(texts_, "gui_body"));
  left_->setWindowTitle(text(texts_, "gui_body"));
  right_->setWindowTitle(text(texts_, "gui_numbers"));
  for (int i = 0; i < face_box_->count(); ++i) {
    face_box_->setItemText(i,
                           text(texts_, "gui_face_" + std::string(session::face_names()[static_cast<std::size_t>(i)])));
  }
  for (const auto& [action, key] : actions_) {
    action->setText(text(texts_, "gui_action_" + key.substr(3)));
    const QString key_words = action->shortcut().toString();
    action->setToolTip(text(texts_, key) + (key_words.isEmpty() ? QString() : " (" + key_words + ")"));
  }
  if (results_.size() > 1 &&
      std::all_of(results_.begin(), results_.end(), [](const auto& r) { return r != nullptr; })) {
    differences_->show(session::compare_cases(state, whole_results()), state, texts_);
  }
}

}  // namespace foramen::qt
