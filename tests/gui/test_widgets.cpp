// Widgets as hands use them, without any screen: what they show and which commands they say.

#include <gtest/gtest.h>

#include <QApplication>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGroupBox>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QTableWidget>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "sim/base/csv.h"
#include "viz/qt/body_dock.h"
#include "viz/qt/measures_form.h"
#include "viz/qt/numbers.h"
#include "viz/qt/panels.h"
#include "viz/qt/timeline.h"
#include "viz/qt/value_slider.h"
#include "viz/session/cases.h"
#include "viz/session/session.h"
#include "viz/session/solving.h"

namespace foramen::qt {
namespace {

class Widgets : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    static int count = 1;
    static char name[] = "widgets";
    static char* words[] = {name, nullptr};
    static QApplication application(count, words);
  }
  std::shared_ptr<const Library> library = std::make_shared<const Library>(load_library(data_directory()));
  Texts texts{data_directory(), "en"};
  session::State state = [] {
    session::State made;
    made.cases = {session::open_case(FORAMEN_SOURCE_DIR "/scenarios/herniation_l4l5_left.toml")};
    return made;
  }();
  std::shared_ptr<const session::Ready> ready =
      session::Preparer(library, 1, {6.0}).prepare(state.cases.front().scenario);
  Frame frame = solve_frame(*ready->person, *ready->motion, ready->times.front());
};

TEST_F(Widgets, ADraggedSliderIsOneChange) {
  ValueSlider slider(0, 40, 0.5);
  std::vector<std::pair<double, bool>> said;
  slider.moved = [&](double value, bool continuing) { said.emplace_back(value, continuing); };
  auto* bar = slider.findChild<QSlider*>();
  bar->setSliderDown(true);
  bar->setValue(10);
  bar->setValue(20);
  bar->setSliderDown(false);
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0], (std::pair{5.0, false}));
  EXPECT_EQ(said[1], (std::pair{10.0, true}));
  QTest::keyClick(bar, Qt::Key_Right);
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[2], (std::pair{10.5, false})) << "another step to undo";
  slider.set_value(3);
  EXPECT_EQ(said.size(), 3u) << "what the program shows is not a change";
}

TEST_F(Widgets, APatientSeesNoEmptyGroups) {
  BodyDock dock;
  dock.translate(texts, session::UnitSystem::Metric);
  static_cast<QWidget&>(dock).show();
  const auto shown = [&] {
    const auto boxes = dock.findChildren<QGroupBox*>();
    return std::count_if(boxes.begin(), boxes.end(), [](QGroupBox* box) { return !box->isHidden(); });
  };
  state.face = session::Face::Patient;
  dock.show(state, library->postures, *ready, frame);
  EXPECT_EQ(shown(), 1);
  state.face = session::Face::Therapist;
  dock.show(state, library->postures, *ready, frame);
  EXPECT_EQ(shown(), 3);
}

TEST_F(Widgets, EveryNumberStandsAboveItsRangeOrSaysThereIsNone) {
  Numbers numbers;
  numbers.translate(texts);
  numbers.show(state, frame, session::HealthyRanges(data_directory()), texts);
  ASSERT_GT(numbers.table()->rowCount(), 10);
  for (int row = 0; row < numbers.table()->rowCount(); ++row) {
    EXPECT_FALSE(numbers.table()->item(row, 0)->data(Qt::UserRole).toString().isEmpty()) << row;
    EXPECT_FALSE(numbers.table()->item(row, 1)->text().isEmpty()) << row;
  }
}

TEST_F(Widgets, TheTimelinesButtonsSayCommands) {
  Timeline timeline;
  std::string said;
  timeline.command = [&](const std::string& command) { said = command; };
  session::Context context{library->postures, session::times_of(state), {}, {}, {"en"}};
  timeline.show(session::Session(state, std::move(context)));
  QTest::mouseClick(timeline.findChild<QToolButton*>("step_on"), Qt::LeftButton);
  EXPECT_EQ(said, "step 1");
  QTest::mouseClick(timeline.findChild<QToolButton*>("play"), Qt::LeftButton);
  EXPECT_EQ(said, "play");
}

TEST_F(Widgets, TheFormSaysOnlyWhatWasChanged) {
  MeasuresForm form(*state.cases.front().scenario, session::UnitSystem::Metric, texts);
  std::vector<std::pair<std::string, std::string>> said;
  form.accepted_values = [&](const auto& values) { said = values; };
  form.findChild<QDoubleSpinBox*>("subject.mass_kg")->setValue(82);
  QTest::mouseClick(form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].first, "subject.mass_kg");
  EXPECT_EQ(said[0].second, "82");
}

TEST_F(Widgets, PlainWordsStandForEachOfSeveralCases) {
  PlainPanel panel;
  state.face = session::Face::Patient;
  panel.show(state, {{&frame, 75}, {&frame, 75}}, texts);
  const auto labels = panel.findChildren<QLabel*>();
  EXPECT_EQ(labels.size(), 4);
  for (const QLabel* label : labels) EXPECT_FALSE(label->text().isEmpty());
  panel.show(state, {{&frame, 75}}, texts);
  EXPECT_EQ(std::count_if(labels.begin(), labels.end(), [](QLabel* label) { return !label->isHidden(); }), 2);
}

}  // namespace
}  // namespace foramen::qt
