#include <gtest/gtest.h>

#include "sim/assess/explanation.h"
#include "sim/base/csv.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using units::mm;
using units::mmHg;

Scenario standing_with(double protrusion) {
  Scenario scenario;
  if (protrusion > 0) {
    Herniation h;
    h.zone = HerniationZone::Foraminal;
    h.protrusion = protrusion;
    scenario.subject.herniations = {h};
  }
  Keyframe keyframe;
  keyframe.posture = "standing";
  scenario.motion.keyframes = {keyframe};
  return scenario;
}

std::vector<RootExplanation> explained(const Scenario& scenario, int threads) {
  const Library library = load_library(data_directory());
  return explain(simulate(scenario, RunOptions{}), library, threads);
}

TEST(Explanation, NamesWhatPressesAndWhatTheModelFoundToRelieveIt) {
  const auto roots = explained(standing_with(5 * mm), 2);
  ASSERT_FALSE(roots.empty());
  const RootExplanation& worst = roots.front();
  EXPECT_EQ(worst.root, Root::L4);
  EXPECT_EQ(worst.side, Side::Left);
  EXPECT_EQ(worst.pressed_by.text(), "L4-L5 disc herniation");
  ASSERT_FALSE(worst.reliefs.empty());
  EXPECT_LE(worst.tried + worst.impossible, 17);
  double before = 0;
  for (const Relief& r : worst.reliefs) {
    EXPECT_LT(r.pressure_after, worst.pressure);
    EXPECT_GE(r.pressure_after, before);  // the most relieving first
    before = r.pressure_after;
  }
  // What it says of the protrusion is what a smaller protrusion gives.
  const auto relief = std::find_if(worst.reliefs.begin(), worst.reliefs.end(),
                                   [](const Relief& r) { return r.lever == Lever::Protrusion; });
  ASSERT_NE(relief, worst.reliefs.end());
  const Result smaller = simulate(standing_with(5 * mm + relief->change), RunOptions{});
  EXPECT_EQ(smaller.frames.front().nerve.roots[index(Root::L4)][index(Side::Left)].pressure, relief->pressure_after);
}

TEST(Explanation, SaysWhetherTheRootCouldLieOnTheOtherSide) {
  RootExplanation e;
  e.pressed_by = {Structure::Herniation, Level::L4L5};
  const auto says = [&e](const char* words) {
    const auto sentences = explanation_sentences(e);
    return std::any_of(sentences.begin(), sentences.end(),
                       [&](const std::string& s) { return s.find(words) != std::string::npos; });
  };
  EXPECT_FALSE(says("other side")) << "no protrusion, no sides";
  e.protrusion = ProtrusionPlace::Axilla;
  e.other_side = {OtherSide::Outcome::SlidesBack};
  EXPECT_TRUE(says("would not stay on the other side"));
  e.other_side = {OtherSide::Outcome::Bone};
  EXPECT_TRUE(says("Bone bars the root's way"));
  EXPECT_FALSE(says("would not stay"));
  e.other_side = {OtherSide::Outcome::Rests};
  e.other_side->root.pressure = 150 * units::mmHg;
  EXPECT_TRUE(says("with 150 mmHg"));
}

TEST(Explanation, IsTheSameOnAnyNumberOfThreadsAndAsJson) {
  const auto one = explanation_json(explained(standing_with(5 * mm), 1));
  EXPECT_EQ(one, explanation_json(explained(standing_with(5 * mm), 2)));
  EXPECT_NE(one.find("\"lever\": \"protrusion\""), std::string::npos);
}

TEST(Explanation, SaysOnWhichSideOfTheRootTheProtrusionLies) {
  const auto place = [](HerniationZone zone, double protrusion, double width, HerniationSide side) {
    Scenario scenario = standing_with(protrusion);
    Herniation& h = scenario.subject.herniations.front();
    h.zone = zone;
    h.width = width;
    h.side = side;
    const auto roots = explained(scenario, 2);
    return roots.empty() ? std::nullopt : roots.front().protrusion;
  };
  for (const HerniationSide side : {HerniationSide::Left, HerniationSide::Right}) {
    // Behind the disc a large one pushes the traversing root towards the midline; under the pedicle it lies medial of
    // the root that leaves there.
    EXPECT_EQ(place(HerniationZone::Paracentral, 4 * mm, 12 * mm, side), ProtrusionPlace::InFront);
    EXPECT_EQ(place(HerniationZone::Paracentral, 9 * mm, 20 * mm, side), ProtrusionPlace::Shoulder);
    EXPECT_EQ(place(HerniationZone::Foraminal, 6 * mm, 12 * mm, side), ProtrusionPlace::Axilla);
  }
}

TEST(Explanation, HealthNeedsNone) {
  EXPECT_TRUE(explained(standing_with(0), 1).empty());
}

}  // namespace
}  // namespace foramen
