// Every language says everything, with the same blanks to fill in.

#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>

#include "sim/assess/advice.h"
#include "sim/assess/comparison.h"
#include "sim/assess/limits.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/report/page_parts.h"
#include "sim/report/phrases.h"
#include "sim/report/texts.h"
#include "sim/scenario/scenario.h"

namespace foramen {
namespace {

std::multiset<std::string> blanks(const std::string& text) {
  const std::regex blank(R"(\{[a-z_]+\})");
  std::multiset<std::string> found;
  for (auto it = std::sregex_iterator(text.begin(), text.end(), blank); it != std::sregex_iterator(); ++it)
    found.insert(it->str());
  return found;
}

TEST(Texts, LanguagesHaveTheSameKeysAndBlanks) {
  const auto data = data_directory();
  const Texts english(data, "en");
  ASSERT_GE(languages(data).size(), 2u);
  for (const std::string& language : languages(data)) {
    const Texts other(data, language);
    EXPECT_EQ(other.keys(), english.keys()) << language;
    for (const std::string& key : english.keys()) {
      EXPECT_FALSE(other(key).empty()) << language << " " << key;
      EXPECT_EQ(blanks(other(key)), blanks(english(key))) << language << " " << key;
    }
  }
}

TEST(Texts, TheScenariosThatComeWithTheProgramHaveTitlesInEveryLanguage) {
  const auto data = data_directory();
  std::set<std::string> titles;
  for (const auto& entry : std::filesystem::directory_iterator(FORAMEN_SOURCE_DIR "/scenarios")) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".toml" || name.starts_with("study")) continue;
    titles.insert(read_scenario(entry.path()).title);
  }
  for (const std::string& language : languages(data)) {
    if (language == "en") continue;
    const CsvTable table(data / "titles" / (language + ".csv"));
    std::set<std::string> known;
    for (std::size_t row = 0; row < table.rows(); ++row) known.insert(table.text(row, table.column("title")));
    EXPECT_EQ(known, titles) << language;
    const Texts texts(data, language);
    for (const std::string& title : titles) EXPECT_NE(texts.title(title), title) << language;
    EXPECT_EQ(texts.title("A title of one's own"), "A title of one's own");
  }
}

TEST(Texts, EveryEffectLimitAndChangeHasWords) {
  const auto data = data_directory();
  const Texts texts(data, "en");
  const LimitTables limits(data);
  for (const RootEffect& effect : limits.root_effects()) {
    EXPECT_NO_THROW(static_cast<void>(texts("effect_" + effect.id)));
    EXPECT_NO_THROW(static_cast<void>(texts("animal_" + effect.animal)));
  }
  for (const Limit& limit : limits.compression(Sex::Female, 40))
    EXPECT_NO_THROW(static_cast<void>(texts("limit_" + limit.id)));
  for (int change = 0; change <= index(Change::NoTwist); ++change)
    EXPECT_NO_THROW(static_cast<void>(texts("advice_" + std::string(name(static_cast<Change>(change))))));
  for (int lever = 0; lever <= static_cast<int>(Lever::Protrusion); ++lever) {
    for (const double change : {0.2, -0.2})
      EXPECT_FALSE(relief_words({static_cast<Lever>(lever), change, 0}, texts).empty());
  }
  for (const Root root : kRoots) EXPECT_NO_THROW(static_cast<void>(texts("area_" + std::string(name(root)))));
}

/// Sentences, words and syllables (groups of vowels; a silent e at the end of an English word is none) of a text.
struct Reading {
  double sentences = 0, words = 0, syllables = 0;
};

Reading reading(const std::string& text, bool english) {
  const std::regex word("[A-Za-z\\xc3\\x80-\\xbf]+"), vowels("([aeiouyAEIOUY]|\\xc3[\\xa1\\xa9\\xad\\xb3\\xba])+");
  Reading r;
  r.sentences =
      static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) { return c == '.' || c == ':'; }));
  for (auto it = std::sregex_iterator(text.begin(), text.end(), word); it != std::sregex_iterator(); ++it) {
    const std::string one = it->str();
    double syllables = static_cast<double>(std::distance(std::sregex_iterator(one.begin(), one.end(), vowels), {}));
    if (english && one.size() > 3 && one.back() == 'e' && one[one.size() - 2] != 'l') --syllables;
    r.words += 1;
    r.syllables += std::max(1.0, syllables);
  }
  return r;
}

TEST(Texts, PatientsOfTwelveCanReadThePage) {
  const char* const keys[] = {"patient_pressed_hard", "patient_pressed", "patient_touched", "patient_root_what",
                              "patient_free",         "patient_disc",    "what_patient",    "see_doctor",
                              "dermatome_caution",    "model3d_legend"};
  for (const char* language : {"en", "es"}) {
    const Texts texts(data_directory(), language);
    std::string page;
    for (const char* key : keys) page += std::regex_replace(texts(key), std::regex(R"(\{[a-z_]+\})"), "one") + " ";
    const Reading r = reading(page, language == std::string("en"));
    const double length = r.words / r.sentences, weight = r.syllables / r.words;
    if (language == std::string("en")) {
      // Kincaid 1975: school grade; twelve-year-olds are in the sixth and seventh.
      EXPECT_LT(0.39 * length + 11.8 * weight - 15.59, 7.5)
          << length << " words a sentence, " << weight << " syllables a word";
    } else {
      // Fernández Huerta 1959: 70 to 80 is fairly easy, sixth grade.
      EXPECT_GT(206.84 - 60 * weight - 1.02 * length, 70)
          << length << " words a sentence, " << weight << " syllables a word";
    }
  }
}

TEST(Texts, EveryComparedMeasureHasWords) {
  for (const char* language : {"en", "es"}) {
    const Texts texts(data_directory(), language);
    const Summary nothing = summarise(Result{});
    for (const Comparison::Row& row : compare({"a", "b"}, {nothing, nothing}).rows)
      EXPECT_FALSE(measure_words(row.path, texts).empty()) << row.path;
  }
  EXPECT_EQ(measure_words("levels.L5-S1.compression_N.peak", Texts(data_directory(), "es")),
            "L5-S1: compresión, máximo");
}

TEST(Texts, NumbersAreWrittenAsTheLanguageDoes) {
  const Texts english(data_directory(), "en"), spanish(data_directory(), "es");
  EXPECT_EQ(english.number("4.2"), "4.2");
  EXPECT_EQ(spanish.number("-4.2"), "-4,2");
  EXPECT_EQ(spanish.number("0.1.0"), "0.1.0");
  EXPECT_EQ(spanish.number("L5.csv"), "L5.csv");
}

TEST(Texts, WhatIsMissingIsNamed) {
  const auto data = data_directory();
  try {
    const Texts none(data, "xx");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("there are en, es"), std::string::npos) << error.what();
  }
  EXPECT_THROW(static_cast<void>(Texts(data, "en")("no_such_key")), InputError);
  EXPECT_THROW(static_cast<void>(Texts(data, "en")("root_line", {{"side", "left"}})), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
