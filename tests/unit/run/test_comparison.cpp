#include <gtest/gtest.h>

#include "sample_result.h"
#include "sim/run/comparison.h"

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

TEST(Comparison, ShowsTheDifference) {
  const std::string text = comparison_text(sample());
  EXPECT_NE(text.find("+500"), std::string::npos) << text;
  EXPECT_NE(text.find("L4-L5 compression"), std::string::npos);
}

TEST(Comparison, EscapesNamesInHtml) {
  const std::string html = comparison_html(sample());
  EXPECT_EQ(html.find("squat <b>"), std::string::npos);
  EXPECT_NE(html.find("squat &lt;b&gt;"), std::string::npos);
}

}  // namespace
}  // namespace foramen
