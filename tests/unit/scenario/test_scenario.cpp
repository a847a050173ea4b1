#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <random>
#include <sstream>

#include "sim/base/error.h"
#include "sim/scenario/fields.h"
#include "sim/scenario/scenario.h"

namespace foramen {
namespace {

const std::string kStart = "schema = 1\n";
const std::string kMotion = "[[motion.keyframe]]\ntime_s = 0\nposture = \"standing\"\n";

/// The messages of a text that must be refused.
std::vector<std::string> refusals(const std::string& text, const std::vector<Override>& overrides = {}) {
  try {
    (void)parse_scenario(text, "file.toml", overrides);
  } catch (const InputError& error) {
    std::vector<std::string> lines;
    std::istringstream stream(error.what());
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
  }
  return {};
}

std::string only_refusal(const std::string& text) {
  const auto lines = refusals(text);
  EXPECT_EQ(lines.size(), 1u) << text;
  return lines.empty() ? "" : lines[0];
}

/// Random valid value of a field.
FieldValue random_value(const Field& field, std::mt19937& generator) {
  std::uniform_real_distribution<double> uniform(0, 1);
  const double lo = std::isfinite(field.lo) ? field.lo : -100, hi = std::isfinite(field.hi) ? field.hi : 100;
  switch (field.type) {
    case FieldType::Text: {
      constexpr std::array texts{"", "plain", "quote \" backslash \\ tab \t", "Ischias – ñandú ≥ 30°", "two\nlines"};
      return std::string(texts[generator() % texts.size()]);
    }
    case FieldType::Choice:
      return std::string(field.choices[generator() % field.choices.size()]);
    case FieldType::Integer:
      return lo + std::floor(uniform(generator) * (hi - lo + 0.999));
    case FieldType::Number:
      return lo + uniform(generator) * (hi - lo);
    case FieldType::Vector: {
      std::vector<double> numbers;
      for (std::size_t i = 0; i < field.length; ++i) numbers.push_back(lo + uniform(generator) * (hi - lo));
      return numbers;
    }
  }
  return 0.0;
}

/// A scenario in which every table occurs and every field is set.
Scenario random_scenario(unsigned seed) {
  std::mt19937 generator(seed);
  Scenario scenario;
  for (const FieldTable& table : field_tables()) {
    const std::size_t count = table.name.ends_with("[]") ? 1 + generator() % 3 : 1;
    table.resize(scenario, count);
    for (const Field& field : fields()) {
      if (field.table != table.name) continue;
      for (std::size_t i = 0; i < count; ++i) field.set(scenario, i, random_value(field, generator));
    }
  }
  double time = 0;
  for (Keyframe& keyframe : scenario.motion.keyframes) keyframe.time = time += 0.1 + 0.001 * (generator() % 1000);
  for (HandLoad& load : scenario.loads) {
    load.from = std::min(load.from, 3500.0);  // so that its end is allowed too
    load.to = load.from + 2 * load.grip + 0.25;
  }
  scenario.bench->top = Level::L1L2;
  scenario.expect = {{.quantity = "levels.L5-S1.compression_N.peak", .value = 4200.7, .within = 0.05},
                     {.quantity = "roots.L5.left.tension_N.peak", .min = 0.1, .max = 1e3}};
  return scenario;
}

TEST(Scenario, WhatIsWrittenReadsBackBitForBit) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    const Scenario written = random_scenario(seed);
    const std::string text = write_scenario(written);
    const Scenario read = parse_scenario(text, "file.toml");
    for (const FieldTable& table : field_tables()) {
      ASSERT_EQ(table.count(read), table.count(written)) << table.name;
      for (const Field& field : fields()) {
        if (field.table != table.name) continue;
        for (std::size_t i = 0; i < table.count(read); ++i)
          EXPECT_EQ(field.get(read, i), field.get(written, i)) << field.path() << " in\n" << text;
      }
    }
    EXPECT_EQ(write_scenario(read), text);
  }
}

TEST(Scenario, DefaultsAreWrittenOut) {
  const std::string text = write_scenario(parse_scenario(kStart + kMotion, "file.toml"));
  for (const char* line : {"sex = \"male\"", "stature_m = 1.75", "mass_kg = 75.0", "rate_hz = 50.0"})
    EXPECT_NE(text.find(line), std::string::npos) << line;
}

TEST(Scenario, EveryFieldHasAKeyDocAndDefaultOrIsRequired) {
  for (const Field& field : fields()) {
    EXPECT_FALSE(field.doc.empty()) << field.path();
    EXPECT_TRUE(field.doc.ends_with(".")) << field.path();
  }
}

TEST(Scenario, TheReferenceForPeopleNamesEveryKey) {
  std::ifstream file(std::string(FORAMEN_SOURCE_DIR) + "/scenarios/README.md");
  std::stringstream content;
  content << file.rdbuf();
  const std::string reference = content.str();
  for (const Field& field : fields())
    EXPECT_NE(reference.find("`" + field.key + "`"), std::string::npos) << field.path();
}

TEST(Scenario, MistypedKeyGetsPlaceAndNearest) {
  EXPECT_EQ(only_refusal(kStart + "[subject]\nmas_kg = 70\n" + kMotion),
            "file.toml:3:1: subject.mas_kg: is not a key here; the nearest is \"mass_kg\"");
}

TEST(Scenario, ImpossibleValuesAreRefusedWithWhatIsAllowed) {
  EXPECT_EQ(only_refusal(kStart + "[[subject.disc]]\nlevel = \"L4-L5\"\npfirrmann = 7\n" + kMotion),
            "file.toml:4:13: subject.disc.0.pfirrmann: 7 is outside 1 to 5");
  EXPECT_EQ(only_refusal(kStart + "[[subject.disc]]\nlevel = \"L4-L5\"\nheight_loss_percent = -5\n" + kMotion),
            "file.toml:4:23: subject.disc.0.height_loss_percent: -5 is outside 0 to 80");
  EXPECT_EQ(only_refusal(kStart + "[[subject.slip]]\nlevel = \"L5-S1\"\nanterior_mm = 60\n" + kMotion),
            "file.toml:4:15: subject.slip.0.anterior_mm: 60 is outside 0 to 20");
  EXPECT_EQ(only_refusal(kStart + "[subject]\nmass_kg = nan\n" + kMotion),
            "file.toml:3:11: subject.mass_kg: must be a finite number");
  EXPECT_EQ(only_refusal(kStart + kMotion + "[[load]]\nmass_kg = 5\nat_m = [0.4, 0.2]\n"),
            "file.toml:7:8: load.0.at_m: must be 3 numbers in brackets");
}

TEST(Scenario, WhatWasMeasuredOfALevelIsReadWrittenAndSetByKey) {
  const std::string text =
      kStart + "[subject.measured.L4-L5]\ncanal_ap_mm = 9.5\nrecess_depth_mm = 4\nforamen_width_left_mm = 6\n" +
      kMotion;
  const Scenario s = parse_scenario(text, "file.toml", {{"subject.measured.L5-S1.disc_height_mm", "7"}});
  const MeasuredLevel& level = s.subject.measured[static_cast<std::size_t>(index(Level::L4L5))];
  EXPECT_EQ(level.canal_depth, 9.5e-3);
  EXPECT_EQ(level.recess_depth[0], 4e-3);
  EXPECT_EQ(level.recess_depth[1], 4e-3);
  EXPECT_EQ(level.foramen_width[0], 6e-3);
  EXPECT_FALSE(level.foramen_width[1]);
  EXPECT_EQ(s.subject.measured.back().disc_height, 7e-3);
  const std::string written = write_scenario(s);
  EXPECT_EQ(write_scenario(parse_scenario(written, "written.toml")), written);
  EXPECT_EQ(only_refusal(kStart + "[subject.measured.L4-L6]\ncanal_ap_mm = 9\n" + kMotion),
            "file.toml:2:19: subject.measured.L4-L6: is not a key here; the nearest is \"L4-L5\"");
  EXPECT_EQ(only_refusal(kStart + "[subject.measured.L4-L5]\ncanal_ap_mm = 90\n" + kMotion),
            "file.toml:3:15: subject.measured.L4-L5.canal_ap_mm: 90 is outside 4 to 30");
}

TEST(Scenario, AllMistakesOfAFileComeAtOnceInTheOrderOfTheirLines) {
  const auto lines = refusals(kStart + "[subject]\nsex = \"man\"\nmass_kg = 700\n[motion]\nsupport = \"chair\"\n" +
                              "[[motion.keyframe]]\ntime_s = -1\nposture = 3\n");
  ASSERT_EQ(lines.size(), 5u);
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_TRUE(lines[i].starts_with("file.toml:" + std::to_string(std::array{3, 4, 6, 8, 9}[i]) + ":")) << lines[i];
}

TEST(Scenario, OverridesReachEveryKindOfKey) {
  const Scenario s = parse_scenario(kStart + kMotion + "[[load]]\nmass_kg = 5\n", "file.toml",
                                    {{"subject.mass_kg", "81.5"},
                                     {"subject.sex", "\"female\""},
                                     {"motion.keyframe.0.lumbar_flexion_deg", "20"},
                                     {"load.0.mass_kg", "12"}});
  EXPECT_EQ(s.subject.mass, 81.5);
  EXPECT_EQ(s.subject.sex, Sex::Female);
  EXPECT_EQ(s.loads[0].mass, 12);
  EXPECT_FALSE(refusals(kStart + kMotion, {{"load.0.mass_kg", "12"}}).empty());
  EXPECT_FALSE(refusals(kStart + kMotion, {{"subject.mass_kg", "\"heavy\""}}).empty());
  EXPECT_FALSE(refusals(kStart + kMotion, {{"motion.keyframe.99999999999999999999999.time_s", "1"}}).empty());
  EXPECT_FALSE(refusals(kStart + kMotion, {{"subject.mass_kg", "1979-05-27"}}).empty());
}

TEST(Scenario, OverridesReplaceTablesAndElementsWhole) {
  const std::string text = kStart + "[subject]\nage_years = 45\n" + kMotion + "[[load]]\nmass_kg = 5\n";
  const Scenario s = parse_scenario(text, "file.toml", {{"subject", "{ mass_kg = 110 }"}, {"load.0", "{ mass_kg = 7 }"}});
  EXPECT_EQ(s.subject.mass, 110);
  EXPECT_EQ(s.subject.age_years, Scenario{}.subject.age_years);
  EXPECT_EQ(s.loads[0].mass, 7);
  EXPECT_EQ(refusals(text, {{"subject", "{ bogus = 2 }"}}).size(), 1u);
}

TEST(Scenario, TextThatIsNotUtf8IsRefusedWithItsPlace) {
  const std::string message = only_refusal(kStart + "title = \"caf\xE9\"\n" + kMotion);
  EXPECT_TRUE(message.starts_with("file.toml:2:")) << message;
}

TEST(Scenario, MeasuredActivityIsOfOneSideOrBothAndComesBack) {
  const Scenario s = parse_scenario(
      "schema = 1\n[[motion.keyframe]]\ntime_s = 0\nposture = \"standing\"\n"
      "psoas_percent = 12\nexternal_oblique_left_percent = 7.5\n",
      "test");
  const auto& told = s.motion.keyframes[0].activity;
  EXPECT_EQ(told[0][0], 0.12);
  EXPECT_EQ(told[0][1], 0.12);
  const auto oblique = static_cast<std::size_t>(index(ActivityGroup::ExternalOblique));
  EXPECT_EQ(told[oblique][0], 0.075);
  EXPECT_FALSE(told[oblique][1]);
  EXPECT_EQ(parse_scenario(write_scenario(s), "again").motion.keyframes[0].activity, told);
  EXPECT_THROW((void)parse_scenario("schema = 1\n[[motion.keyframe]]\ntime_s = 0\nposture = \"standing\"\n"
                                    "psoas_percent = 101\n",
                                    "test"),
               InputError);
}

}  // namespace
}  // namespace foramen
