// Moments of the hip's passive tissues.

#include <gtest/gtest.h>

#include "sim/base/units.h"
#include "sim/body/passive_hip.h"

namespace foramen {
namespace {

double at(double hip, double knee) {
  return passive_hip_flexion(hip * units::deg, knee * units::deg);
}

TEST(PassiveHip, FlexesTheExtendedHipAndExtendsTheStretchedOne) {
  EXPECT_GT(at(-15, 0), at(0, 0));
  EXPECT_GT(at(0, 0), 0);
  EXPECT_LT(at(70, 0), -10);
  for (double hip = -20; hip < 120; hip += 5) EXPECT_LT(at(hip + 5, 30), at(hip, 30)) << hip;
}

TEST(PassiveHip, HamstringsAreSlackOverABentKnee) {
  EXPECT_GT(at(70, 90), at(70, 0) + 10);
  EXPECT_NEAR(at(90, 90), 0, 1);  // sitting asks nothing
}

}  // namespace
}  // namespace foramen
