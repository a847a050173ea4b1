// Words over a picture: none may hide another, at any size of type, however the names crowd.

#include <gtest/gtest.h>

#include <string>

#include "viz/scene/page.h"

namespace foramen::scene {
namespace {

/// Letters 0.6 of their size wide and lines 1.2 of it high.
Vec2 size_of(const std::string& text, const TextStyle& style) {
  double widest = 0.0, lines = 1.0, line = 0.0;
  for (const char c : text) {
    if (c == '\n') lines += 1.0;
    line = c == '\n' ? 0.0 : line + 1.0;
    widest = std::max(widest, line);
  }
  return {0.6 * style.size * widest, 1.2 * style.size * lines};
}

PageSetting setting(double width, double height, double scale) {
  PageSetting made;
  made.size = Vec2(width, height);
  made.text_scale = scale;
  made.size_of = size_of;
  made.pixel_of = [width, height](const Vec3& p) {
    return Vec2(0.5 * width + 4000 * p.x(), 0.5 * height + 4000 * p.y());
  };
  return made;
}

/// A crowded drawing: six names in a row whose places are `apart` [m] from one another, two findings, three legends.
Drawing words(double apart) {
  Drawing drawing;
  drawing.title = "Stoop lift with a left paracentral herniation at L4-L5";
  drawing.rows = {
      {"Time", "1.20 s"}, {"L5–S1 compression", "1838 N"}, {"Pressed by", "the herniation of the disc L4–L5"}};
  drawing.note = "Results of a mechanical model, not a diagnosis.";
  drawing.side_words = {"front", "back", "head", "feet", "right", "left"};
  for (int i = 0; i < 6; ++i) {
    drawing.labels.push_back({.text = "L" + std::to_string(i),
                              .anchor_W = Vec3(0.0, (2.5 - i) * apart, 0.0),
                              .beside_W = Vec3(0.02, 0.0, 0.0)});
  }
  for (const double y : {-0.01, -0.012}) {
    drawing.labels.push_back({.text = "left L5 root 58 mmHg\nthe herniation of the disc L4–L5",
                              .anchor_W = Vec3(-0.01, y, 0.0),
                              .beside_W = Vec3(-0.02, 0.0, 0.0),
                              .finding = true});
  }
  drawing.legends.push_back({.title = "Root contact pressure",
                             .unit = "mmHg",
                             .high = 150,
                             .colours = &root_colours(),
                             .ticks = {0, 50, 100, 150},
                             .marks = {{30, "venous flow slows"}, {50, "conduction suffers"}}});
  drawing.legends.push_back(
      {.title = "Nucleus pressure", .unit = "MPa", .high = 2.5, .colours = &disc_colours(), .ticks = {0, 1, 2}});
  drawing.legends.push_back(
      {.title = "Muscle activation", .unit = "%", .high = 100, .colours = &muscle_colours(), .ticks = {0, 50, 100}});
  return drawing;
}

int count(const Page& page, const std::string& text) {
  int found = 0;
  for (const Page::Text& one : page.texts) found += one.text == text;
  return found;
}

TEST(Page, NothingOverlapsAndNothingLeavesThePage) {
  for (const double scale : {1.0, 1.5}) {
    for (const double apart : {0.005, 0.015, 0.03}) {
      const Vec2 size(1280, 800);
      const Page page = lay_out(words(apart), setting(size.x(), size.y(), scale));
      for (std::size_t i = 0; i < page.taken.size(); ++i) {
        EXPECT_GE(page.taken[i].low.minCoeff(), 0.0) << scale << " " << apart << " zone " << i;
        EXPECT_LE(page.taken[i].high.x(), size.x()) << scale << " " << apart << " zone " << i;
        EXPECT_LE(page.taken[i].high.y(), size.y()) << scale << " " << apart << " zone " << i;
        for (std::size_t k = 0; k < i; ++k)
          EXPECT_FALSE(page.taken[i].overlaps(page.taken[k])) << scale << " " << apart << " zones " << i << " " << k;
      }
    }
  }
}

TEST(Page, FindingsAlwaysStandAndCrowdedNamesAreAllLeftOut) {
  const Page roomy = lay_out(words(0.02), setting(1280, 800, 1.0));
  const Page crowded = lay_out(words(0.001), setting(1280, 800, 1.0));
  EXPECT_EQ(count(roomy, "L0"), 1);
  EXPECT_EQ(count(roomy, "L5"), 1);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(count(crowded, "L" + std::to_string(i)), 0);
  EXPECT_EQ(count(crowded, words(0.001).labels.back().text), 2);
}

TEST(Page, SidesAreNamedWhereThePictureShowsThemSquarely) {
  PageSetting from_below = setting(1280, 800, 1.0);
  from_below.right_W = -Vec3::UnitZ();  // a scan: the patient's left on the picture's right
  from_below.up_W = Vec3::UnitX();
  const Page scan = lay_out(words(0.02), from_below);
  const auto place = [&](const char* text) {
    for (const Page::Text& one : scan.texts)
      if (one.text == text) return one.at.x();
    return -1.0;
  };
  EXPECT_GT(place("right"), 0.0);
  EXPECT_LT(place("right"), 0.1 * 1280);
  EXPECT_GT(place("left"), 0.6 * 1280);  // beside the legends, which fill the edge
  from_below.right_W = Vec3(1, 0, -1).normalized();
  const Page oblique = lay_out(words(0.02), from_below);
  EXPECT_EQ(count(oblique, "right") + count(oblique, "left") + count(oblique, "front"), 0);
}

TEST(Page, WhatIsSwitchedOffIsNotWritten) {
  PageSetting bare = setting(1280, 800, 1.0);
  bare.shown = {.panel = Panel::None, .legends = false, .labels = false, .sides = false, .note = false};
  EXPECT_TRUE(lay_out(words(0.02), bare).texts.empty());
  bare.help = {{"H", "this list"}};
  EXPECT_EQ(lay_out(words(0.02), bare).texts.size(), 2u);
}

}  // namespace
}  // namespace foramen::scene
