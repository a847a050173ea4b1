// What joint angles alone do to the roots: leg raise and its variants, slump, femoral stretch.

#include <gtest/gtest.h>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/run/history.h"
#include "sim/run/simulate.h"

namespace foramen {
namespace {

using units::deg;

struct Lying {
  Person person = make_person(SubjectDescription{}, data_directory());
  PostureLibrary library = load_postures(data_directory());

  [[nodiscard]] Frame held(const char* posture, Support support) const {
    HistoryItem item;
    item.posture = posture;
    item.support = support;
    return solve_frame(person, holding(person.subject, library, item), 0);
  }
};
const Lying& lying() {
  static const Lying value;
  return value;
}
const Frame& supine() {
  static const Frame frame = lying().held("supine", Support::Bed);
  return frame;
}
const Frame& slumped() {
  static const Frame frame = lying().held("sitting_slumped", Support::Seat);
  return frame;
}

struct Change {
  PostureAngle angle;
  double degrees;
};
NerveState with(const Frame& frame, std::initializer_list<Change> changes) {
  PostureAngles angles = frame.instant.angles;
  for (const Change& change : changes) angles[static_cast<std::size_t>(index(change.angle))] = change.degrees * deg;
  NerveState state = lying().person.nerve.solve(frame.spine, angles);
  for (const auto& sides : state.roots)
    for (const RootState& root : sides) EXPECT_TRUE(root.convergence.converged) << root.convergence.reason;
  return state;
}
const RootState& root(const NerveState& state, Root r, Side side = Side::Left) {
  return state.roots[static_cast<std::size_t>(index(r))][static_cast<std::size_t>(index(side))];
}

constexpr Change kRaised{PostureAngle::HipFlexionLeft, 70};

TEST(Neurodynamics, LegRaisePullsS1MostAndL2Least) {
  const NerveState state = with(supine(), {kRaised}), rest = with(supine(), {});
  for (int r = index(Root::L2); r < index(Root::S1); ++r) {
    const Root upper = static_cast<Root>(r), lower = static_cast<Root>(r + 1);
    EXPECT_LT(root(state, upper).tension, root(state, lower).tension) << name(lower);
    EXPECT_GT(root(state, upper).tension, root(rest, upper).tension + 0.3) << name(upper);
  }
}

TEST(Neurodynamics, CrossedLegRaiseMovesTheOtherSidesSleevesLess) {
  const NerveState state = with(supine(), {kRaised}), rest = with(supine(), {});
  for (const Root r : {Root::L4, Root::L5, Root::S1}) {
    const double same = root(state, r).sleeve_excursion - root(rest, r).sleeve_excursion;
    const double crossed = root(state, r, Side::Right).sleeve_excursion - root(rest, r, Side::Right).sleeve_excursion;
    EXPECT_GT(crossed, 0.1e-3) << name(r);
    EXPECT_LT(crossed, same) << name(r);
  }
}

TEST(Neurodynamics, AnkleAndKneeChangeTheLegRaise) {
  const double straight = root(with(supine(), {kRaised}), Root::S1).tension;
  EXPECT_GT(root(with(supine(), {kRaised, {PostureAngle::AnkleDorsiflexionLeft, 20}}), Root::S1).tension, straight);
  EXPECT_LT(root(with(supine(), {kRaised, {PostureAngle::KneeFlexionLeft, 60}}), Root::S1).tension, 0.6 * straight);
}

TEST(Neurodynamics, EachStageOfTheSlumpPullsMore) {
  constexpr Change neck{PostureAngle::NeckFlexion, 45}, knee{PostureAngle::KneeFlexionLeft, 10},
      ankle{PostureAngle::AnkleDorsiflexionLeft, 20};
  const std::array stages{with(slumped(), {}), with(slumped(), {neck}), with(slumped(), {neck, knee}),
                          with(slumped(), {neck, knee, ankle})};
  for (std::size_t k = 0; k + 1 < stages.size(); ++k)
    EXPECT_GT(root(stages[k + 1], Root::L5).tension, root(stages[k], Root::L5).tension) << k;
}

TEST(Neurodynamics, ASliderMovesTheRootMoreAndPullsItLessThanATensioner) {
  constexpr Change knee{PostureAngle::KneeFlexionLeft, 10};
  const NerveState before = with(slumped(), {}), slider = with(slumped(), {knee, {PostureAngle::NeckFlexion, -30}}),
                   tensioner = with(slumped(), {knee, {PostureAngle::NeckFlexion, 45}});
  for (const Root r : {Root::L5, Root::S1}) {
    EXPECT_GT(root(slider, r).excursion - root(before, r).excursion,
              root(tensioner, r).excursion - root(before, r).excursion);
    EXPECT_LT(root(slider, r).tension, root(tensioner, r).tension);
  }
}

TEST(Neurodynamics, FemoralStretchPullsL2ToL4AndNotS1) {
  const NerveState rest = with(supine(), {}), bent = with(supine(), {{PostureAngle::KneeFlexionLeft, 110}}),
                   stretched =
                       with(supine(), {{PostureAngle::KneeFlexionLeft, 110}, {PostureAngle::HipFlexionLeft, -15}});
  for (const Root r : {Root::L2, Root::L3, Root::L4}) {
    EXPECT_GT(root(bent, r).tension, root(rest, r).tension + 0.2) << name(r);
    EXPECT_GT(root(stretched, r).tension, root(bent, r).tension) << name(r);
  }
  EXPECT_LE(root(stretched, Root::S1).tension, root(rest, Root::S1).tension + 0.01);
}

TEST(Neurodynamics, TensionAndPressureFollowTheLegWithoutJumps) {
  // Central differences in steps of half a degree: a jump would stand out of the curve on both sides of it.
  std::array<std::vector<double>, 2> course;
  for (double hip = 30; hip <= 70; hip += 0.5) {
    const NerveState state = with(supine(), {{PostureAngle::HipFlexionLeft, hip}});
    course[0].push_back(root(state, Root::L5).tension);
    course[1].push_back(root(state, Root::L5).pressure / units::mmHg);
  }
  for (std::size_t q = 0; q < 2; ++q) {
    const double scale = q == 0 ? 0.05 : 1.5;
    for (std::size_t i = 2; i < course[q].size(); ++i)
      EXPECT_LT(std::abs(course[q][i] - 2 * course[q][i - 1] + course[q][i - 2]), scale) << q << " at " << 30 + 0.5 * i;
  }
}

}  // namespace
}  // namespace foramen
