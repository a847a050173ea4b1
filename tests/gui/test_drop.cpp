// Files that are dropped on the window or were open before, with the window on a screen of its own.

#include <QVTKOpenGLNativeWidget.h>
#include <gtest/gtest.h>

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QSurfaceFormat>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "program.h"
#include "screen.h"
#include "sim/base/csv.h"
#include "sim/report/texts.h"
#include "viz/qt/main_window.h"
#include "viz/session/cases.h"

namespace foramen::qt {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    static const gui::Screen screen;
    if (screen.display().empty()) return;
    qputenv("DISPLAY", screen.display().c_str());
    QSurfaceFormat format = QVTKOpenGLNativeWidget::defaultFormat();
    format.setSamples(0);
    QSurfaceFormat::setDefaultFormat(format);
    static int count = 1;
    static char name[] = "drop";
    static char* words[] = {name, nullptr};
    static QApplication application(count, words);
  }
  void SetUp() override {
    if (QApplication::instance() == nullptr) GTEST_SKIP() << "Xvfb is not installed";
    fs::create_directories(folder);
    qputenv("XDG_CONFIG_HOME", folder.c_str());
    std::ofstream(folder / "one.toml") << gui::kScenario;
    std::ofstream(folder / "other.toml") << gui::kScenario;
    std::ofstream(folder / "wrong.toml") << "schema = 1\n[subject]\nsexx = \"male\"\n";
  }
  void TearDown() override { fs::remove_all(folder); }

  std::unique_ptr<MainWindow> open() const {
    static const auto library = std::make_shared<const Library>(load_library(data_directory()));
    session::State state;
    state.cases = {session::open_case(FORAMEN_SOURCE_DIR "/scenarios/standing.toml")};
    session::Context context{library->postures, session::times_of(state), {}, folder, languages(data_directory())};
    WindowRequest request{.session = {std::move(state), std::move(context)}, .library = library, .script = {}};
    auto window = std::make_unique<MainWindow>(std::move(request));
    window->show();
    settle(*window);
    return window;
  }
  static void settle(MainWindow& window) {
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.settled(); }, 120000));
  }
  /// Lets go of files over the picture, as a file manager does: Qt hands them to the first widget there that takes any.
  void drop(MainWindow& window, const std::vector<std::string>& names) const {
    QMimeData files;
    QList<QUrl> urls;
    for (const std::string& name : names) urls << QUrl::fromLocalFile(QString::fromStdString((folder / name).string()));
    files.setUrls(urls);
    QWidget* under = &window.scene();
    while (!under->acceptDrops() && under->parentWidget() != nullptr) under = under->parentWidget();
    const QPoint middle = under->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(under, &enter);
    ASSERT_TRUE(enter.isAccepted());
    QDropEvent let_go(middle, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(under, &let_go);
    settle(window);
  }
  static QStringList recent(const MainWindow& window) {
    auto* menu = window.findChild<QMenu*>("recent");
    QMetaObject::invokeMethod(menu, "aboutToShow");
    QStringList files;
    for (const QAction* action : menu->actions()) files << action->text();
    return files;
  }
  static std::vector<std::string> names(const MainWindow& window) {
    std::vector<std::string> all;
    for (const session::Case& one : window.session().state().cases) all.push_back(one.name);
    return all;
  }

  fs::path folder = fs::temp_directory_path() / ("foramen-drop-" + std::to_string(getpid()));
};

TEST_F(Files, ADroppedScenarioTakesThePlaceOfTheOneShown) {
  const auto window = open();
  drop(*window, {"one.toml"});
  EXPECT_EQ(names(*window), std::vector<std::string>{"one"});
  ASSERT_EQ(window->results().size(), 1u);
  EXPECT_EQ(window->results()[0]->frames.size(), 3u);
}

TEST_F(Files, SeveralDroppedAtOnceStandSideBySide) {
  const auto window = open();
  drop(*window, {"one.toml", "other.toml"});
  EXPECT_EQ(names(*window), (std::vector<std::string>{"one", "other"}));
}

TEST_F(Files, ADroppedFolderOfResultsIsReopened) {
  ASSERT_EQ(std::system(fmt::format("cd '{}' && '{}' run one.toml -o results -q >/dev/null 2>&1", folder.string(),
                                    FORAMEN_PROGRAM)
                            .c_str()),
            0);
  const auto window = open();
  drop(*window, {"results"});
  EXPECT_EQ(names(*window), std::vector<std::string>{"results"});
  EXPECT_TRUE(window->message().words().isEmpty()) << window->message().words().toStdString();
}

TEST_F(Files, AWrongFileIsNamedAndWhatWasShownStays) {
  const auto window = open();
  drop(*window, {"wrong.toml"});
  EXPECT_EQ(names(*window), std::vector<std::string>{"standing"});
  EXPECT_TRUE(window->message().words().contains("wrong.toml:3")) << window->message().words().toStdString();
}

TEST_F(Files, WhatWasOpenIsOfferedAgainLatestFirstAlsoAfterAStart) {
  const QString one = QString::fromStdString((folder / "one.toml").string()),
                other = QString::fromStdString((folder / "other.toml").string());
  {
    const auto window = open();
    drop(*window, {"one.toml"});
    drop(*window, {"other.toml"});
    ASSERT_GE(recent(*window).size(), 2);
    EXPECT_EQ(recent(*window).mid(0, 2), (QStringList{other, one}));
    window->close();
  }
  const auto window = open();
  const QStringList offered = recent(*window);
  ASSERT_GE(offered.size(), 2);
  EXPECT_EQ(offered.mid(0, 2), (QStringList{other, one}));
  window->findChild<QMenu*>("recent")->actions().at(1)->trigger();
  settle(*window);
  EXPECT_EQ(names(*window), std::vector<std::string>{"one"});
  EXPECT_EQ(recent(*window).front(), one);
}

TEST_F(Files, AFileThatIsGoneIsSaidAndNotOfferedAgain) {
  const auto window = open();
  drop(*window, {"one.toml"});
  drop(*window, {"other.toml"});
  ASSERT_EQ(recent(*window).size(), 2);
  fs::remove(folder / "one.toml");
  window->findChild<QMenu*>("recent")->actions().at(1)->trigger();
  settle(*window);
  EXPECT_TRUE(window->message().words().contains("one.toml")) << window->message().words().toStdString();
  EXPECT_EQ(names(*window), std::vector<std::string>{"other"});
  EXPECT_FALSE(recent(*window).contains(QString::fromStdString((folder / "one.toml").string())));
}

}  // namespace
}  // namespace foramen::qt
