// Limits, effects on roots and advice: against hand-made runs and the tables.

#include "sim/assess/findings.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/assess/advice.h"
#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "tests/unit/run/sample_result.h"

namespace foramen {
namespace {

using test::sample_result;

const LimitTables& tables() {
  static const LimitTables limits(data_directory());
  return limits;
}

double dortmund(Sex sex, double age) {
  for (const Limit& limit : tables().compression(sex, age)) {
    if (limit.id == "dortmund") return limit.value;
  }
  return 0;
}

TEST(Limits, DortmundRecommendationsByAgeAndSex) {
  EXPECT_EQ(dortmund(Sex::Male, 20), 5400);
  EXPECT_EQ(dortmund(Sex::Male, 18), 5400);
  EXPECT_EQ(dortmund(Sex::Male, 50), 3000);
  EXPECT_EQ(dortmund(Sex::Male, 45), 3400);
  EXPECT_EQ(dortmund(Sex::Male, 80), 2200);
  EXPECT_EQ(dortmund(Sex::Female, 20), 4100);
  EXPECT_EQ(dortmund(Sex::Female, 35), 3200);
  EXPECT_EQ(dortmund(Sex::Female, 60), 1700);
}

TEST(Limits, NioshAndShear) {
  const auto limits = tables().compression(Sex::Female, 40);
  EXPECT_EQ(limits[0].value, 3400);
  EXPECT_EQ(limits[1].value, 6400);
  EXPECT_EQ(tables().shear(1).value, 1000);
  EXPECT_EQ(tables().shear(100).value, 1000);
  EXPECT_EQ(tables().shear(500).value, 700);
  EXPECT_EQ(tables().shear(5000).value, 700);
  EXPECT_EQ(tables().dose(Sex::Male).shift, 5500);
}

TEST(Findings, TheWorstLevelStandsAgainstTheLimit) {
  const Findings findings = find(sample_result({0, 1, 2}, {1000, 3500, 2000}, {0, 0, 0}), tables());
  EXPECT_EQ(findings.limits.front().level, Level::L4L5);
  EXPECT_EQ(findings.limits.front().value, 3500);
  EXPECT_TRUE(findings.limits.front().exceeded());
  EXPECT_FALSE(findings.limits[1].exceeded());
  EXPECT_TRUE(findings.roots.empty());
}

TEST(Findings, EffectsOnARootNeedTheirTime) {
  // 60 mmHg for an hour, reached at once: venules and capillaries close, the root swells; conduction needs two hours.
  const double p = 60 * units::mmHg;
  const Findings findings = find(sample_result({0, 0.05, 3600}, {0, 0, 0}, {0, p, p}), tables());
  ASSERT_EQ(findings.roots.size(), 1u);
  EXPECT_EQ(findings.roots[0].root, Root::L5);
  EXPECT_EQ(findings.roots[0].side, Side::Left);
  const auto effect = [&](const std::string& id) -> const EffectFinding* {
    for (const EffectFinding& e : findings.roots[0].effects) {
      if (e.effect.id == id) return &e;
    }
    return nullptr;
  };
  ASSERT_TRUE(effect("venules_close") && effect("capillaries_close") && effect("oedema_50") && effect("conduction_slight"));
  EXPECT_TRUE(effect("venules_close")->reached());
  EXPECT_EQ(effect("oedema_50")->needed, 120);  // pressed fast
  EXPECT_TRUE(effect("oedema_50")->reached());
  EXPECT_FALSE(effect("conduction_slight")->reached());
  EXPECT_FALSE(effect("arterioles_close"));
}

TEST(Findings, ASlowOnsetIsKinder) {
  const double p = 60 * units::mmHg;
  const Findings findings = find(sample_result({0, 30, 3600}, {0, 0, 0}, {0, p, p}), tables());
  for (const EffectFinding& e : findings.roots.at(0).effects) {
    if (e.effect.id == "oedema_50") {
      EXPECT_EQ(e.needed, 7200);
    }
  }
}

TEST(Findings, DoseOfAShiftBySquaresAboveTheThreshold) {
  Result result = sample_result({0, 1, 2}, {0, 0, 0}, {0, 0, 0});
  for (Frame& frame : result.frames) frame.spine.levels[index(Level::L5S1)].compression = 4000;
  EXPECT_FALSE(find(result, tables()).dose);
  result.scenario.task = TaskDescription{.per_minute = 2, .hours = 4, .coupling = "fair"};
  const Findings findings = find(result, tables());
  ASSERT_TRUE(findings.dose);
  EXPECT_EQ(findings.dose->lifts, 480);
  // 480 lifts of 2 s at 4 kN: √(480 · 4000² · 2 s / 8 h) · 8 h.
  EXPECT_NEAR(findings.dose->dose, std::sqrt(480 * 16e6 * (2.0 / 3600) / 8) * 8, 1e-6);
  for (Frame& frame : result.frames) frame.spine.levels[index(Level::L5S1)].compression = 3100;
  EXPECT_EQ(find(result, tables()).dose->dose, 0);
}

TEST(Advice, EveryChangeIsTriedOnTheScenarioItself) {
  const Library library = load_library(data_directory());
  const Scenario stoop = read_scenario(std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios" / "lift_stoop.toml");
  const auto changes = possible_changes(stoop, library);
  ASSERT_GE(changes.size(), 5u);
  const auto advice = advise(stoop, library, 10, 2);
  ASSERT_EQ(advice.size(), changes.size());
  bool helping = true;
  for (const Advice& a : advice) {
    EXPECT_EQ(a.compression_before, advice.front().compression_before);
    EXPECT_GT(a.compression_after, 0);
    if (!a.helps()) helping = false;
    EXPECT_EQ(a.helps(), helping) << "changes that help come first";
    if (a.change == Change::TwoTrips) {
      EXPECT_EQ(a.amount, 7.5);
      EXPECT_TRUE(a.helps());
    }
  }
  EXPECT_TRUE(advice.front().helps());
}

TEST(Advice, ChangesThatMakeNoSenseAreNotTried) {
  const Library library = load_library(data_directory());
  const Scenario standing = read_scenario(std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios" / "standing.toml");
  EXPECT_TRUE(possible_changes(standing, library).empty());
}

}  // namespace
}  // namespace foramen
