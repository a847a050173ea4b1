// The window, driven as its user drives it: every button, slider and key is a command, and the commands are what these
// scripts say. `print` tells what the window shows.

#include <cmath>

#include "program.h"
#include "screen.h"

namespace {

using namespace foramen::gui;

class Window : public Program {
 protected:
  /// Runs a script in a window of 900 × 620 pixels and closes it.
  [[nodiscard]] Outcome script(const std::string& commands,
                               const std::string& arguments = "stoop.toml --size 900x620") {
    std::ofstream(folder / "script.txt") << commands << "\nquit\n";
    return run("--script script.txt " + arguments, "env DISPLAY=" + screen_.display());
  }
  void SetUp() override {
    Program::SetUp();
    if (screen_.display().empty()) GTEST_SKIP() << "Xvfb is not installed";
  }
  static std::string source(const char* scenario) {
    return (fs::path(FORAMEN_SOURCE_DIR) / "scenarios" / scenario).string();
  }

 private:
  Screen screen_;
};

TEST_F(Window, OpensAtTheHighestRootPressureAndCloses) {
  const Outcome outcome = script("print");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("instants"), "3");
  EXPECT_EQ(outcome.said("case 1 name"), "stoop");
  EXPECT_EQ(outcome.said("case 1 converged"), "yes");
  EXPECT_GT(outcome.number("drawn"), 0);
}

TEST_F(Window, OpensWithoutAnyFile) {
  const Outcome outcome = script("print", "");
  EXPECT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 name"), "standing");
}

TEST_F(Window, ALoadPressesTheDiscsMore) {
  const Outcome outcome = script("time 1\nprint\nload 20\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_GT(outcome.number("case 1 compression_L5S1_N", 2), outcome.number("case 1 compression_L5S1_N", 1) + 100);
  EXPECT_NEAR(outcome.number("case 1 load_kg", 2), 20, 1e-6);
}

TEST_F(Window, ALargerHerniationPressesTheRootMore) {
  const Outcome outcome = script("time 1\nherniation 2\nprint\nherniation 7\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_GT(outcome.root_pressure(1, 2), outcome.root_pressure(1, 1));
}

TEST_F(Window, APostureSliderGoesToTheNearestKeyframe) {
  const Outcome outcome =
      script("time 0.5\ntime 1\nangle lumbar_flexion 20\nprint\nhips 40\nknee\ntechnique 100\nprint");
  EXPECT_EQ(outcome.status, 2) << "the unknown command counts";
  EXPECT_NE(outcome.words.find("did you mean"), std::string::npos);
  EXPECT_NEAR(outcome.number("case 1 lumbar_flexion_deg", 1), 20, 1e-6);
  EXPECT_NEAR(outcome.number("time", 1), 1, 1e-6);
}

TEST_F(Window, UndoAndRedo) {
  const Outcome outcome = script("time 1\nprint\nload 20\nundo\nprint\nredo\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 compression_L5S1_N", 1), outcome.said("case 1 compression_L5S1_N", 2));
  EXPECT_NEAR(outcome.number("case 1 load_kg", 3), 20, 1e-6);
}

TEST_F(Window, TwoScenariosStandSideBySide) {
  const Outcome outcome =
      script("add\nload 10\nprint\ntable both.csv\nscreenshot both.png\nlink phase\nprint\nremove\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("cases", 1), "2");
  EXPECT_EQ(outcome.said("link", 2), "phase");
  EXPECT_EQ(outcome.said("cases", 3), "1");
  std::ifstream table(folder / "both.csv");
  std::string head;
  std::getline(table, head);
  EXPECT_NE(head.find("rank of"), std::string::npos) << head;
  EXPECT_GT(read("both.png").colours(), kManyColours);
  EXPECT_LT(read("both.png").black(), 0.02) << "each has its picture, refined too";
}

TEST_F(Window, LargeTypeDoesNotWidenTheWindow) {
  const Outcome outcome = script("scale 150\nlanguage es\ntour 4\nscreenshot tour.png\ntour 6\nscreenshot both.png",
                                 "stoop.toml --size 1280x800");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  for (const char* file : {"tour.png", "both.png"}) {
    EXPECT_EQ(read(file).width, 1280) << file;
    EXPECT_EQ(read(file).height, 800) << file;
  }
}

TEST_F(Window, ComparesFromTheCommandLine) {
  std::ofstream(folder / "other.toml") << kScenario;
  const Outcome outcome = script("print", "stoop.toml other.toml --compare");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("cases"), "2");
  EXPECT_EQ(outcome.said("case 1 compression_L5S1_N"), outcome.said("case 2 compression_L5S1_N"));
}

TEST_F(Window, LinkedByPhaseAShortAndALongLiftEndTogether) {
  std::string longer = kScenario;
  longer.replace(longer.find("time_s = 1.0"), 12, "time_s = 3.0");
  std::ofstream(folder / "longer.toml") << longer;
  const Outcome outcome = script("link phase\ntime 3\nprint", "stoop.toml longer.toml");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_NEAR(outcome.number("case 1 at_s"), 1, 1e-6);
  EXPECT_NEAR(outcome.number("case 2 at_s"), 3, 1e-6);
}

TEST_F(Window, TheTourGoesThroughSixSteps) {
  const Outcome outcome = script(
      "tour\nprint\ntour next\ntour next\ntour next\nprint\ntour next\ntour next\nprint\ntour back\ntour end\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("tour", 1), "1");
  EXPECT_EQ(outcome.said("tour", 2), "4");
  EXPECT_EQ(outcome.said("case 1 name", 2), "herniation_l4l5_left");
  EXPECT_EQ(outcome.said("tour", 3), "6");
  EXPECT_EQ(outcome.said("cases", 3), "2");
  EXPECT_EQ(outcome.said("tour", 4), "0");
}

TEST_F(Window, AWrongFileIsNamedWithItsLineAndTheWindowLivesOn) {
  std::ofstream(folder / "broken.toml") << "schema = 1\n[subject]\nsexx = \"male\"\n";
  const Outcome outcome = script("open broken.toml\nprint");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.words.find("broken.toml:3"), std::string::npos) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 name"), "stoop");
  EXPECT_NE(outcome.said("message").find("broken.toml"), std::string::npos) << outcome.words;
}

TEST_F(Window, AnUnknownCommandNamesTheNearest) {
  const Outcome outcome = script("veiw axial");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.words.find("\"view\""), std::string::npos) << outcome.words;
}

TEST_F(Window, AReachBeyondTheArmsIsSaid) {
  const Outcome outcome = script("time 1\nhands 3 0.4 0\nprint\nundo\nprint");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.words.find("reach"), std::string::npos) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 converged", 2), "yes");
}

TEST_F(Window, KeepsItsPictureWhenItIsResized) {
  const Outcome outcome = script(
      "screenshot large.png\nsize 700 500\nwait 0.2\nscreenshot small.png\nsize 1300 900\nwait 0.2\n"
      "screenshot huge.png");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(read("large.png").width, 900);
  EXPECT_LE(read("small.png").width, 900);
  EXPECT_EQ(read("huge.png").width, 1300);
  for (const char* file : {"large.png", "small.png", "huge.png"}) EXPECT_GT(read(file).colours(), kManyColours) << file;
}

TEST_F(Window, ClosesWhileItIsSolving) {
  std::string fine = kScenario;
  fine.replace(fine.find("rate_hz = 2"), 11, "rate_hz = 200");
  std::ofstream(folder / "fine.toml") << fine;
  const Outcome outcome = script("load 5 &\nload 6 &\nlegraise &\nquit &", "fine.toml");
  EXPECT_EQ(outcome.status, 0) << outcome.words;
}

TEST_F(Window, WhatIsSavedRunsToTheSameNumbers) {
  const Outcome first =
      script("time 1\nload 12\nangle lumbar_flexion 25\nherniation 6\ncanal 90\nprint\nsave mine.toml");
  ASSERT_EQ(first.status, 0) << first.words;
  const Outcome again = script("time 1\nprint", "mine.toml");
  ASSERT_EQ(again.status, 0) << again.words;
  for (const char* value : {"case 1 compression_L5S1_N", "case 1 root", "case 1 lumbar_flexion_deg"}) {
    EXPECT_FALSE(first.said(value).empty());
    EXPECT_EQ(first.said(value), again.said(value)) << value;
  }
}

TEST_F(Window, OneKeyShowsTheSamePersonHealthy) {
  const Outcome outcome = script("time 1\nprint\nhealthy\nprint\nhealthy\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_LT(outcome.root_pressure(1, 2), outcome.root_pressure(1, 1));
  EXPECT_EQ(outcome.said("case 1 root", 1), outcome.said("case 1 root", 3));
}

TEST_F(Window, TellsTheAngleOfTheLegRaise) {
  const Outcome outcome = script("herniation 8\nlegraise left\nprint", source("tour_leg_raise.toml"));
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_NE(outcome.words.find("legraise left"), std::string::npos) << outcome.words;
  EXPECT_NE(outcome.said("message").find("30 mmHg"), std::string::npos) << outcome.words;
}

TEST_F(Window, EveryFaceAndLanguageLooksDifferent) {
  const Outcome outcome = script(
      "face patient\nscreenshot patient.png\nface therapist\nscreenshot therapist.png\nface research\n"
      "screenshot research.png\nlanguage es\nscreenshot es.png\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  const Picture patient = read("patient.png"), therapist = read("therapist.png"), research = read("research.png");
  EXPECT_GT(patient.differing(therapist), 0.05);
  EXPECT_GT(therapist.differing(research), 0.01);
  EXPECT_GT(research.differing(read("es.png")), 0.005);
  EXPECT_EQ(outcome.said("language"), "es");
}

TEST_F(Window, DarkIsDarkAndLargeIsLarge) {
  const Outcome outcome =
      script("theme light\nscreenshot light.png\ntheme dark\nscreenshot dark.png\nscale 150\nscreenshot large.png");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_LT(read("dark.png").brightness(), read("light.png").brightness() - 0.15);
  EXPECT_GT(read("dark.png").differing(read("large.png")), 0.05);
}

TEST_F(Window, HelpListsTheKeysOverThePicture) {
  const Outcome outcome = script("screenshot without.png\nhelp\nscreenshot with.png\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("help"), "yes");
  EXPECT_GT(read("without.png").differing(read("with.png")), 0.05);
}

TEST_F(Window, PlaysAtTrueSpeed) {
  const Outcome outcome =
      script("time 0\nplay &\nwait 0.5 &\nplay\nprint\nspeed 0.5\nloop", source("lift_stoop.toml") + " --size 500x400");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_GT(outcome.number("time"), 0.3);
  EXPECT_LT(outcome.number("time"), 2.5) << "half a second and what a loaded machine adds";
}

TEST_F(Window, PicturesShowTheSceneAlone) {
  const Outcome outcome = script("picture side.png\nview axial\npicture axial.png\nview foramen\npicture close.png");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  const Picture side = read("side.png"), axial = read("axial.png");
  EXPECT_GT(side.colours(), kManyColours);
  EXPECT_GT(side.differing(axial), 0.05);
  EXPECT_GT(axial.differing(read("close.png")), 0.05);
}

TEST_F(Window, KeepsWhatTheUserChose) {
  ASSERT_EQ(script("face research\nlanguage es\nunits imperial\ntheme dark\nscale 125").status, 0);
  const Outcome again = script("print");
  EXPECT_EQ(again.said("face"), "research");
  EXPECT_EQ(again.said("language"), "es");
  EXPECT_EQ(again.said("units"), "imperial");
  EXPECT_EQ(again.said("theme"), "dark");
  EXPECT_EQ(again.said("scale"), "1.25");
}

TEST_F(Window, ReopensADirectoryOfResults) {
  ASSERT_EQ(std::system(fmt::format("cd '{}' && '{}' run stoop.toml -o results -q >/dev/null 2>&1", folder.string(),
                                    FORAMEN_PROGRAM)
                            .c_str()),
            0);
  const Outcome outcome = script("print", "results");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 name"), "results");
  EXPECT_EQ(outcome.said("instants"), "3");
  EXPECT_EQ(outcome.said("message"), "") << "its frames are taken as they are";
}

TEST_F(Window, SaysWhyADirectoryOfResultsIsSolvedAgain) {
  ASSERT_EQ(std::system(fmt::format("cd '{}' && '{}' run stoop.toml -o results -q >/dev/null 2>&1", folder.string(),
                                    FORAMEN_PROGRAM)
                            .c_str()),
            0);
  const Outcome as_stored = script("print", "results");
  std::fstream(folder / "results" / "frames.bin", std::ios::in | std::ios::out).seekp(-1, std::ios::end).put('?');
  const Outcome outcome = script("print", "results");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_NE(outcome.said("message").find("damaged"), std::string::npos) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 root"), as_stored.said("case 1 root"));
  EXPECT_FALSE(outcome.said("case 1 root").empty());
}

TEST_F(Window, FilmsWhatItShows) {
  const Outcome outcome = script("view foramen\nspeed 10\nvideo film.ogv\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_NE(outcome.said("message").find("film.ogv"), std::string::npos) << outcome.words;
  std::ifstream film(folder / "film.ogv", std::ios::binary);
  std::string head(4, ' ');
  film.read(head.data(), 4);
  EXPECT_EQ(head, "OggS");
  EXPECT_GT(fs::file_size(folder / "film.ogv"), 3000u);
}

TEST_F(Window, AFilmThatCannotBeWrittenIsSaid) {
  const Outcome outcome = script("video nowhere/film.ogv\nprint");
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.said("message"), "");
}

TEST_F(Window, HoldsAnInstantStill) {
  const Outcome outcome = script("time 1\nprint\nhold\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("instants", 2), "1");
  EXPECT_NEAR(outcome.number("case 1 lumbar_flexion_deg", 1), outcome.number("case 1 lumbar_flexion_deg", 2), 1e-6);
}

TEST_F(Window, WritesAReport) {
  const Outcome outcome = script("face patient\nlanguage es\nreport page.html\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  std::stringstream page;
  page << std::ifstream(folder / "page.html").rdbuf();
  EXPECT_NE(page.str().find("lang=\"es\""), std::string::npos);
}

TEST_F(Window, TheJournalCanBePlayedBack) {
  const Outcome first = script("load 9\nview oblique\nrecord again.txt\nprint");
  ASSERT_EQ(first.status, 0) << first.words;
  const Outcome again = run("stoop.toml --script again.txt --no-window --time 1");
  EXPECT_EQ(again.status, 0) << again.words;
}

TEST_F(Window, TheFormOpensAndAnMriMeasureNarrowsTheCanal) {
  const Outcome outcome =
      script("time 1\nform\nscreenshot form.png\nprint\nset subject.measured.L4-L5.canal_ap_mm 9\nprint");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.said("case 1 converged", 2), "yes");
}

TEST_F(Window, SaysWhatIsMissingWhereOpenGlIs) {
  const Outcome outcome = run("stoop.toml", "env DISPLAY=:4711");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_NE(outcome.words.find("--picture"), std::string::npos) << outcome.words;
}

}  // namespace
