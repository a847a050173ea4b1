// Comparisons, lifting equation and reports by the real program.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace foramen::test {
namespace {

namespace fs = std::filesystem;

/// Two lifts at few frames a second, beside each other in `folder`.
void write_lifts(const fs::path& folder) {
  for (const std::string name : {"stoop", "squat"}) {
    std::string text = read(fs::path(FORAMEN_SOURCE_DIR) / "scenarios" / ("lift_" + name + ".toml"));
    text += "\n[solver]\nrate_hz = 8\n";
    std::ofstream(folder / (name + ".toml")) << text;
  }
}

nlohmann::json json_of(const fs::path& file) {
  return nlohmann::json::parse(read(file));
}

TEST(Compare, OrderChangesNothingAndNumbersAreTheSingleRuns) {
  const fs::path folder = own_folder();
  write_lifts(folder);
  ASSERT_EQ(foramen("compare stoop.toml squat.toml --ensemble 3 -o there -q", folder).status, 0);
  ASSERT_EQ(foramen("compare squat.toml stoop.toml --ensemble 3 -o back -q", folder).status, 0);
  ASSERT_EQ(foramen("run stoop.toml -o single -q", folder).status, 0);
  const auto there = json_of(folder / "there/compare.json"), back = json_of(folder / "back/compare.json");
  const auto single = json_of(folder / "single/summary.json");
  EXPECT_EQ(there["reasons"], back["reasons"]);
  ASSERT_EQ(there["rows"].size(), back["rows"].size());
  for (std::size_t i = 0; i < there["rows"].size(); ++i) {
    const auto &a = there["rows"][i], &b = back["rows"][i];
    EXPECT_EQ(a["measure"], b["measure"]);
    EXPECT_EQ(a["equal"], b["equal"]) << a["measure"];
    for (const char* what : {"values", "more_than_least", "ranks"}) {
      EXPECT_EQ(a[what][0], b[what][1]) << a["measure"] << what;
      EXPECT_EQ(a[what][1], b[what][0]) << a["measure"] << what;
    }
    // "levels.L5-S1.compression_N.peak" is the same double in the run's own summary.
    const nlohmann::json* value = &single;
    const std::string path = a["measure"];
    for (std::size_t from = 0; from <= path.size();) {
      const std::size_t dot = std::min(path.find('.', from), path.size());
      value = &value->at(path.substr(from, dot - from));
      from = dot + 1;
    }
    EXPECT_EQ(a["values"][0], *value) << path;
  }
  EXPECT_EQ(read(folder / "there/runs/1_stoop/levels.csv"), read(folder / "single/levels.csv"));
  EXPECT_EQ(read(folder / "there/runs/1_stoop/roots.csv"), read(folder / "back/runs/2_stoop/roots.csv"));
}

TEST(Compare, HostileTitlesAndFileNamesShowAsText) {
  const fs::path folder = own_folder();
  const std::string evil = "<img src=x onerror=alert(1)>\"'&";
  std::string text = read(fs::path(FORAMEN_SOURCE_DIR) / "scenarios" / "standing.toml");
  text.replace(text.find("title"), text.find('\n', text.find("title")) - text.find("title"),
               "title = '''</title><script>alert(2)</script>'''");
  std::ofstream(folder / (evil + ".toml")) << text;
  std::ofstream(folder / "plain.toml") << text;
  const std::string quoted = "'<img src=x onerror=alert(1)>\"'\"'\"'&.toml'";
  ASSERT_EQ(foramen("compare " + quoted + " plain.toml --ensemble 0 -o out -q", folder).status, 0);
  ASSERT_EQ(foramen("report out -o report.html -q --for therapist", folder).status, 0);
  for (const fs::path& page : {folder / "out/compare.html", folder / "report.html"}) {
    const std::string html = read(page);
    EXPECT_EQ(html.find("<img src=x"), std::string::npos) << page;
    EXPECT_EQ(html.find("<script>alert"), std::string::npos) << page;
    EXPECT_NE(html.find("&lt;img src=x onerror=alert(1)&gt;"), std::string::npos) << page;
    EXPECT_NE(html.find("&lt;script&gt;alert(2)"), std::string::npos) << page;
  }
  EXPECT_EQ(json_of(folder / "out/compare.json")["runs"][0], evil);
}

TEST(Rnle, GivenNumbersInEitherSystem) {
  const fs::path folder = own_folder();
  const auto metric = foramen("rnle --h-cm 40 --v-cm 30 --d-cm 50 --load-kg 10 --json", folder);
  ASSERT_EQ(metric.status, 0);
  EXPECT_NEAR(nlohmann::json::parse(metric.out)["rwl_kg"].get<double>(), 23 * 0.625 * 0.865 * 0.91, 1e-9);
  const auto us = foramen("rnle --h-in 15 --v-in 27 --d-in 17 --coupling poor --load-lb 35", folder);
  EXPECT_NE(us.out.find("27.7 lb"), std::string::npos) << us.out;
  const auto both = foramen("rnle --h-in 15 --load-kg 35", folder);
  EXPECT_EQ(both.status, 2);
  EXPECT_NE(both.err.find("inches and pounds, not both"), std::string::npos) << both.err;
}

TEST(Rnle, ScenariosMakeAJobWithACompositeIndex) {
  const fs::path folder = own_folder();
  write_lifts(folder);
  const auto one = foramen("rnle stoop.toml", folder), job = foramen("rnle stoop.toml squat.toml", folder);
  EXPECT_NE(one.out.find("lifting index"), std::string::npos) << one.out << one.err;
  EXPECT_NE(job.out.find("composite lifting index of these 2 tasks"), std::string::npos) << job.out;
  const auto none = foramen("rnle " + std::string(FORAMEN_SOURCE_DIR "/scenarios/standing.toml"), folder);
  EXPECT_EQ(none.status, 2);
  EXPECT_NE(none.err.find("nothing is lifted"), std::string::npos) << none.err;
}

}  // namespace
}  // namespace foramen::test
