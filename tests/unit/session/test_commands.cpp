// Keys, buttons, sliders, scripts and undo share one table of commands: what a script says must be what a key does.

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "example.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/report/texts.h"
#include "viz/session/cases.h"
#include "viz/session/edits.h"
#include "viz/session/files.h"
#include "viz/session/tour.h"

namespace foramen::session {
namespace {

TEST(Commands, EveryExampleIsUnderstood) {
  for (const Command& command : commands()) {
    if (command.example.empty()) continue;
    Session session = session_of("standing.toml");
    EXPECT_NO_THROW(session.run(std::string(command.example))) << command.example;
  }
}

TEST(Commands, EachSaysWhatItDoesInEveryLanguage) {
  for (const std::string& language : languages(data_directory())) {
    const Texts texts(data_directory(), language);
    for (const Command& command : commands()) EXPECT_NO_THROW(static_cast<void>(texts(command.text))) << command.usage;
    for (const TourStep& step : tour_steps()) {
      EXPECT_NO_THROW(static_cast<void>(texts(step.title)));
      EXPECT_NO_THROW(static_cast<void>(texts(step.text)));
    }
  }
}

TEST(Commands, TheKeysOfTheContractAreBoundOnce) {
  std::set<std::string_view> keys;
  for (const Command& command : commands()) {
    if (!command.key.empty()) {
      EXPECT_TRUE(keys.insert(command.key).second) << command.key;
    }
  }
  for (const char* key : {"Space", "Left", "Right", "1", "3", "7", "9", "5", "Return", "F12", "H", "Ctrl+Z"}) {
    EXPECT_TRUE(keys.contains(key)) << key;
  }
}

TEST(Commands, StepsStayWithinTheTimesAndStopPlaying) {
  Session session = session_of("lift_stoop.toml");
  session.run("play");
  EXPECT_TRUE(session.state().playing);
  session.run("step 1");
  EXPECT_FALSE(session.state().playing);
  EXPECT_DOUBLE_EQ(session.state().view.time, session.context().times[1]);
  session.run("step 1e6");
  EXPECT_DOUBLE_EQ(session.state().view.time, 4.5);
  session.run("step -1e6");
  EXPECT_DOUBLE_EQ(session.state().view.time, 0.0);
  session.run("time 1.999");
  EXPECT_NEAR(session.state().view.time, 2.0, 1e-9);
}

TEST(Commands, AStillSceneDoesNotPlay) {
  Session session = session_of("standing.toml");
  session.run("play");
  EXPECT_FALSE(session.state().playing);
}

TEST(Commands, WhatIsUnknownNamesTheNearestAndChangesNothing) {
  Session session = session_of("standing.toml");
  try {
    session.run("view laterl");
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"lateral\""), std::string::npos) << error.what();
  }
  for (const char* wrong : {"veiw lateral", "zoom 0", "step", "load heavy", "load -1", "load 1 2", "herniation 99",
                            "open none.toml", "angle lumbar_flexon 3", "set subject.mas_kg 80", "scale 9",
                            "language xx", "face doctor", "select 2", "remove", "tour 9", "keyframe 4"}) {
    EXPECT_THROW(session.run(wrong), InputError) << wrong;
  }
  EXPECT_FALSE(session.can_undo());
  EXPECT_TRUE(session.journal().empty());
}

TEST(Commands, UndoAndRedoGoOneByOneAndLeaveTheTimeAlone) {
  Session session = session_of("lift_stoop.toml");
  session.run("view foramen");
  session.run("load 5");
  session.run("time 1");
  session.run("undo");
  EXPECT_DOUBLE_EQ(session.state().cases[0].scenario->loads.at(0).mass, 15.0);
  EXPECT_NEAR(session.state().view.time, 1.0, 0.02);
  session.run("undo");
  EXPECT_EQ(session.state().view.view, scene::View::Lateral);
  session.run("undo");  // nothing before
  session.run("redo");
  session.run("redo");
  EXPECT_DOUBLE_EQ(session.state().cases[0].scenario->loads.at(0).mass, 5.0);
  EXPECT_FALSE(session.can_redo());
}

TEST(Commands, ASliderOnTheMoveIsOneStepBack) {
  Session session = session_of("standing.toml");
  session.run("load 1");
  session.run("load 2", true);
  session.run("load 3", true);
  EXPECT_EQ(session.journal(), std::vector<std::string>{"load 3"});
  session.run("undo");
  EXPECT_TRUE(session.state().cases[0].scenario->loads.empty());
}

TEST(Commands, TheTourHasSixStepsThatAllExist) {
  ASSERT_EQ(tour_steps().size(), 6u);
  Session session = session_of("standing.toml");
  for (int step = 1; step <= 6; ++step) {
    session.run("tour next");
    EXPECT_EQ(session.state().tour, step);
  }
  EXPECT_EQ(session.state().cases.size(), 2u);
  session.run("tour next");
  EXPECT_EQ(session.state().tour, 6);
  session.run("tour end");
  EXPECT_EQ(session.state().tour, 0);
}

TEST(Commands, CasesAreAddedChosenAndTakenAway) {
  Session session = session_of("lift_stoop.toml");
  session.run("add " + scenario_file("lift_squat.toml").string());
  EXPECT_EQ(session.state().cases.size(), 2u);
  EXPECT_EQ(session.state().active, 1u);
  session.run("load 3");
  EXPECT_DOUBLE_EQ(session.state().cases[0].scenario->loads.at(0).mass, 15.0);
  EXPECT_DOUBLE_EQ(session.state().cases[1].scenario->loads.at(0).mass, 3.0);
  session.run("select 1");
  session.run("remove");
  EXPECT_EQ(session.state().cases.size(), 1u);
  EXPECT_EQ(session.state().cases[0].name, "lift_squat");
}

TEST(Commands, LinkedByPhaseEveryCaseTakesItsWholeLength) {
  EXPECT_DOUBLE_EQ(case_time(Link::Time, 1.5, 0, 4, 0, 2), 1.5);
  EXPECT_DOUBLE_EQ(case_time(Link::Phase, 1.0, 0, 4, 1, 3), 1.5);
  EXPECT_DOUBLE_EQ(case_time(Link::Phase, 0.0, 0, 0, 1, 3), 0.0);
}

TEST(Commands, TheJournalIsAScriptThatDoesTheSame) {
  Session session = session_of("lift_stoop.toml");
  for (const char* command : {"herniation 4", "view axial", "angle lumbar_flexion 20", "undo", "canal 80"})
    session.run(command);
  Session again = session_of("lift_stoop.toml");
  for (const std::string& command : session.journal()) again.run(command);
  EXPECT_EQ(write_scenario(*again.state().cases[0].scenario), write_scenario(*session.state().cases[0].scenario));
  EXPECT_EQ(again.state().view.view, session.state().view.view);
}

TEST(Commands, ScriptsHaveCommentsAndBlankLines) {
  EXPECT_EQ(script_commands("# a tour\n\n  view lateral \r\nplay # start\n"),
            (std::vector<std::string>{"view lateral", "play"}));
}

}  // namespace
}  // namespace foramen::session
