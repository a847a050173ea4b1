// Curves between keyframes: smooth, and never beyond what was asked for.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/motion/keyframe_curve.h"

namespace foramen {
namespace {

const KeyframeCurve& bumpy() {
  static const KeyframeCurve curve({0, 0.4, 1.5, 1.8, 3.0, 4.0}, {0.1, 0.5, 1.4, 1.4, 1.0, -0.3});
  return curve;
}

TEST(KeyframeCurve, PassesThroughItsKeyframes) {
  for (std::size_t i = 0; i < bumpy().times().size(); ++i) {
    EXPECT_DOUBLE_EQ(bumpy().at(bumpy().times()[i]).value, bumpy().values()[i]);
  }
}

TEST(KeyframeCurve, RatesAreDerivativesOfValuesEverywhere) {
  const double h = 1e-6;
  for (double t = 0.013; t < 4; t += 0.0171) {
    const Jet before = bumpy().at(t - h), now = bumpy().at(t), after = bumpy().at(t + h);
    EXPECT_NEAR(now.rate, (after.value - before.value) / (2 * h), 1e-8);
    EXPECT_NEAR(now.acceleration, (after.rate - before.rate) / (2 * h), 1e-6);
  }
}

TEST(KeyframeCurve, ValueRateAndAccelerationAreContinuousAtKeyframes) {
  for (const double t : bumpy().times()) {
    const double h = 1e-9;
    const Jet before = bumpy().at(t - h), after = bumpy().at(t + h);
    EXPECT_NEAR(before.value, after.value, 1e-7);
    EXPECT_NEAR(before.rate, after.rate, 1e-6);
    EXPECT_NEAR(before.acceleration, after.acceleration, 1e-5);
  }
}

TEST(KeyframeCurve, NeverLeavesTheRangeOfNeighbouringKeyframes) {
  const auto& times = bumpy().times();
  const auto& values = bumpy().values();
  for (std::size_t i = 0; i + 1 < times.size(); ++i) {
    const auto [low, high] = std::minmax(values[i], values[i + 1]);
    for (int k = 0; k <= 50; ++k) {
      const double value = bumpy().at(times[i] + (times[i + 1] - times[i]) * k / 50).value;
      EXPECT_GE(value, low - 1e-12);
      EXPECT_LE(value, high + 1e-12);
    }
  }
}

TEST(KeyframeCurve, RestsAtEndsAndTurningPointsAndFlowsThroughOthers) {
  EXPECT_EQ(bumpy().at(0).rate, 0);
  EXPECT_EQ(bumpy().at(1.5).rate, 0);
  EXPECT_EQ(bumpy().at(4).rate, 0);
  EXPECT_GT(bumpy().at(0.4).rate, 0.5);
  EXPECT_EQ(bumpy().at(-1).value, 0.1);
  EXPECT_EQ(bumpy().at(9).value, -0.3);
  EXPECT_EQ(bumpy().at(9).rate, 0);
}

TEST(KeyframeCurve, BetweenTwoKeyframesItIsTheMinimumJerkMovement) {
  const KeyframeCurve curve({1, 3}, {0, 1});
  EXPECT_NEAR(curve.at(2).value, 0.5, 1e-15);
  EXPECT_NEAR(curve.at(2).rate, 1.875 / 2, 1e-15);
  EXPECT_NEAR(curve.at(1.5).value, smooth_step({0.25}).value, 1e-15);
}

TEST(KeyframeCurve, KeyframesOnAMinimumJerkMovementLeaveItAsItIs) {
  std::vector<double> times, values;
  for (const double s : {0.0, 0.2, 0.5, 0.8, 1.0}) {
    times.push_back(2 * s);
    values.push_back(-0.7 * smooth_step({s}).value);
  }
  const KeyframeCurve through(times, values), free({0, 2}, {0, -0.7});
  for (double t = 0.05; t < 2; t += 0.1) {
    EXPECT_NEAR(through.at(t).value, free.at(t).value, 1e-12);
    EXPECT_NEAR(through.at(t).rate, free.at(t).rate, 1e-11);
    EXPECT_NEAR(through.at(t).acceleration, free.at(t).acceleration, 1e-10);
  }
}

TEST(KeyframeCurve, FlowsThroughTurnsOfASmoothMovementWithoutJolts) {
  // x = 0.5·s³(1 − s)³(0.3 + s) turns beside the keyframe at s = 0.5, nearest to its top.
  std::vector<double> times, values;
  for (int i = 0; i <= 8; ++i) {
    const double s = i / 8.0;
    times.push_back(s);
    values.push_back(0.5 * s * s * s * (1 - s) * (1 - s) * (1 - s) * (0.3 + s));
  }
  std::vector<bool> flows(times.size(), true);
  const KeyframeCurve flowing(times, values, flows), resting(times, values);
  double flowing_off = 0, resting_off = 0;
  for (double s = 0.3; s < 0.8; s += 0.01) {
    const double h = 1e-4;
    const auto x = [](double u) { return 0.5 * u * u * u * (1 - u) * (1 - u) * (1 - u) * (0.3 + u); };
    const double acceleration = (x(s + h) - 2 * x(s) + x(s - h)) / (h * h);
    flowing_off = std::max(flowing_off, std::abs(flowing.at(s).acceleration - acceleration));
    resting_off = std::max(resting_off, std::abs(resting.at(s).acceleration - acceleration));
  }
  EXPECT_LT(flowing_off, 0.1 * resting_off);
  EXPECT_EQ(flowing.at(0).rate, 0);
  EXPECT_EQ(flowing.at(1).rate, 0);
}

TEST(KeyframeCurve, OneKeyframeIsConstant) {
  const KeyframeCurve curve({0.7}, {0.2});
  for (const double t : {-1.0, 0.7, 5.0}) {
    EXPECT_EQ(curve.at(t).value, 0.2);
    EXPECT_EQ(curve.at(t).rate, 0);
    EXPECT_EQ(curve.at(t).acceleration, 0);
  }
}

TEST(KeyframeCurve, TakesAnotherKeyframe) {
  const KeyframeCurve inserted = bumpy().with(2.2, 0.9), replaced = bumpy().with(1.5, 1.1);
  EXPECT_EQ(inserted.times().size(), bumpy().times().size() + 1);
  EXPECT_DOUBLE_EQ(inserted.at(2.2).value, 0.9);
  EXPECT_EQ(replaced.times().size(), bumpy().times().size());
  EXPECT_DOUBLE_EQ(replaced.at(1.5).value, 1.1);
}

TEST(KeyframeCurve, RefusesWhatIsNoCurve) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(KeyframeCurve({}, {}), std::invalid_argument);
  EXPECT_THROW(KeyframeCurve({0, 0}, {1, 2}), std::invalid_argument);
  EXPECT_THROW(KeyframeCurve({0, 1}, {1, nan}), std::invalid_argument);
  EXPECT_THROW(KeyframeCurve({0, 1}, {1}), std::invalid_argument);
  EXPECT_THROW(KeyframeCurve({0, 1}, {1, 2}, {true}), std::invalid_argument);
}

TEST(Jet, CarriesExactDerivatives) {
  // x(t) = 0.3 + 0.7t − 0.9t², y(t) = −0.8 + 0.2t + 0.5t²
  const auto at = [](double t) {
    const Jet x{0.3 + 0.7 * t - 0.9 * t * t, 0.7 - 1.8 * t, -1.8};
    const Jet y{-0.8 + 0.2 * t + 0.5 * t * t, 0.2 + t, 1.0};
    return sin(x) * cos(y) + asin(x * y) - 2.0 * atan2(y, x);
  };
  const double h = 1e-5;
  const Jet before = at(-h), now = at(0), after = at(h);
  EXPECT_NEAR(now.rate, (after.value - before.value) / (2 * h), 1e-9);
  EXPECT_NEAR(now.acceleration, (after.rate - before.rate) / (2 * h), 1e-8);
}

}  // namespace
}  // namespace foramen
