// Every language says everything, with the same blanks to fill in.

#include "sim/report/texts.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "sim/assess/advice.h"
#include "sim/assess/limits.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"

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
  for (const Root root : kRoots) EXPECT_NO_THROW(static_cast<void>(texts("area_" + std::string(name(root)))));
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
