#include <gtest/gtest.h>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/nerve/nerve.h"

namespace foramen {
namespace {

using units::mmHg;

/// The tabulated standing spine of a person, no load solved for.
struct Standing {
  explicit Standing(const SubjectDescription& description)
      : subject(std::make_shared<const Subject>(build_subject(*load_anatomy(data_directory()), description))),
        nerve(subject) {
    spine.poses = standing_poses(subject->segments);
    for (std::size_t l = 0; l < kLevelCount; ++l) {
      spine.levels[l].disc.height = subject->levels[l].disc.height_mean();
      spine.levels[l].flavum_thickness = subject->levels[l].flavum_thickness;
    }
  }
  std::shared_ptr<const Subject> subject;
  NerveModel nerve;
  SpineState spine;
};

SubjectDescription man() {
  SubjectDescription description;
  description.mass = 70;
  description.stature = 1.74;
  return description;
}

SubjectDescription with_herniation(HerniationSide side, HerniationZone zone, double protrusion = 5e-3,
                                   double width = 12e-3) {
  SubjectDescription description = man();
  description.herniations = {{Level::L4L5, side, zone, protrusion, width}};
  return description;
}

NerveState standing(const SubjectDescription& description, const PostureAngles& angles = {}) {
  const Standing person(description);
  return person.nerve.solve(person.spine, angles);
}

const RootState& root(const NerveState& state, Root r, Side side) {
  return state.roots[index(r)][index(side)];
}

TEST(NerveModel, HealthyStandingPressesNoRoot) {
  SubjectDescription woman = man();
  woman.sex = Sex::Female;
  woman.stature = 1.62;
  woman.mass = 60;
  for (const SubjectDescription& description : {man(), woman}) {
    const NerveState state = standing(description);
    for (const Root r : kRoots) {
      for (const Side side : kSides) {
        EXPECT_TRUE(root(state, r, side).convergence.converged);
        EXPECT_LT(root(state, r, side).pressure, 10 * mmHg) << name(r) << " " << name(side);
      }
    }
  }
}

TEST(NerveModel, ParacentralProtrusionPressesTheTraversingRoot) {
  const NerveState state = standing(with_herniation(HerniationSide::Left, HerniationZone::Paracentral));
  EXPECT_GT(root(state, Root::L5, Side::Left).pressure, 10 * mmHg);
  EXPECT_EQ(root(state, Root::L5, Side::Left).pressed_by.text(), "L4-L5 disc herniation");
  EXPECT_LT(root(state, Root::L4, Side::Left).pressure, 10 * mmHg);
  for (const Root r : kRoots) EXPECT_LT(root(state, r, Side::Right).pressure, 10 * mmHg) << name(r);
}

TEST(NerveModel, ForaminalProtrusionPressesTheExitingRoot) {
  const NerveState state = standing(with_herniation(HerniationSide::Left, HerniationZone::Foraminal));
  EXPECT_GT(root(state, Root::L4, Side::Left).pressure, 10 * mmHg);
  EXPECT_EQ(root(state, Root::L4, Side::Left).pressed_by.text(), "L4-L5 disc herniation");
  EXPECT_LT(root(state, Root::L5, Side::Left).pressure, 10 * mmHg);
}

TEST(NerveModel, RightIsTheMirrorOfLeft) {
  const NerveState left = standing(with_herniation(HerniationSide::Left, HerniationZone::Paracentral));
  const NerveState right = standing(with_herniation(HerniationSide::Right, HerniationZone::Paracentral));
  for (const Root r : kRoots) {
    for (const Side side : kSides) {
      const RootState &a = root(left, r, side), &b = root(right, r, opposite(side));
      EXPECT_NEAR(a.pressure, b.pressure, 1e-4 * a.pressure + 1) << name(r);
      EXPECT_NEAR(a.tension, b.tension, 1e-4) << name(r);
      EXPECT_EQ(a.pressed_by.text(), b.pressed_by.text());
    }
  }
}

// Until the root has slid off to its side, where a still higher one of the same width finds it no more.
TEST(NerveModel, BiggerProtrusionPressesHarder) {
  // From a narrow one the root slides off to the side beyond 5 mm.
  for (const auto& [width, largest] : {std::pair{12e-3, 5e-3}, std::pair{14e-3, 10e-3}}) {
    double before = 0;
    for (double protrusion = 2e-3; protrusion < largest + 0.1e-3; protrusion += 1e-3) {
      const NerveState state =
          standing(with_herniation(HerniationSide::Left, HerniationZone::Paracentral, protrusion, width));
      const double pressure = root(state, Root::L5, Side::Left).pressure;
      EXPECT_GT(pressure, before) << protrusion << " of " << width;
      before = pressure;
    }
  }
}

TEST(NerveModel, LegRaisePullsTheRootsOfItsSide) {
  PostureAngles raised{};
  raised[index(PostureAngle::HipFlexionLeft)] = 70 * units::deg;
  const NerveState rest = standing(man()), state = standing(man(), raised);
  for (const Root r : {Root::L5, Root::S1}) {
    EXPECT_GT(root(state, r, Side::Left).tension, root(rest, r, Side::Left).tension + 0.5) << name(r);
    EXPECT_GT(root(state, r, Side::Left).excursion, 0.5e-3) << name(r);
    EXPECT_LT(root(state, r, Side::Right).tension, root(rest, r, Side::Right).tension + 0.1) << name(r);
  }
}

TEST(NerveModel, BentKneeRelievesTheLegRaise) {
  PostureAngles straight{}, bent{};
  straight[index(PostureAngle::HipFlexionLeft)] = bent[index(PostureAngle::HipFlexionLeft)] = 70 * units::deg;
  bent[index(PostureAngle::KneeFlexionLeft)] = 60 * units::deg;
  EXPECT_LT(root(standing(man(), bent), Root::S1, Side::Left).tension,
            root(standing(man(), straight), Root::S1, Side::Left).tension);
}

TEST(NerveModel, FlexionOpensTheForamenAndExtensionCloses) {
  std::array<double, 3> area{};
  for (std::size_t k = 0; k < 3; ++k) {
    Standing person(man());
    LevelState& level = person.spine.levels[index(Level::L4L5)];
    level.q[2] = (static_cast<double>(k) - 1) * 5 * units::deg;  // flexion, standing, extension
    const Pose lower = person.spine.poses[index(Body::L5)];
    person.spine.poses[index(Body::L4)] = lower * upper_in_lower(person.subject->levels[index(Level::L4L5)], level.q);
    area[k] = person.nerve.solve(person.spine, {}).spaces[index(Level::L4L5)].foramen_area[0];
  }
  EXPECT_GT(area[0], area[1]);
  EXPECT_LT(area[2], area[1]);
}

TEST(NerveModel, TwiceTheNodesChangeThePeakPressureLittle) {
  SubjectDescription narrow = man();
  narrow.stenoses = {{Level::L4L5, StenosisZone::Recess, Side::Left, 0.6}};
  PostureAngles raised{};
  raised[index(PostureAngle::HipFlexionLeft)] = 50 * units::deg;
  struct {
    SubjectDescription person;
    Root root;
    PostureAngles angles;
  } const cases[] = {{with_herniation(HerniationSide::Left, HerniationZone::Paracentral), Root::L5, raised},
                     {with_herniation(HerniationSide::Left, HerniationZone::Foraminal), Root::L4, {}},
                     {narrow, Root::L5, {}}};
  for (const auto& [description, pressed, angles] : cases) {
    const Standing person(description);
    const NerveModel fine(person.subject, 2 * kRootNodes);
    const double coarse = root(person.nerve.solve(person.spine, angles), pressed, Side::Left).pressure;
    EXPECT_GT(coarse, 30 * mmHg);
    EXPECT_NEAR(coarse, root(fine.solve(person.spine, angles), pressed, Side::Left).pressure, 0.05 * coarse);
  }
}

TEST(NerveModel, MoreNodesChangeTheTensionInLegRaiseLittle) {
  PostureAngles raised{};
  raised[index(PostureAngle::HipFlexionLeft)] = 70 * units::deg;
  const Standing person(man());
  const NerveState usual = person.nerve.solve(person.spine, raised);
  for (const int nodes : {kRootNodes + 4, kRootNodes + 9, 2 * kRootNodes}) {
    const NerveState fine = NerveModel(person.subject, nodes).solve(person.spine, raised);
    for (const Root r : {Root::L2, Root::L3, Root::L4, Root::L5, Root::S1}) {
      const double tension = root(usual, r, Side::Left).tension;
      EXPECT_NEAR(root(fine, r, Side::Left).tension, tension, 0.02 * tension) << name(r) << " with " << nodes;
    }
  }
}

TEST(NerveModel, ALargeProtrusionHasTwoSidesForItsRoot) {
  using Outcome = OtherSide::Outcome;
  const auto across = [](HerniationSide which, HerniationZone zone, double protrusion, Root r) {
    const Standing person(with_herniation(which, zone, protrusion));
    return person.nerve.across_herniation(person.spine, {}, r,
                                          which == HerniationSide::Left ? Side::Left : Side::Right);
  };
  const OtherSide left = across(HerniationSide::Left, HerniationZone::Paracentral, 6e-3, Root::L5);
  ASSERT_EQ(left.outcome, Outcome::Rests);
  EXPECT_TRUE(left.root.convergence.converged);
  const NerveState usual = standing(with_herniation(HerniationSide::Left, HerniationZone::Paracentral, 6e-3));
  EXPECT_GT(left.root.pressure, 2 * root(usual, Root::L5, Side::Left).pressure)
      << "between protrusion and facet it is narrow";
  const OtherSide right = across(HerniationSide::Right, HerniationZone::Paracentral, 6e-3, Root::L5);
  ASSERT_EQ(right.outcome, Outcome::Rests);
  EXPECT_NEAR(right.root.pressure, left.root.pressure, 1e-3 * left.root.pressure);
  EXPECT_EQ(across(HerniationSide::Left, HerniationZone::Paracentral, 3e-3, Root::L5).outcome, Outcome::SlidesBack)
      << "from a low protrusion";
  EXPECT_EQ(across(HerniationSide::Left, HerniationZone::Paracentral, 6e-3, Root::L1).outcome, Outcome::NoProtrusion);
}

TEST(NerveModel, SameInputGivesTheSameBits) {
  const Standing person(with_herniation(HerniationSide::Left, HerniationZone::Paracentral));
  const NerveState a = person.nerve.solve(person.spine, {}), b = person.nerve.solve(person.spine, {});
  for (const Root r : kRoots) EXPECT_EQ(root(a, r, Side::Left).pressure, root(b, r, Side::Left).pressure);
}

TEST(NerveModel, AHugeProtrusionIsSolvedOrSaysWhyNot) {
  const NerveState state = standing(with_herniation(HerniationSide::Left, HerniationZone::Paracentral, 12e-3));
  for (const Root r : kRoots) {
    const Convergence& c = root(state, r, Side::Left).convergence;
    EXPECT_TRUE(c.converged || !c.reason.empty()) << name(r);
  }
}

}  // namespace
}  // namespace foramen
