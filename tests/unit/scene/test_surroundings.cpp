#include <gtest/gtest.h>

#include "viz/scene/surroundings.h"

namespace foramen::scene {
namespace {

constexpr double kPalm = 0.065;  ///< of the grip below the wrist [m]

/// Somebody upright whose wrists are at a place.
Instant reaching(double time, const Vec3& hands) {
  Instant instant;
  instant.time = time;
  instant.poses[static_cast<std::size_t>(index(Body::HandLeft))].p = hands - 0.2 * Vec3::UnitZ();
  instant.poses[static_cast<std::size_t>(index(Body::HandRight))].p = hands + 0.2 * Vec3::UnitZ();
  return instant;
}

Instant sitting(double time) {
  Instant instant = reaching(time, {0.2, 0.8, 0.0});
  instant.supports.push_back({SupportPlace::Seat, Body::Pelvis, {-0.3, 0.45, 0.0}, {0.0, 500.0, 0.0}});
  return instant;
}

Frame at(const Instant& instant) {
  Frame frame;
  frame.time = instant.time;
  frame.instant = instant;
  return frame;
}

/// Lowest and highest corner of a shape, in the world.
std::pair<Vec3, Vec3> bounds(const Shape& shape) {
  Vec3 low = Vec3::Constant(1e9), high = -low;
  for (const Vec3& vertex : shape.mesh->vertices) {
    low = low.cwiseMin(shape.X_WM * vertex);
    high = high.cwiseMax(shape.X_WM * vertex);
  }
  return {low, high};
}

TEST(Surroundings, TheChairStaysWhereItIsWhenThePersonHasRisen) {
  const std::vector<Instant> course{sitting(0.0), reaching(1.0, {0.3, 1.0, 0.0})};
  Drawing down, up;
  add_supports(down, at(course[0]), course);
  add_supports(up, at(course[1]), course);
  ASSERT_TRUE(up.find("seat"));
  EXPECT_EQ(bounds(*up.find("seat")), bounds(*down.find("seat")));
  EXPECT_NEAR(bounds(*up.find("seat")).second.y(), 0.45, 1e-12);
  EXPECT_EQ(bounds(*up.find("floor")), bounds(*down.find("floor")));
}

TEST(Surroundings, WithoutACourseOnlyWhatCarriesNowIsThere) {
  Drawing down, up;
  add_supports(down, at(sitting(0.0)), {});
  add_supports(up, at(reaching(1.0, {0.3, 1.0, 0.0})), {});
  EXPECT_TRUE(down.find("seat"));
  EXPECT_FALSE(up.find("seat"));
  EXPECT_FALSE(up.find("backrest"));
}

class Lift : public testing::Test {
 protected:
  static Drawing drawn(const std::vector<HandLoad>& loads, const Instant& instant, const std::vector<Instant>& course) {
    Drawing drawing;
    add_loads(drawing, at(instant), loads, course);
    return drawing;
  }
  std::vector<Instant> course_{reaching(0.0, {0.0, 0.8, 0.0}), reaching(1.0, {0.4, 0.30 + kPalm, 0.0}),
                               reaching(2.0, {0.5, 0.90 + kPalm, 0.0}), reaching(3.0, {0.0, 0.8, 0.0})};
  HandLoad box_ = [] {
    HandLoad box;
    box.mass = 10.0, box.from = 1.0, box.to = 2.0;
    return box;
  }();
};

TEST_F(Lift, TheBoxWaitsOnTheFloorWhereItIsGripped) {
  const Drawing before = drawn({box_}, course_[0], course_), gripped = drawn({box_}, course_[1], course_);
  ASSERT_TRUE(before.find("load 1"));
  EXPECT_EQ(bounds(*before.find("load 1")), bounds(*gripped.find("load 1")));
  EXPECT_NEAR(bounds(*before.find("load 1")).first.y(), 0.0, 1e-9);
  EXPECT_FALSE(before.find("stand 1"));
}

TEST_F(Lift, TheBoxStaysWhereItIsPutDownOnAStand) {
  const Drawing put = drawn({box_}, course_[2], course_), after = drawn({box_}, course_[3], course_);
  ASSERT_TRUE(after.find("load 1"));
  EXPECT_EQ(bounds(*after.find("load 1")), bounds(*put.find("load 1")));
  ASSERT_TRUE(after.find("table 1"));
  EXPECT_NEAR(bounds(*after.find("table 1")).second.y(), bounds(*after.find("load 1")).first.y(), 1e-9);
}

TEST_F(Lift, WhatIsHeldAllTheTimeHasNoPlaceOfItsOwn) {
  box_.from = 0.0, box_.to = 3.0;
  const Drawing held = drawn({box_}, course_[2], course_);
  EXPECT_TRUE(held.find("load 1"));
  EXPECT_FALSE(held.find("stand 1"));
  EXPECT_FALSE(held.find("table 1"));
}

TEST_F(Lift, EmptyHandsHoldNoBox) {
  box_.mass = 0.0;
  EXPECT_TRUE(drawn({box_}, course_[1], course_).shapes.empty());
}

}  // namespace
}  // namespace foramen::scene
