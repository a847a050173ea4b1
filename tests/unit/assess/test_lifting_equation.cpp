#include <gtest/gtest.h>

#include <cmath>

#include "sim/assess/lifting_equation.h"
#include "sim/assess/measured_lift.h"
#include "sim/base/csv.h"

namespace foramen {
namespace {

const LiftingEquation& equation() {
  static const LiftingEquation read(data_directory());
  return read;
}

LiftingTask ideal() {
  return {.horizontal = 0.25, .vertical = 0.75, .travel = 0.25, .per_minute = 0.2, .hours = 1, .load = 23};
}

/// Table 5 of the Applications Manual, written down a second time: ≤ 1 h, ≤ 2 h, ≤ 8 h, each below 75 cm and from
/// there.
struct Row {
  double per_minute;
  std::array<double, 6> multiplier;
};
constexpr std::array kTable{
    Row{0.2, {1.00, 1.00, 0.95, 0.95, 0.85, 0.85}}, Row{0.5, {0.97, 0.97, 0.92, 0.92, 0.81, 0.81}},
    Row{1, {0.94, 0.94, 0.88, 0.88, 0.75, 0.75}},   Row{2, {0.91, 0.91, 0.84, 0.84, 0.65, 0.65}},
    Row{3, {0.88, 0.88, 0.79, 0.79, 0.55, 0.55}},   Row{4, {0.84, 0.84, 0.72, 0.72, 0.45, 0.45}},
    Row{5, {0.80, 0.80, 0.60, 0.60, 0.35, 0.35}},   Row{6, {0.75, 0.75, 0.50, 0.50, 0.27, 0.27}},
    Row{7, {0.70, 0.70, 0.42, 0.42, 0.22, 0.22}},   Row{8, {0.60, 0.60, 0.35, 0.35, 0.18, 0.18}},
    Row{9, {0.52, 0.52, 0.30, 0.30, 0.00, 0.15}},   Row{10, {0.45, 0.45, 0.26, 0.26, 0.00, 0.13}},
    Row{11, {0.41, 0.41, 0.00, 0.23, 0.00, 0.00}},  Row{12, {0.37, 0.37, 0.00, 0.21, 0.00, 0.00}},
    Row{13, {0.00, 0.34, 0.00, 0.00, 0.00, 0.00}},  Row{14, {0.00, 0.31, 0.00, 0.00, 0.00, 0.00}},
    Row{15, {0.00, 0.28, 0.00, 0.00, 0.00, 0.00}},  Row{15.01, {0, 0, 0, 0, 0, 0}}};

TEST(LiftingEquation, EveryCellOfTheFrequencyTable) {
  for (const Row& row : kTable) {
    for (std::size_t i = 0; i < 6; ++i) {
      const double hours = std::array{1.0, 2.0, 8.0}[i / 2], height = i % 2 == 0 ? 0.74 : 0.75;
      EXPECT_DOUBLE_EQ(equation().frequency_multiplier(row.per_minute, hours, height), row.multiplier[i])
          << row.per_minute << " per minute, " << hours << " h, " << height << " m";
    }
  }
}

TEST(LiftingEquation, FrequencyIsInterpolatedAndNeverBelowTheFirstRow) {
  EXPECT_DOUBLE_EQ(equation().frequency_multiplier(2.5, 1, 0.5), 0.5 * (0.91 + 0.88));
  EXPECT_DOUBLE_EQ(equation().frequency_multiplier(0.01, 8, 0.5), 0.85);
}

TEST(LiftingEquation, EveryCellOfTheCouplingTable) {
  for (const auto& [coupling, low, high] :
       {std::tuple{"good", 1.0, 1.0}, std::tuple{"fair", 0.95, 1.0}, std::tuple{"poor", 0.9, 0.9}}) {
    LiftingTask task = ideal();
    task.coupling = coupling;
    task.vertical = 0.74;
    EXPECT_EQ(equation().evaluate(task).cm, low);
    task.vertical = 0.75;
    EXPECT_EQ(equation().evaluate(task).cm, high);
  }
}

TEST(LiftingEquation, TheIdealLiftMayWeigh23Kilograms) {
  EXPECT_DOUBLE_EQ(equation().evaluate(ideal()).recommended_weight, 23);
  EXPECT_DOUBLE_EQ(equation().evaluate(ideal()).index, 1);
}

TEST(LiftingEquation, MultipliersAtTheirLimits) {
  const auto with = [&](double LiftingTask::*member, double value) {
    LiftingTask task = ideal();
    task.*member = value;
    return equation().evaluate(task);
  };
  EXPECT_DOUBLE_EQ(with(&LiftingTask::horizontal, 0.10).hm, 1);
  EXPECT_NEAR(with(&LiftingTask::horizontal, 0.63).hm, 0.40, 0.005);
  EXPECT_EQ(with(&LiftingTask::horizontal, 0.631).hm, 0);
  EXPECT_NEAR(with(&LiftingTask::vertical, 0).vm, 0.775, 1e-12);
  EXPECT_NEAR(with(&LiftingTask::vertical, 1.75).vm, 0.70, 1e-12);
  EXPECT_EQ(with(&LiftingTask::vertical, 1.751).vm, 0);
  EXPECT_EQ(with(&LiftingTask::travel, 0.1).dm, 1);
  EXPECT_NEAR(with(&LiftingTask::travel, 1.75).dm, 0.85, 0.005);
  EXPECT_EQ(with(&LiftingTask::travel, 1.751).dm, 0);
  EXPECT_NEAR(with(&LiftingTask::asymmetry, 90 * units::deg).am, 0.712, 1e-12);
  EXPECT_NEAR(with(&LiftingTask::asymmetry, 135 * units::deg).am, 0.568, 1e-12);
  EXPECT_EQ(with(&LiftingTask::asymmetry, 135.1 * units::deg).am, 0);
  EXPECT_TRUE(std::isinf(with(&LiftingTask::horizontal, 0.7).index));
}

TEST(LiftingEquation, RefusesWhatIsNoTask) {
  LiftingTask task = ideal();
  task.hours = 9;
  EXPECT_THROW((void)equation().evaluate(task), std::invalid_argument);
  task = ideal();
  task.coupling = "firm";
  EXPECT_THROW((void)equation().evaluate(task), std::invalid_argument);
  task = ideal();
  task.load = -1;
  EXPECT_THROW((void)equation().evaluate(task), std::invalid_argument);
}

TEST(LiftingEquation, TasksTogetherAreWorseThanTheWorstAndOrderDoesNotMatter) {
  LiftingTask a = ideal(), b = ideal();
  a.load = 15;
  a.per_minute = 1;
  b.load = 10;
  b.per_minute = 2;
  b.horizontal = 0.4;
  const double together = equation().composite_index({a, b});
  EXPECT_GT(together, std::max(equation().evaluate(a).index, equation().evaluate(b).index));
  EXPECT_DOUBLE_EQ(together, equation().composite_index({b, a}));
  EXPECT_DOUBLE_EQ(equation().composite_index({a}), equation().evaluate(a).index);
}

TEST(MeasuredLift, FindsHandsWhereThePostureSays) {
  const MeasuredLift lift =
      measure_lift(read_scenario(FORAMEN_SOURCE_DIR "/scenarios/lift_stoop.toml"), data_directory());
  EXPECT_NEAR(lift.start.horizontal, 0.33, 0.06);  // stoop_reach: hands 0.33 m in front of the ankles, 0.28 m high
  EXPECT_NEAR(lift.start.vertical, 0.28, 0.06);
  EXPECT_LT(lift.start.asymmetry, 1e-6);
  EXPECT_GT(lift.start.travel, 0.3);
  EXPECT_EQ(lift.start.load, 15);
}

}  // namespace
}  // namespace foramen
