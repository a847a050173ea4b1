// Building the main window: its parts, and what it keeps between two starts.

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenu>
#include <QSettings>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "viz/qt/main_window.h"
#include "viz/qt/text.h"

namespace foramen::qt {
namespace {

constexpr int kRecent = 8;  ///< files offered again

QSettings settings() {
  return QSettings(QSettings::IniFormat, QSettings::UserScope, "foramen", "foramen-view");
}

}  // namespace

void MainWindow::build() {
  setAcceptDrops(true);
  setDockOptions(QMainWindow::AnimatedDocks);
  auto* middle = new QWidget(this);
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  message_ = new MessagePanel(middle);
  tour_ = new TourPanel(middle);
  scene_ = new SceneView(middle);
  plain_ = new PlainPanel(middle);
  timeline_ = new Timeline(middle);
  curves_ = new Curves(middle);
  column->addWidget(message_);
  column->addWidget(tour_);
  column->addWidget(scene_, 1);
  column->addWidget(plain_);
  column->addWidget(timeline_);
  column->addWidget(curves_);
  setCentralWidget(middle);
  help_ = new HelpPanel(this);
  build_docks();
  build_tool_bar();
  add_actions();
  const auto on = [this](const std::string& command) { run(command); };
  tour_->command = timeline_->command = numbers_->command = on;
  body_->command = [this](const std::string& command, bool continuing) { run(command, continuing); };
  scene_->grabbed = [this](std::size_t index, Body body, const Vec3& at_W) { return take_hold(index, body, at_W); };
  scene_->dragged = [this](const Vec3& to_W, bool continuing) { pull(to_W, continuing); };
  curves_->time_chosen = [this](double time) { run("time " + std::to_string(time)); };
}

void MainWindow::build_docks() {
  const auto dock = [this](const char* name, QWidget* content, Qt::DockWidgetArea area) {
    auto* made = new QDockWidget(this);
    made->setObjectName(name);
    made->setFeatures(QDockWidget::DockWidgetMovable);
    made->setTitleBarWidget(new QWidget(made));  // the room is needed
    made->setWidget(content);
    addDockWidget(area, made);
    return made;
  };
  body_ = new BodyDock(this);
  left_ = dock("body", body_, Qt::LeftDockWidgetArea);
  tabs_ = new QTabWidget(this);
  tabs_->setDocumentMode(true);
  tabs_->setFocusPolicy(Qt::NoFocus);
  numbers_ = new Numbers(this);
  differences_ = new Differences(this);
  tabs_->addTab(numbers_, "");
  tabs_->addTab(differences_, "");
  right_ = dock("numbers", tabs_, Qt::RightDockWidgetArea);
}

void MainWindow::build_tool_bar() {
  bar_ = addToolBar("commands");
  bar_->setObjectName("commands");
  bar_->setMovable(false);
  bar_->setToolButtonStyle(Qt::ToolButtonTextOnly);
  setContextMenuPolicy(Qt::NoContextMenu);
  face_box_ = new QComboBox(this);
  for (const std::string_view face : session::face_names()) face_box_->addItem(text(std::string(face)));
  language_box_ = new QComboBox(this);
  for (const std::string& code : session_.context().languages) language_box_->addItem(text(code));
  for (QComboBox* box : {face_box_, language_box_}) box->setFocusPolicy(Qt::NoFocus);
  connect(face_box_, QOverload<int>::of(&QComboBox::activated), this,
          [this](int i) { run("face " + std::string(session::face_names()[static_cast<std::size_t>(i)])); });
  connect(language_box_, QOverload<int>::of(&QComboBox::activated), this,
          [this](int) { run("language " + language_box_->currentText().toStdString()); });
}

void MainWindow::add_actions() {
  // Every command with a key is an action; those a hand reaches for stand in the bar.
  static const std::vector<std::string_view> kInBar{
      "open FILE", "save FILE", "add [FILE]", "healthy", "form", "grab", "undo", "redo", "tour [N|next|back|end]",
      "help"};
  std::vector<QAction*> in_bar(kInBar.size(), nullptr);
  for (const session::Command& one : session::commands()) {
    const auto place = std::find(kInBar.begin(), kInBar.end(), one.usage);
    if (one.key.empty() && place == kInBar.end()) continue;
    auto* action = new QAction(this);
    const std::string usage(one.usage);
    if (!one.key.empty()) {
      QList<QKeySequence> keys{QKeySequence(text(std::string(one.key)))};
      if (one.key == "Return") keys << QKeySequence(Qt::Key_Enter);  // of the number pad
      action->setShortcuts(keys);
    }
    connect(action, &QAction::triggered, this, [this, usage] {
      const std::string verb = usage.substr(0, usage.find(' '));
      if (usage.find("FILE") != std::string::npos && verb != "picture") {
        ask_file(verb);
      } else if (verb == "select") {
        const auto& state = session_.state();
        run("select " + std::to_string((state.active + 1) % state.cases.size() + 1));
      } else if (verb == "tour" || verb == "legraise" || verb == "picture") {
        run(verb);
      } else {
        run(usage);
      }
    });
    addAction(action);
    if (place != kInBar.end()) {
      in_bar[static_cast<std::size_t>(place - kInBar.begin())] = action;
      actions_.emplace_back(action, std::string(one.text));
    }
  }
  for (QAction* action : in_bar) {
    if (action != nullptr) bar_->addAction(action);
  }
  recent_ = new QMenu(this);
  recent_->setObjectName("recent");
  connect(recent_, &QMenu::aboutToShow, this, [this] {
    recent_->clear();
    recent_files_.erase(std::remove_if(recent_files_.begin(), recent_files_.end(),
                                       [](const QString& file) { return !QFileInfo::exists(file); }),
                        recent_files_.end());
    for (const QString& file : recent_files_) {
      connect(recent_->addAction(file), &QAction::triggered, this, [this, file] { run("open " + file.toStdString()); });
    }
  });
  if (auto* open = qobject_cast<QToolButton*>(bar_->widgetForAction(in_bar.front()))) {
    open->setMenu(recent_);
    open->setPopupMode(QToolButton::MenuButtonPopup);
  }
  auto* space = new QWidget(bar_);
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar_->addWidget(space);
  bar_->addWidget(face_box_);
  bar_->addWidget(language_box_);
}

void MainWindow::read_settings(const WindowRequest& request) {
  QSettings kept = settings();
  if (!request.chosen && kept.contains("geometry")) {
    restoreGeometry(kept.value("geometry").toByteArray());
  } else {
    resize(request.width, request.height);
  }
  recent_files_ = kept.value("recent").toStringList();
  // Kept by name, so that a file of another version is understood or left out.
  for (const char* word : {"face", "language", "units", "theme", "scale"}) {
    if (!kept.contains(word)) continue;
    try {
      session_.run(std::string(word) + " " + kept.value(word).toString().toStdString());
    } catch (const std::exception&) {
      continue;
    }
  }
  session_.forget();
  texts_ = Texts(data_, session_.state().language);
}

void MainWindow::write_settings() const {
  const session::State& state = session_.state();
  QSettings kept = settings();
  kept.setValue("geometry", saveGeometry());
  kept.setValue("recent", recent_files_);
  const auto word = [](std::span<const std::string_view> names, int which) {
    return text(std::string(names[static_cast<std::size_t>(which)]));
  };
  kept.setValue("face", word(session::face_names(), static_cast<int>(state.face)));
  kept.setValue("language", text(state.language));
  kept.setValue("units", word(session::unit_names(), static_cast<int>(state.units)));
  kept.setValue("theme", word(session::theme_names(), static_cast<int>(state.theme)));
  kept.setValue("scale", QString::number(100 * state.scale));
}

void MainWindow::remember(const std::filesystem::path& file) {
  std::error_code ignored;
  const QString whole = text(std::filesystem::absolute(file, ignored).string());
  recent_files_.removeAll(whole);
  recent_files_.prepend(whole);
  while (recent_files_.size() > kRecent) recent_files_.removeLast();
}

}  // namespace foramen::qt
