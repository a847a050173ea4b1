// Every shipped scenario through the real program, and what they must show.

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "program.h"

namespace {

using foramen::test::foramen;
using foramen::test::own_folder;
using foramen::test::read;
using foramen::test::scenario;
namespace fs = std::filesystem;

nlohmann::json summary(const fs::path& folder) {
  return nlohmann::json::parse(read(folder / "summary.json"));
}

/// Names of the shipped files that say what is expected of them.
std::vector<std::string> scenarios_with_expectations() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(FORAMEN_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() == ".toml" && read(entry.path()).find("\n[expect]") != std::string::npos)
      names.push_back(entry.path().stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class ShippedScenario : public testing::TestWithParam<std::string> {};

TEST_P(ShippedScenario, RunsMeetsItsExpectationsAndWritesEverything) {
  const fs::path folder = own_folder();
  const auto outcome = foramen(std::string("run ") + scenario(GetParam()) + " --expect --threads 2 -o out", folder);
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  for (const char* file : {"scenario.toml", "summary.json", "levels.csv", "roots.csv", "muscles.csv", "body.csv",
                           "motion.mot", "loads.sto"}) {
    EXPECT_GT(fs::file_size(folder / "out" / file), 100u) << file;
  }
  EXPECT_EQ(summary(folder / "out")["convergence"]["not_converged"], 0);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedScenario, testing::ValuesIn(scenarios_with_expectations()));

TEST(Scenarios, ResultsAreTheSameBitsOnOneAndTwoThreadsAndWhenRunAgain) {
  const fs::path folder = own_folder();
  const std::string rate = " --rate 5 ";
  ASSERT_EQ(foramen("run " + scenario("herniation_l4l5_left") + rate + "--threads 1 -o one", folder).status, 0);
  ASSERT_EQ(foramen("run " + scenario("herniation_l4l5_left") + rate + "--threads 2 -o two", folder).status, 0);
  ASSERT_EQ(foramen("run one/scenario.toml --threads 2 -o again", folder).status, 0);
  for (const char* file : {"levels.csv", "roots.csv", "muscles.csv", "body.csv", "summary.json", "scenario.toml"}) {
    EXPECT_EQ(read(folder / "one" / file), read(folder / "two" / file)) << file;
    EXPECT_EQ(read(folder / "one" / file), read(folder / "again" / file)) << file;
  }
}

TEST(Scenarios, ParacentralHerniationPressesTheLeftL5RootAndForaminalTheLeftL4) {
  const fs::path folder = own_folder();
  const std::string run = "run " + scenario("herniation_l4l5_left") + " --rate 10 ";
  ASSERT_EQ(foramen(run + "-o paracentral", folder).status, 0);
  ASSERT_EQ(foramen(run + "--set 'subject.herniation.0.zone=\"foraminal\"' -o foraminal", folder).status, 0);
  const auto paracentral = summary(folder / "paracentral")["roots"], foraminal = summary(folder / "foraminal")["roots"];
  EXPECT_EQ(paracentral["L5"]["left"]["pressed_by"], "L4-L5 disc herniation");
  EXPECT_NE(paracentral["L4"]["left"]["pressed_by"], "L4-L5 disc herniation");
  EXPECT_EQ(foraminal["L4"]["left"]["pressed_by"], "L4-L5 disc herniation");
  EXPECT_NE(foraminal["L5"]["left"]["pressed_by"], "L4-L5 disc herniation");
  for (const char* root : {"L1", "L2", "L3", "L4", "L5", "S1"}) {
    EXPECT_NE(paracentral[root]["right"]["pressed_by"], "L4-L5 disc herniation") << root;
    EXPECT_NE(foraminal[root]["right"]["pressed_by"], "L4-L5 disc herniation") << root;
  }
}

TEST(Scenarios, LeftHerniationIsTheMirrorOfRight) {
  const fs::path folder = own_folder();
  const std::string run = "run " + scenario("herniation_l4l5_left") + " --rate 2 ";
  ASSERT_EQ(foramen(run + "-o left", folder).status, 0);
  ASSERT_EQ(foramen(run + "--set 'subject.herniation.0.side=\"right\"' -o right", folder).status, 0);
  const auto left = summary(folder / "left"), right = summary(folder / "right");
  for (const char* root : {"L1", "L2", "L3", "L4", "L5", "S1"}) {
    for (const auto& [side, other] : {std::pair{"left", "right"}, std::pair{"right", "left"}}) {
      const double a = left["roots"][root][side]["pressure_mmHg"]["peak"],
                   b = right["roots"][root][other]["pressure_mmHg"]["peak"];
      EXPECT_NEAR(a, b, 1e-3 * a + 0.01) << root << " " << side;
    }
  }
  for (const char* level : {"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"}) {
    const double a = left["levels"][level]["compression_N"]["peak"],
                 b = right["levels"][level]["compression_N"]["peak"];
    EXPECT_NEAR(a, b, 1e-6 * a) << level;
  }
}

TEST(Scenarios, CompareCarriesTheSingleRunsNumbers) {
  const fs::path folder = own_folder();
  const std::string files = scenario("standing") + " " + scenario("sitting_slumped");
  ASSERT_EQ(foramen("compare " + files + " -o both", folder).status, 0);
  const auto table = nlohmann::json::parse(read(folder / "both" / "compare.json"));
  const auto single = summary(folder / "both" / "runs" / "1_standing");
  bool found = false;
  for (const auto& row : table["rows"]) {
    if (row["measure"] != "levels.L4-L5.compression_N.peak") continue;
    EXPECT_EQ(row["values"][0], single["levels"]["L4-L5"]["compression_N"]["peak"]);
    found = true;
  }
  EXPECT_TRUE(found);
  EXPECT_TRUE(fs::exists(folder / "both" / "compare.html"));
}

}  // namespace
