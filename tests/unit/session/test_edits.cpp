// What a slider makes of a scenario must be a scenario: it is saved, sent to colleagues and run again.

#include <gtest/gtest.h>

#include <cmath>

#include "example.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "viz/scene/views.h"
#include "viz/session/edits.h"
#include "viz/session/leg_raise.h"
#include "viz/session/measures.h"

namespace foramen::session {
namespace {

Scenario scenario(const char* name) {
  return read_scenario(scenario_file(name));
}

TEST(Edits, EveryEditedScenarioReadsBackTheSame) {
  const Scenario lift = scenario("lift_stoop.toml");
  const auto& postures = library()->postures;
  for (const Scenario& edited : {with_load(lift, 3.5), with_herniation(lift, 0.004), with_canal(lift, 0.8),
                                 with_technique(lift, postures, 1, 0.3), with_hip_bend(lift, postures, 1, 0.5),
                                 with_angle(lift, 0, "knee_flexion", 0.3), with_hands_at(lift, {0.4, 0.5, 0}),
                                 without_pathology(lift), with_value(lift, "subject.age_years", "60", "lift")}) {
    const std::string text = write_scenario(edited);
    EXPECT_EQ(write_scenario(parse_scenario(text, "edited")), text);
  }
}

TEST(Edits, AnAngleWithoutItsSideIsBoth) {
  const Scenario bent = with_angle(scenario("standing.toml"), 0, "knee_flexion", 0.4);
  EXPECT_EQ(bent.motion.keyframes[0].overrides[static_cast<std::size_t>(index(PostureAngle::KneeFlexionLeft))], 0.4);
  EXPECT_EQ(bent.motion.keyframes[0].overrides[static_cast<std::size_t>(index(PostureAngle::KneeFlexionRight))], 0.4);
}

TEST(Edits, BendingInTheHipsLeavesTheLegsWhereTheyAre) {
  const auto& postures = library()->postures;
  const Scenario bent = with_hip_bend(scenario("standing.toml"), postures, 0, 0.6);
  const auto angle = [&](PostureAngle which) { return keyframe_angle(bent, postures, 0, which); };
  EXPECT_DOUBLE_EQ(angle(PostureAngle::HipFlexionLeft) - angle(PostureAngle::PelvisForwardPitch),
                   keyframe_angle(scenario("standing.toml"), postures, 0, PostureAngle::HipFlexionLeft) -
                       keyframe_angle(scenario("standing.toml"), postures, 0, PostureAngle::PelvisForwardPitch));
}

TEST(Edits, TheTechniqueSliderFindsItsPlaceAgain) {
  const Scenario lift = scenario("lift_stoop.toml");
  const auto& postures = library()->postures;
  EXPECT_NEAR(technique_of(lift, postures, 1).value(), 0.0, 1e-12);
  for (const double share : {0.2, 0.5, 0.9, 1.0}) {
    EXPECT_NEAR(technique_of(with_technique(lift, postures, 1, share), postures, 1).value(), share, 1e-12);
  }
  EXPECT_FALSE(technique_of(lift, postures, 0).has_value());
}

TEST(Edits, TheHealthyPersonKeepsBodyAndMovement) {
  const Scenario ill = with_canal(scenario("herniation_l4l5_left.toml"), 0.7);
  const Scenario healthy = without_pathology(ill);
  EXPECT_TRUE(healthy.subject.herniations.empty());
  EXPECT_DOUBLE_EQ(healthy.subject.parameters.canal_size, 1.0);
  EXPECT_EQ(write_scenario(healthy), write_scenario(without_pathology(healthy)));
  EXPECT_DOUBLE_EQ(healthy.subject.mass, ill.subject.mass);
  EXPECT_EQ(healthy.motion.keyframes.size(), ill.motion.keyframes.size());
}

TEST(Edits, AHeldInstantIsTheInstant) {
  const Scenario lift = scenario("herniation_l4l5_left.toml");
  const Person person = make_person(lift, *library());
  const Motion motion(person.subject, library()->postures, lift);
  const double time = 2.6;
  const Instant instant = motion.at(time);
  const Motion still(person.subject, library()->postures, held(lift, instant));
  const Instant again = still.at(0.0);
  EXPECT_EQ(still.start(), still.end());
  for (std::size_t i = 0; i < instant.angles.size(); ++i) EXPECT_NEAR(again.angles[i], instant.angles[i], 1e-9) << i;
  EXPECT_NEAR(again.hand_load_mass, instant.hand_load_mass, 1e-12);
}

TEST(LegRaise, AHerniationIsMetEarlierThanNone) {
  const Scenario ill = scenario("tour_leg_raise.toml");
  const auto angle = [](const Scenario& one) {
    const Person person = make_person(one, *library());
    return leg_raise(one, person, library()->postures, Side::Left, [] { return false; });
  };
  const LegRaise with = angle(with_herniation(ill, 0.008)), without = angle(without_pathology(ill));
  ASSERT_TRUE(with.angle.has_value());
  EXPECT_GT(with.pressure, kVenulesClose);
  EXPECT_LT(*with.angle, without.angle.value_or(kLegRaiseEnd));
}

TEST(LegRaise, StopsWhenItIsCancelled) {
  const Scenario ill = scenario("tour_leg_raise.toml");
  const Person person = make_person(ill, *library());
  EXPECT_TRUE(leg_raise(ill, person, library()->postures, Side::Left, [] { return true; }).cancelled);
}

TEST(Measures, StandBesideWhatIsPublished) {
  const HealthyRanges ranges(data_directory());
  const HealthyRange* recess = ranges.find("recess_depth_left_mm", Level::L2L3);
  ASSERT_NE(recess, nullptr);
  EXPECT_FALSE(recess->source.empty());
  EXPECT_EQ(ranges.find("compression_N", Level::L4L5), nullptr);
  EXPECT_EQ((Measure{.quantity = "x", .unit = "mm", .place = "", .value = 3, .range = recess, .basic = true}.side()),
            -1);
  EXPECT_EQ((Measure{.quantity = "x", .unit = "mm", .place = "", .value = 9, .range = recess, .basic = true}.side()),
            0);
  EXPECT_EQ((Measure{.quantity = "x", .unit = "mm", .place = "", .value = 9, .range = nullptr, .basic = true}.side()),
            0);
}

TEST(Measures, DigitsSuitTheUnit) {
  EXPECT_EQ(measure_number(1234.56, "N"), "1235");
  EXPECT_EQ(measure_number(0.512, "MPa"), "0.51");
  EXPECT_EQ(measure_number(-0.01, "mm"), "0.0");
  EXPECT_EQ(measure_number(std::nan(""), "N"), "–");
}

}  // namespace
}  // namespace foramen::session
