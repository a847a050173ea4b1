#include <gtest/gtest.h>

#include "sim/base/csv.h"
#include "sim/report/texts.h"
#include "sim/run/simulate.h"
#include "viz/session/measures.h"

namespace foramen::session {
namespace {

TEST(Measures, AHealthyPersonStandingIsOutsideNoRange) {
  const HealthyRanges ranges(data_directory());
  const Result standing = simulate(read_scenario(FORAMEN_SOURCE_DIR "/scenarios/standing.toml"), RunOptions{});
  int compared = 0;
  for (const Level level : kLevels) {
    for (const Measure& one : measures(standing.frames.front(), level, ranges)) {
      compared += one.range != nullptr;
      EXPECT_EQ(one.side(), 0) << one.place << " " << one.quantity << " " << one.value;
    }
  }
  EXPECT_GT(compared, 0);
}

TEST(Measures, ARangeOfOnePostureMarksNoOther) {
  const HealthyRange standing{"pressure_MPa", "L4-L5", "MPa", "standing", "somebody", 0.48, 0.5};
  HealthyRange any = standing;
  any.posture = "any";
  Measure measure{"pressure_MPa", "MPa", "L4-L5", 2.6, &standing};
  EXPECT_EQ(measure.side(), 0);
  measure.range = &any;
  EXPECT_EQ(measure.side(), 1);
  measure.value = 0.1;
  EXPECT_EQ(measure.side(), -1);
}

TEST(Measures, EveryLanguageSaysHowARangeWasMeasured) {
  const auto data = data_directory();
  const CsvTable table(data / "healthy_ranges.csv");
  for (const std::string& language : languages(data)) {
    const Texts texts(data, language);
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::string posture = table.text(row, table.column("posture"));
      EXPECT_TRUE(posture == "any" || texts.find("gui_posture_" + posture)) << language << " " << posture;
    }
  }
}

}  // namespace
}  // namespace foramen::session
