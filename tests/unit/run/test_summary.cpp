#include <gtest/gtest.h>

#include <cmath>

#include "sample_result.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/run/summary.h"

namespace foramen {
namespace {

using test::sample_result;

TEST(TimeAbove, CrossesLinearly) {
  EXPECT_DOUBLE_EQ(time_above({0, 1, 2}, {0, 2, 0}, 1), 1.0);
  EXPECT_DOUBLE_EQ(time_above({0, 1, 2}, {3, 3, 3}, 1), 2.0);
  EXPECT_DOUBLE_EQ(time_above({0, 1}, {0, 1}, 1), 0.0);
  EXPECT_DOUBLE_EQ(time_above({0}, {5}, 1), 0.0);
}

TEST(Summary, PeakTimeOfPeakAndMean) {
  const Summary s = summarise(sample_result({0, 1, 2}, {100, 500, 300}, {0, 40 * units::mmHg, 40 * units::mmHg}));
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.peak"), 500);
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.at_s"), 1);
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.mean"), 350);
  EXPECT_NEAR(s.at("roots.L5.left.pressure_mmHg.peak"), 40, 1e-12);
  EXPECT_NEAR(s.at("roots.L5.left.above_30_mmHg_s"), 1.25, 1e-12);
  EXPECT_DOUBLE_EQ(s.at("roots.L5.left.above_50_mmHg_s"), 0);
}

TEST(Summary, OneFrameIsItsOwnPeakAndMean) {
  const Summary s = summarise(sample_result({0}, {123}, {50 * units::mmHg}));
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.peak"), 123);
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.mean"), 123);
  EXPECT_DOUBLE_EQ(s.at("roots.L5.left.above_30_mmHg_s"), 0);
}

TEST(Summary, LeavesOutFramesThatDidNotConverge) {
  Result result = sample_result({0, 1, 2}, {100, 9999, 300}, {0, 0, 0});
  result.frames[1].spine.convergence = {false, 20, 3.5, "stuck"};
  const Summary s = summarise(result);
  EXPECT_DOUBLE_EQ(s.at("levels.L4-L5.compression_N.peak"), 300);
  EXPECT_EQ(s.not_converged, 1);
  ASSERT_EQ(s.warnings.size(), 1u);
  EXPECT_EQ(s.warnings[0], "at 1.00 s: spine did not converge: stuck (residual 3.5)");
}

TEST(Summary, NothingConvergedGivesNoNumber) {
  Result result = sample_result({0}, {100}, {0});
  result.frames[0].spine.convergence.converged = false;
  EXPECT_TRUE(std::isnan(summarise(result).at("levels.L4-L5.compression_N.peak")));
}

TEST(Summary, SaysWhichMomentExceedsTheStrength) {
  Result result = sample_result({0}, {100}, {0});
  result.frames[0].spine.strength_suffices = false;
  result.frames[0].spine.unmet_moment[index(Level::L5S1)] = Vec3(0, 0, -42);
  const Summary s = summarise(result);
  EXPECT_EQ(s.strength_exceeded, 1);
  ASSERT_EQ(s.warnings.size(), 1u);
  EXPECT_NE(s.warnings[0].find("42.0 N·m of extension moment at L5-S1"), std::string::npos) << s.warnings[0];
}

TEST(Summary, UnknownPathNamesTheNearest) {
  const Summary s = summarise(sample_result({0}, {1}, {0}));
  try {
    (void)s.at("levels.L4-L5.compresion_N.peak");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("levels.L4-L5.compression_N.peak"), std::string::npos) << error.what();
  }
}

TEST(Expectations, OutsideTheIntervalIsReported) {
  Result result = sample_result({0}, {1000}, {0});
  const std::string path = "levels.L4-L5.compression_N.peak";
  result.scenario.expect = {{path, 1040, 0.05, {}, {}}, {path, 0, {}, 1100.0, {}}};
  const auto missed = check_expectations(result.scenario, summarise(result));
  ASSERT_EQ(missed.size(), 1u);
  EXPECT_DOUBLE_EQ(missed[0].lo, 1100);
  EXPECT_DOUBLE_EQ(missed[0].value, 1000);
}

TEST(FrameTimes, CoverTheMotionEvenly) {
  EXPECT_EQ(frame_times(1, 1, 50), std::vector<double>{1});
  const auto times = frame_times(0, 2.6, 50);
  EXPECT_EQ(times.size(), 131u);
  EXPECT_DOUBLE_EQ(times.front(), 0);
  EXPECT_DOUBLE_EQ(times.back(), 2.6);
}

}  // namespace
}  // namespace foramen
