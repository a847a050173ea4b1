// Keys, scripts and undo share one list of commands: what a script says must be what a key does.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "viz/scene/commands.h"

namespace foramen::scene {
namespace {

const std::vector<double> kTimes{0.0, 0.5, 1.0, 1.5};

TEST(Commands, EveryListedCommandIsUnderstood) {
  for (const Command& command : commands())
    EXPECT_NO_THROW(static_cast<void>(apply(command.usage, {}, kTimes))) << command.usage;
}

TEST(Commands, TheKeysOfTheContractAreBoundOnce) {
  std::set<std::string_view> keys;
  for (const Command& command : commands()) {
    if (!command.key.empty()) {
      EXPECT_TRUE(keys.insert(command.key).second) << command.key;
    }
  }
  for (const char* key : {"space", "Left", "Right", "1", "3", "7", "9", "5", "Return", "F12", "h", "z"}) {
    EXPECT_TRUE(keys.contains(key)) << key;
  }
}

TEST(Commands, StepsStayWithinTheTimesAndStopPlaying) {
  ViewState state = apply("play", {}, kTimes);
  EXPECT_TRUE(state.playing);
  state = apply("step 1", state, kTimes);
  EXPECT_FALSE(state.playing);
  EXPECT_DOUBLE_EQ(state.time, 0.5);
  EXPECT_DOUBLE_EQ(apply("step 10", state, kTimes).time, 1.5);
  EXPECT_DOUBLE_EQ(apply("step -10", state, kTimes).time, 0.0);
  EXPECT_DOUBLE_EQ(apply("time 1.1", state, kTimes).time, 1.0);
}

TEST(Commands, AStillSceneDoesNotPlay) {
  EXPECT_FALSE(apply("play", {}, std::vector{0.0}).playing);
}

TEST(Commands, WhatIsUnknownNamesTheNearest) {
  try {
    static_cast<void>(apply("view laterl", {}, kTimes));
    FAIL() << "accepted";
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean \"lateral\""), std::string::npos) << error.what();
  }
  EXPECT_THROW(static_cast<void>(apply("veiw lateral", {}, kTimes)), InputError);
  EXPECT_THROW(static_cast<void>(apply("zoom 0", {}, kTimes)), InputError);
  EXPECT_THROW(static_cast<void>(apply("step", {}, kTimes)), InputError);
}

TEST(Commands, UndoGoesBackOneByOne) {
  Session session({}, kTimes);
  session.run("view foramen");
  session.run("toggle muscles");
  session.run("undo");
  EXPECT_FALSE(session.state().options.muscles);
  EXPECT_EQ(session.state().view, View::Foramen);
  session.run("undo");
  EXPECT_EQ(session.state().view, View::Lateral);
  session.run("undo");
  EXPECT_EQ(session.state().view, View::Lateral);
}

TEST(Commands, APictureIsAskedForOnce) {
  Session session({}, kTimes);
  session.run("picture my spine.png");
  EXPECT_EQ(session.take_picture(), "my spine.png");
  EXPECT_EQ(session.take_picture(), std::nullopt);
}

TEST(Commands, ScriptsSkipCommentsAndBlankLines) {
  const auto script = script_commands("# a tour\n\n  view foramen  # close\r\ntime 1\n");
  EXPECT_EQ(script, (std::vector<std::string>{"view foramen", "time 1"}));
}

}  // namespace
}  // namespace foramen::scene
