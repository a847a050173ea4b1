#include "sim/base/names.h"

#include <gtest/gtest.h>

namespace foramen {
namespace {

TEST(Names, LevelNeighbours) {
  EXPECT_EQ(exiting_root(Level::L4L5), Root::L4);
  EXPECT_EQ(traversing_root(Level::L4L5), Root::L5);
  EXPECT_EQ(traversing_root(Level::L5S1), Root::S1);
  EXPECT_EQ(upper_vertebra(Level::L5S1), Vertebra::L5);
  EXPECT_EQ(lower_vertebra(Level::L5S1), Vertebra::S1);
}

TEST(Names, BodiesOfVertebrae) {
  EXPECT_EQ(body_of(Vertebra::L1), Body::L1);
  EXPECT_EQ(body_of(Vertebra::L5), Body::L5);
  EXPECT_EQ(body_of(Vertebra::S1), Body::Pelvis);
}

TEST(Names, SidesOfLimbs) {
  EXPECT_EQ(on_side(Body::HandLeft, Side::Right), Body::HandRight);
  EXPECT_EQ(on_side(Body::UpperArmLeft, Side::Left), Body::UpperArmLeft);
  EXPECT_EQ(on_side(Body::FootLeft, Side::Right), Body::FootRight);
}

TEST(Names, EveryBodyHasItsOwnName) {
  for (int i = 0; i < kBodyCount; ++i) {
    EXPECT_EQ(find_name(body_names(), name(static_cast<Body>(i))), i);
  }
}

TEST(Names, NearestNameSurvivesTypingErrors) {
  EXPECT_EQ(nearest_name(level_names(), "L4-5"), "L4-L5");
  EXPECT_EQ(nearest_name(level_names(), "l5s1"), "L5-S1");
  EXPECT_EQ(nearest_name(side_names(), "lefft"), "left");
  EXPECT_TRUE(nearest_name({}, "x").empty());
}

}  // namespace
}  // namespace foramen
