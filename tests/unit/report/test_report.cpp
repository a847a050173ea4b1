// The pages: whole, escaped, and with what they promise.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/report/leg_picture.h"
#include "sim/report/model_json.h"
#include "sim/report/report.h"

namespace foramen {
namespace {

Scenario scenario_of(const char* file) {
  return read_scenario(std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios" / file);
}

RunOptions two_threads() {
  RunOptions options;
  options.threads = 2;
  return options;
}

ReportRun run_of(Scenario scenario, const std::string& name) {
  ReportRun run{name, simulate(scenario, RunOptions{}), {}, {}, {}, {}, {}, {}, 0};
  run.summary = summarise(run.result);
  run.findings = find(run.result, LimitTables(data_directory()));
  return run;
}

const char* const kHostile = "<script>alert(1)</script>\"'&</title>";

TEST(Report, TextFromFilesIsShownNotRun) {
  Scenario scenario = scenario_of("standing.toml");
  scenario.title = kHostile;
  Report report;
  report.runs.push_back(run_of(scenario, "<img src=x onerror=alert(2)>"));
  report.runs.push_back(run_of(scenario_of("standing.toml"), "b\"c"));
  report.comparison =
      compare({report.runs[0].name, report.runs[1].name}, {report.runs[0].summary, report.runs[1].summary});
  for (const char* language : {"en", "es"}) {
    const Texts texts(data_directory(), language);
    for (const Audience audience : {Audience::Patient, Audience::Therapist}) {
      const std::string page = report_html(report, audience, texts);
      EXPECT_EQ(page.find("<script>alert"), std::string::npos);
      EXPECT_EQ(page.find("<img src=x"), std::string::npos);
      EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;/script&gt;"), std::string::npos);
    }
  }
}

TEST(Report, CurvesCarryTheBandsOfAnEnsemble) {
  Report report;
  Scenario scenario = scenario_of("lift_squat.toml");
  scenario.solver.rate_hz = 3;
  report.runs.push_back(run_of(scenario, "squat"));
  const Texts texts(data_directory(), "en");
  EXPECT_EQ(report_html(report, Audience::Therapist, texts).find("class=\"band\""), std::string::npos);
  StoredBands bands;
  bands.members = 7;
  bands.compression.assign(report.runs[0].result.frames.size(), {1000, 1500, 2000});
  for (auto& sides : bands.pressure) {
    for (auto& pressure : sides) pressure.assign(bands.compression.size(), {0, 1, 2});
  }
  report.runs[0].bands = bands;
  const std::string page = report_html(report, Audience::Therapist, texts);
  EXPECT_NE(page.find("class=\"band\""), std::string::npos);
  EXPECT_NE(page.find("nine of ten of 7 variations"), std::string::npos);
}

TEST(Report, ModelDataCannotEndItsElement) {
  Report report;
  report.runs.push_back(run_of(scenario_of("standing.toml"), "standing"));
  report.model = "{\"name\":\"</script><script>alert(3)\"}";
  report.script = "1;";
  const std::string page = report_html(report, Audience::Therapist, Texts(data_directory(), "en"));
  EXPECT_EQ(page.find("alert(3)<"), std::string::npos);
  EXPECT_EQ(page.find("</script><script>alert(3)"), std::string::npos);
}

TEST(Report, ModelHasBonesOnceDiscsAndRootsOfEveryRun) {
  const Result a = simulate(scenario_of("standing.toml"), RunOptions{});
  const Result b = simulate(scenario_of("standing.toml"), RunOptions{});
  const auto json = nlohmann::json::parse(model_json({{"a", &a, &a.frames[0]}, {"b", &b, &b.frames[0]}}, 1));
  ASSERT_EQ(json["bones"].size(), 1u);
  EXPECT_EQ(json["bones"][0].size(), 6u);
  ASSERT_EQ(json["scenes"].size(), 2u);
  EXPECT_EQ(json["scenes"][1]["discs"].size(), 5u);
  EXPECT_EQ(json["scenes"][1]["roots"].size(), 12u);
  EXPECT_EQ(json["scenes"][1]["bones"], 0);
}

TEST(Report, LegsAreColouredOnTheRightSide) {
  const Texts texts(data_directory(), "en");
  for (const Root root : kRoots) {
    const std::string left = leg_picture(root, Side::Left, texts), right = leg_picture(root, Side::Right, texts);
    EXPECT_NE(left, right);
    EXPECT_NE(left.find("#c2416b"), std::string::npos) << name(root);
    EXPECT_NE(left.find("on the left"), std::string::npos);
  }
}

TEST(Report, ReasonsAddUpToTheMomentsTheyExplain) {
  const Result stoop = simulate(scenario_of("lift_stoop.toml"), two_threads());
  const Result squat = simulate(scenario_of("lift_squat.toml"), two_threads());
  const Circumstances a = circumstances(*hardest_frame(stoop), *stoop.subject);
  const Circumstances b = circumstances(*hardest_frame(squat), *squat.subject);
  EXPECT_NEAR(a.load_moment + a.body_moment + a.movement_moment, a.moment, 1e-9);
  double explained = 0;
  for (const Reason& reason : reasons(a, b)) explained += reason.moment_difference;
  // What is left out is below 3 N·m each.
  EXPECT_NEAR(explained, a.moment - b.moment, 4 * 3.0);
  const auto there =
      reason_sentences({&stoop, &squat}, compare({"stoop", "squat"}, {summarise(stoop), summarise(squat)}),
                       Texts(data_directory(), "en"));
  const auto back =
      reason_sentences({&squat, &stoop}, compare({"squat", "stoop"}, {summarise(squat), summarise(stoop)}),
                       Texts(data_directory(), "en"));
  EXPECT_EQ(there, back);
  ASSERT_FALSE(there.empty());
}

}  // namespace
}  // namespace foramen
