// What a user types and reads: exit statuses, messages, and that bad input writes nothing.

#include <fstream>
#include <nlohmann/json.hpp>

#include "program.h"

namespace {

using foramen::test::foramen;
using foramen::test::own_folder;
using foramen::test::scenario;
namespace fs = std::filesystem;

struct Broken {
  const char* file;
  const char* message;  ///< after "FILE", at the end of a line
};

class BrokenScenario : public testing::TestWithParam<Broken> {};

TEST_P(BrokenScenario, IsRefusedWithItsPlaceAndNothingIsWritten) {
  const fs::path folder = own_folder();
  const std::string file = std::string(FORAMEN_SOURCE_DIR) + "/tests/cli/broken/" + GetParam().file;
  const auto outcome = foramen("run '" + file + "' -o results/x", folder);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find(file + GetParam().message + "\n"), std::string::npos) << outcome.err;
  EXPECT_TRUE(fs::is_empty(folder));
}

INSTANTIATE_TEST_SUITE_P(
    All, BrokenScenario,
    testing::Values(Broken{"unknown_key.toml", ":3:1: subject.mass: is not a key here; the nearest is \"mass_kg\""},
                    Broken{"out_of_range.toml", ":3:11: subject.mass_kg: 750 is outside 35 to 180"},
                    Broken{"wrong_type.toml", ":3:11: subject.mass_kg: must be a finite number"},
                    Broken{"unknown_posture.toml",
                           ":6:11: motion.keyframe.0.posture: unknown posture 'standin'; the nearest is 'standing'"},
                    Broken{"unknown_level.toml",
                           ":8:9: subject.herniation.0.level: \"L4-5\" is not one of L1-L2, L2-L3, L3-L4, L4-L5, "
                           "L5-S1; the nearest is \"L4-L5\""},
                    Broken{"times_out_of_order.toml",
                           ":9:11: motion.keyframe.1.time_s: 0 does not come after 0: times must increase"},
                    Broken{"no_keyframe.toml", ": motion.keyframe: at least one [[motion.keyframe]] is needed"},
                    Broken{"syntax.toml", ":1:10: Error while parsing value: could not determine value type"},
                    Broken{"missing_key.toml",
                           ":7:1: subject.slip.0.anterior_mm: is missing: Forward slip in standing."},
                    Broken{"two_mistakes.toml", ":9:13: subject.disc.0.pfirrmann: 7 is outside 1 to 5"},
                    Broken{"two_mistakes.toml", ":10:23: subject.disc.0.height_loss_percent: -5 is outside 0 to 80"},
                    Broken{"other_schema.toml", ":1:10: schema: 2 is not 1"},
                    Broken{"not_yet_known_table.toml", ":7:3: exercise: is not a key here; the nearest is \"bench\""}));

TEST(Program, MissingFileIsBadInput) {
  const auto outcome = foramen("run nowhere.toml", own_folder());
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.err, "nowhere.toml: cannot be opened\n");
}

TEST(Program, MistypedCommandGetsTheNearestOne) {
  const auto outcome = foramen("chek x", own_folder());
  EXPECT_EQ(outcome.status, 2);
  EXPECT_NE(outcome.err.find("\"chek\" is not a command; the nearest is \"check\""), std::string::npos) << outcome.err;
}

TEST(Program, HelpAndVersionSucceed) {
  const fs::path folder = own_folder();
  for (const char* arguments : {"-h", "run -h", "rnle -h", "report -h", "study -h", "merge -h", "compare -h",
                                "check -h", "template -h", "list -h", "view -h", "--version"}) {
    EXPECT_EQ(foramen(arguments, folder).status, 0) << arguments;
  }
}

TEST(Program, TemplatesPassTheCheck) {
  const fs::path folder = own_folder();
  for (const char* kind : {"lift", "posture"}) {
    const auto made = foramen(std::string("template ") + kind, folder);
    ASSERT_EQ(made.status, 0);
    std::ofstream(folder / "t.toml") << made.out;
    const auto checked = foramen("check t.toml", folder);
    EXPECT_EQ(checked.status, 0) << checked.err;
    EXPECT_EQ(checked.out, "t.toml: good\n");
  }
}

TEST(Program, ListsWhatScenariosCanName) {
  const fs::path folder = own_folder();
  for (const char* what : {"postures", "levels", "roots", "muscles", "quantities", "fields"}) {
    EXPECT_EQ(foramen(std::string("list ") + what, folder).status, 0) << what;
  }
  EXPECT_EQ(foramen("list levels --json", folder).out, "[\"L1-L2\", \"L2-L3\", \"L3-L4\", \"L4-L5\", \"L5-S1\"]\n");
  EXPECT_NE(foramen("list postures", folder).out.find("stoop_reach"), std::string::npos);
  EXPECT_NE(foramen("list fields", folder).out.find("subject.herniation[].protrusion_mm"), std::string::npos);
}

TEST(Program, LeavesForeignFoldersAlone) {
  const fs::path folder = own_folder();
  fs::create_directories(folder / "mine");
  std::ofstream(folder / "mine" / "thesis.txt") << "x";
  const auto outcome = foramen("run " + scenario("standing") + " -o mine", folder);
  EXPECT_EQ(outcome.status, 2);
  EXPECT_TRUE(fs::exists(folder / "mine" / "thesis.txt"));
  EXPECT_FALSE(fs::exists(folder / "mine" / "summary.json"));
}

TEST(Program, SetChangesAKeyAndNamesItsMistakes) {
  const fs::path folder = own_folder();
  EXPECT_EQ(foramen("run " + scenario("standing") + " --set subject.mass_kg=90 -o a", folder).status, 0);
  EXPECT_NE(foramen::test::read(folder / "a" / "scenario.toml").find("mass_kg = 90.0"), std::string::npos);
  const auto bad = foramen("run " + scenario("standing") + " --set motion.keyframe.7.time_s=1 -o b", folder);
  EXPECT_EQ(bad.status, 2);
  EXPECT_NE(bad.err.find("--set: motion.keyframe.7.time_s: there is no element 7"), std::string::npos) << bad.err;
}

TEST(Program, ExpectationOutsideGivesStatusFour) {
  const fs::path folder = own_folder();
  std::ofstream(folder / "s.toml") << foramen::test::read(FORAMEN_SOURCE_DIR "/tests/cli/wrong_expectation.toml");
  const auto outcome = foramen("run s.toml --expect -o a", folder);
  EXPECT_EQ(outcome.status, 4) << outcome.err;
  EXPECT_NE(outcome.err.find("expected levels.L4-L5.compression_N.peak within 1 … 2"), std::string::npos)
      << outcome.err;
  EXPECT_EQ(foramen("run s.toml -o a", folder).status, 0);
}

TEST(Program, TooHeavyIsMarked) {
  const fs::path folder = own_folder();
  const auto outcome = foramen("run " + scenario("lift_stoop") + " --rate 2 --set load.0.mass_kg=150 -o a", folder);
  EXPECT_EQ(outcome.status, 3) << outcome.err;
  EXPECT_NE(outcome.err.find("strength"), std::string::npos) << outcome.err;
  EXPECT_TRUE(fs::exists(folder / "a" / "summary.json"));
}

TEST(Program, HandsThatCannotFollowTheirPathAreWarnedOf) {
  const fs::path folder = own_folder();
  const auto write = [&](int from_deg, int to_deg) {
    std::ofstream(folder / "round.toml") << "schema = 1\n[lift]\ntechnique = \"squat\"\nmass_kg = 45\n"
                                         << "from_height_m = 0.2\nto_height_m = 0.2\nreach_m = 0.55\nto_reach_m = 0.4\n"
                                         << "asymmetry_deg = " << from_deg << "\nto_asymmetry_deg = " << to_deg << "\n";
  };
  // Crouching, from far behind on the left all the way round to the right.
  write(-110, 120);
  const std::string said = "warning: lift: on the way with the load the hands leave their straight path by up to";
  const auto outcome = foramen("run round.toml --rate 1 -o a", folder);
  EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
  std::ifstream summary(folder / "a" / "summary.json");
  EXPECT_NE(nlohmann::json::parse(summary)["warnings"].dump().find(said.substr(9)), std::string::npos);
  EXPECT_NE(foramen("expand round.toml", folder).err.find(said), std::string::npos);
  write(-30, 30);
  EXPECT_EQ(foramen("run round.toml --rate 1 -o b", folder).err.find(said), std::string::npos);
}

TEST(Program, LiftingEquationSpeaksToPeopleAndPrograms) {
  const fs::path folder = own_folder();
  const auto outcome = foramen(
      "rnle --h-cm 40 --v-cm 30 --d-cm 60 --a-deg 30 --per-min 2 --hours 2 --coupling fair "
      "--load-kg 12 --json",
      folder);
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const auto json = nlohmann::json::parse(outcome.out);
  for (const char* key : {"rwl_kg", "li", "hm", "vm", "dm", "am", "fm", "cm"}) EXPECT_TRUE(json.contains(key)) << key;
  EXPECT_NEAR(json["rwl_kg"].get<double>(), 23 * 0.625 * 0.865 * (0.82 + 4.5 / 60) * 0.904 * 0.84 * 0.95, 1e-9);
  EXPECT_EQ(foramen("rnle " + scenario("lift_stoop"), folder).status, 0);
  EXPECT_EQ(foramen("rnle " + scenario("standing"), folder).status, 2);
  EXPECT_EQ(foramen("rnle --coupling firm", folder).status, 2);
}

TEST(Program, BenchWritesCurvesAndPictures) {
  const fs::path folder = own_folder();
  const auto outcome = foramen("bench-spine " + scenario("bench_l1_l5") + " -o bench", folder);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("without SSL"), std::string::npos);
  for (const char* file : {"bench.csv", "bench.json", "moments.svg", "flexion.svg", "scenario.toml"})
    EXPECT_TRUE(fs::exists(folder / "bench" / file)) << file;
  EXPECT_EQ(foramen("bench-spine " + scenario("standing") + " -o other", folder).status, 2);
  EXPECT_EQ(foramen("run " + scenario("bench_l1_l5") + " -o other", folder).status, 2);
  EXPECT_FALSE(fs::exists(folder / "other"));
}

TEST(Program, ValidationListsEveryRowAndSaysWhatIsOutside) {
  const fs::path folder = own_folder();
  const auto outcome = foramen("validate -o validation", folder);
  EXPECT_TRUE(outcome.status == 0 || outcome.status == 4) << outcome.err;
  EXPECT_NE(outcome.out.find("gated rows outside"), std::string::npos);
  EXPECT_TRUE(fs::exists(folder / "validation" / "validation.md"));
  EXPECT_TRUE(fs::exists(folder / "validation" / "validation.json"));
  EXPECT_EQ(foramen("validate -o validation", folder).status, outcome.status);
}

TEST(Program, ANightInBedSwellsTheDiscsAndADayOnTheFeetShrinksThem) {
  const fs::path folder = own_folder();
  const auto height = [&](const std::string& history) {
    std::ifstream source(std::string(FORAMEN_SOURCE_DIR) + "/scenarios/standing.toml");
    std::string text{std::istreambuf_iterator<char>(source), {}};
    std::ofstream(folder / "now.toml") << text << history;
    EXPECT_EQ(foramen("run now.toml -o out", folder).status, 0);
    std::ifstream summary(folder / "out" / "summary.json");
    return nlohmann::json::parse(summary)["levels"]["L4-L5"]["disc_height_mm"]["peak"].get<double>();
  };
  const std::string night = "\n[[history]]\nposture = \"supine\"\nsupport = \"bed\"\nminutes = 480\n";
  const std::string day = "\n[[history]]\nposture = \"standing\"\nminutes = 720\n";
  EXPECT_GT(height(night), height(night + day) + 0.1);
}

}  // namespace
