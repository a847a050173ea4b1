#include <gtest/gtest.h>

#include <cmath>

#include "tests/unit/run/sample_result.h"
#include "sim/assess/comparison.h"

namespace foramen {
namespace {

using test::sample_result;

Comparison sample() {
  const Summary a = summarise(sample_result({0}, {1000}, {0}));
  const Summary b = summarise(sample_result({0}, {1500}, {0}));
  return compare({"stoop", "squat <b>"}, {a, b});
}

TEST(Comparison, CarriesTheSingleRunsNumbers) {
  for (const Comparison::Row& row : sample().rows) {
    if (row.path != "levels.L4-L5.compression_N.peak") continue;
    EXPECT_EQ(row.values, (std::vector<double>{1000, 1500}));
    return;
  }
  FAIL() << "no row for compression at L4-L5";
}

TEST(Comparison, NamesTheRunWithTheLeast) {
  const std::string text = comparison_text(sample());
  EXPECT_NE(text.find("L4-L5 compression, peak"), std::string::npos) << text;
  EXPECT_NE(text.find("stoop"), std::string::npos);
}

TEST(Comparison, OrderOfTheArgumentsChangesTheColumnsOnly) {
  const Summary a = summarise(sample_result({0, 1}, {1000, 900}, {0, 5000}));
  const Summary b = summarise(sample_result({0, 1}, {1500, 800}, {9000, 0}));
  const Comparison ab = compare({"a", "b"}, {a, b}), ba = compare({"b", "a"}, {b, a});
  ASSERT_EQ(ab.rows.size(), ba.rows.size());
  for (std::size_t i = 0; i < ab.rows.size(); ++i) {
    EXPECT_EQ(ab.rows[i].path, ba.rows[i].path);
    EXPECT_EQ(ab.rows[i].ranks[0], ba.rows[i].ranks[1]);
    EXPECT_EQ(ab.rows[i].ranks[1], ba.rows[i].ranks[0]);
    EXPECT_TRUE(ab.rows[i].values[0] == ba.rows[i].values[1] || std::isnan(ab.rows[i].values[0]));
  }
}

TEST(Comparison, ADifferenceInsideTheUncertaintyIsCalledEqual) {
  const Summary a = summarise(sample_result({0}, {1000}, {0})), b = summarise(sample_result({0}, {1010}, {0}));
  const Summary far = summarise(sample_result({0}, {2000}, {0}));
  // b is above a in three of four variations only; far is above both in all.
  std::vector<std::vector<Summary>> members(3);
  for (const double shift : {-20.0, 5.0, 10.0, 15.0}) {
    members[0].push_back(summarise(sample_result({0}, {1000}, {0})));
    members[1].push_back(summarise(sample_result({0}, {1000 + shift}, {0})));
    members[2].push_back(summarise(sample_result({0}, {1900}, {0})));
  }
  for (const Comparison::Row& row : compare({"a", "b", "far"}, {a, b, far}, members).rows) {
    if (row.path != "levels.L4-L5.compression_N.peak") continue;
    EXPECT_EQ(row.ranks, (std::vector<int>{1, 1, 3}));
    return;
  }
  FAIL();
}

}  // namespace
}  // namespace foramen
