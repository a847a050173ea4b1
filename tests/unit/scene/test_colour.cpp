// Colours carry numbers: if their order or evenness broke, a reader would misjudge a pressure.

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "viz/scene/colour.h"

namespace foramen::scene {
namespace {

TEST(Colour, LightnessOfBlackWhiteAndMiddleGrey) {
  EXPECT_NEAR(lightness({0, 0, 0}), 0.0, 1e-9);
  EXPECT_NEAR(lightness({1, 1, 1}), 100.0, 1e-6);
  EXPECT_NEAR(lightness({0.4663f, 0.4663f, 0.4663f}), 50.0, 0.05);  // sRGB 119/255
}

TEST(Colour, MapsFallEvenlyInLightness) {
  for (const ColourMap* map : {&root_colours(), &disc_colours(), &muscle_colours()}) {
    const double first = lightness(map->at(0.0)), last = lightness(map->at(1.0));
    EXPECT_GT(first - last, 35.0) << "too little contrast";
    double before = first;
    for (int i = 1; i <= 100; ++i) {
      const double now = lightness(map->at(i / 100.0));
      EXPECT_LT(now, before);
      EXPECT_NEAR(now, first + (last - first) * i / 100.0, 0.2);
      before = now;
    }
  }
}

/// Simulated red-blindness and green-blindness (Viénot, Brettel and Mollon 1999, on linear light) leave no two distant
/// values alike.
TEST(Colour, RootColoursStayApartForColourBlindReaders) {
  const auto linear = [](float c) {
    const auto v = static_cast<double>(c);
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  using Triple = std::array<double, 3>;
  const auto seen = [&](double t, double keep_red) {
    const Colour c = root_colours().at(t);
    const double yellow = keep_red * linear(c.r) + (1.0 - keep_red) * linear(c.g);
    return Triple{std::cbrt(yellow), std::cbrt(yellow), std::cbrt(linear(c.b))};
  };
  for (const double keep_red : {0.11238, 0.29275}) {
    for (int i = 0; i < 10; ++i) {
      const Triple a = seen(i / 10.0, keep_red), b = seen((i + 2) / 10.0, keep_red);
      const double apart = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      EXPECT_GT(apart, 0.05) << "from " << i / 10.0;
    }
  }
}

TEST(Colour, ValuesOutsideTakeTheEndsAndNaNIsRefused) {
  EXPECT_EQ(root_colours().at(-1.0), root_colours().at(0.0));
  EXPECT_EQ(root_colours().at(7.0), root_colours().at(1.0));
  EXPECT_THROW(static_cast<void>(root_colours().at(std::numeric_limits<double>::quiet_NaN())), std::invalid_argument);
}

TEST(Colour, AMapMayNotTurnBack) {
  const std::array<Colour, 3> turning{Colour{0, 0, 0}, Colour{1, 1, 1}, Colour{0.5f, 0.5f, 0.5f}};
  EXPECT_THROW(ColourMap{turning}, std::invalid_argument);
}

}  // namespace
}  // namespace foramen::scene
