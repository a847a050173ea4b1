// Pathologies change geometry; the roots must feel it, and only as far as it goes.

#include <gtest/gtest.h>

#include <functional>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/nerve/nerve.h"

namespace foramen {
namespace {

using units::mm;
using units::mmHg;
using Change = std::function<void(SubjectDescription&)>;

std::shared_ptr<const AnatomyTables> tables() {
  static const auto loaded = load_anatomy(data_directory());
  return loaded;
}

/// Roots and spaces of a person in the tabulated standing spine, no load solved for.
NerveState standing(const Change& change, const PostureAngles& angles = {}) {
  SubjectDescription description;
  description.mass = 70;
  description.stature = 1.74;
  change(description);
  const auto subject = std::make_shared<const Subject>(build_subject(*tables(), description));
  SpineState spine;
  spine.poses = standing_poses(subject->segments);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    spine.levels[l].disc.height = subject->levels[l].disc.height_mean();
    spine.levels[l].flavum_thickness = subject->levels[l].flavum_thickness;
  }
  return NerveModel(subject).solve(spine, angles);
}

const RootState& root(const NerveState& state, int r, Side side) {
  return state.roots[static_cast<std::size_t>(r)][static_cast<std::size_t>(index(side))];
}

struct Case {
  Level level;
  HerniationZone zone;
  Side side;
};

class HerniationZones : public testing::TestWithParam<Case> {};

TEST_P(HerniationZones, PressTheirRootAndNoOther) {
  const auto [level, zone, side] = GetParam();
  const int pressed = zone == HerniationZone::Paracentral ? index(level) + 1 : index(level);
  constexpr double kUsual = 12 * mm, kWide = 14 * mm;
  double before = 0;
  for (const auto& [size, width] :
       {std::pair{2 * mm, kUsual}, std::pair{3 * mm, kUsual}, std::pair{5 * mm, kUsual}, std::pair{8 * mm, kUsual},
        std::pair{2 * mm, kWide}, std::pair{3 * mm, kWide}, std::pair{5 * mm, kWide}, std::pair{8 * mm, kWide}}) {
    const NerveState state = standing([&](SubjectDescription& d) {
      const auto to = side == Side::Left ? HerniationSide::Left : HerniationSide::Right;
      d.herniations = {{level, to, zone, size, width}};
    });
    const RootState& its = root(state, pressed, side);
    if (size == 2 * mm) before = 0;
    // From a large one of usual width a root slides off to the side and may be pressed less.
    if (width == kWide || size < 8 * mm) {
      EXPECT_GE(its.pressure, (width == kWide ? 1 : 0.98) * before) << size;
    }
    before = its.pressure;
    if (size >= 8 * mm) {
      EXPECT_EQ(its.pressed_by.text(), std::string(name(level)) + " disc herniation");
      EXPECT_GT(its.pressure, 7 * mmHg);  // the least of any in surgery (Takahashi 1999)
    }
    for (const Root r : kRoots) {
      for (const Side s : kSides) {
        if (index(r) == pressed && s == side) continue;
        EXPECT_LT(root(state, index(r), s).pressure, std::max(15 * mmHg, its.pressure)) << name(r) << " " << name(s);
        EXPECT_NE(root(state, index(r), s).pressed_by.structure, Structure::Herniation) << name(r) << " " << name(s);
      }
    }
  }
}

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const Level level : {Level::L3L4, Level::L4L5, Level::L5S1}) {
    for (const auto zone : {HerniationZone::Paracentral, HerniationZone::Foraminal, HerniationZone::Extraforaminal}) {
      for (const Side side : kSides) all.push_back({level, zone, side});
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, HerniationZones, testing::ValuesIn(cases()));

/// A pathology of one side at L4–L5 by its size.
struct Pathology {
  const char* name;
  Root root;                  ///< that it presses
  std::vector<double> sizes;  ///< increasing
  std::function<void(SubjectDescription&, double, Side)> add;
  Structure structure;  ///< that must be named at the largest size
};

std::vector<Pathology> pathologies() {
  const auto stenosis = [](StenosisZone zone) {
    return [zone](SubjectDescription& d, double size, Side side) { d.stenoses = {{Level::L4L5, zone, side, size}}; };
  };
  const auto spur = [](OsteophytePlace where) {
    return [where](SubjectDescription& d, double size, Side side) {
      d.osteophytes = {{Level::L4L5, side, where, size}};
    };
  };
  return {{"recess stenosis",
           Root::L5,
           {0.3, 0.45, 0.6, 0.7},
           stenosis(StenosisZone::Recess),
           Structure::SuperiorArticular},
          {"foramen stenosis",
           Root::L4,
           {0.3, 0.45, 0.6, 0.7},
           stenosis(StenosisZone::Foramen),
           Structure::SuperiorArticular},
          {"facet hypertrophy",
           Root::L4,
           {1 * mm, 3 * mm, 4.5 * mm, 6 * mm},
           [](SubjectDescription& d, double size, Side side) {
             d.facets = {{Level::L4L5, side, size}};
           },
           Structure::SuperiorArticular},
          {"foraminal osteophyte",
           Root::L4,
           {2 * mm, 4 * mm, 6 * mm, 8 * mm},
           spur(OsteophytePlace::Foraminal),
           Structure::Osteophyte},
          {"posterior osteophyte",
           Root::L5,
           {2 * mm, 4 * mm, 6 * mm, 8 * mm},
           spur(OsteophytePlace::Posterior),
           Structure::Osteophyte}};
}

TEST(Pathologies, PressHarderTheLargerTheyAreAndAreNamed) {
  for (const Pathology& p : pathologies()) {
    double before = 0;
    PressedBy by;
    for (const double size : p.sizes) {
      const NerveState state = standing([&](SubjectDescription& d) { p.add(d, size, Side::Left); });
      const RootState& its = root(state, index(p.root), Side::Left);
      EXPECT_GE(its.pressure, 0.98 * before) << p.name << " " << size;
      EXPECT_LT(root(state, index(p.root), Side::Right).pressure, 15 * mmHg) << p.name;
      before = its.pressure;
      by = its.pressed_by;
    }
    EXPECT_GT(before, 20 * mmHg) << p.name;
    EXPECT_EQ(by.structure, p.structure) << p.name << ": " << by.text();
    EXPECT_EQ(by.level, Level::L4L5) << p.name;
  }
}

TEST(Pathologies, OfNoSizeAreHealthToTheLastBit) {
  const NerveState healthy = standing([](SubjectDescription&) {});
  const auto expect_same = [&](const char* what, const Change& change) {
    const NerveState state = standing(change);
    for (const Root r : kRoots) {
      for (const Side s : kSides) {
        EXPECT_EQ(root(state, index(r), s).pressure, root(healthy, index(r), s).pressure) << what;
        EXPECT_EQ(root(state, index(r), s).tension, root(healthy, index(r), s).tension) << what;
      }
    }
    EXPECT_EQ(state.spaces[index(Level::L4L5)].foramen_area, healthy.spaces[index(Level::L4L5)].foramen_area) << what;
    EXPECT_EQ(state.spaces[index(Level::L4L5)].canal_area, healthy.spaces[index(Level::L4L5)].canal_area) << what;
  };
  for (const Pathology& p : pathologies()) expect_same(p.name, [&](SubjectDescription& d) { p.add(d, 0, Side::Left); });
  expect_same("flavum", [](SubjectDescription& d) { d.flava = {{Level::L4L5, 0}}; });
  expect_same("slip", [](SubjectDescription& d) { d.slips = {{Level::L4L5, 0}}; });
  expect_same("canal", [](SubjectDescription& d) { d.stenoses = {{Level::L4L5, StenosisZone::Canal, {}, 0}}; });
}

TEST(Pathologies, OnTheRightMirrorThoseOnTheLeft) {
  for (const Pathology& p : pathologies()) {
    const double size = p.sizes.back();
    const NerveState a = standing([&](SubjectDescription& d) { p.add(d, size, Side::Left); });
    const NerveState b = standing([&](SubjectDescription& d) { p.add(d, size, Side::Right); });
    const double left = root(a, index(p.root), Side::Left).pressure,
                 right = root(b, index(p.root), Side::Right).pressure;
    EXPECT_NEAR(left, right, 1e-3 * left + 1) << p.name;
  }
}

TEST(Pathologies, NarrowTheSpacesTheyGrowInto) {
  const auto l = static_cast<std::size_t>(index(Level::L4L5));
  const LevelSpaces healthy = standing([](SubjectDescription&) {}).spaces[l];
  const auto spaces = [&](const Change& change) { return standing(change).spaces[l]; };
  const LevelSpaces narrow = spaces([](SubjectDescription& d) {
    d.stenoses = {{Level::L4L5, StenosisZone::Foramen, Side::Left, 0.5}};
  });
  EXPECT_LT(narrow.foramen_area[0], 0.9 * healthy.foramen_area[0]);
  EXPECT_EQ(narrow.foramen_area[1], healthy.foramen_area[1]);
  const LevelSpaces thick = spaces([](SubjectDescription& d) { d.flava = {{Level::L4L5, 2 * mm}}; });
  EXPECT_NEAR(healthy.canal_depth - thick.canal_depth, 2 * mm, 1e-9);
  const LevelSpaces slipped = spaces([](SubjectDescription& d) { d.slips = {{Level::L4L5, 4 * mm}}; });
  EXPECT_NEAR(healthy.canal_depth - slipped.canal_depth, 4 * mm, 1e-9);
  // A broken arch stays behind.
  const LevelSpaces lysis = spaces([](SubjectDescription& d) {
    d.slips = {{Level::L4L5, 4 * mm}};
    d.pars_defects = {{Level::L4L5, {}}};
  });
  EXPECT_NEAR(lysis.canal_depth, healthy.canal_depth, 1e-9);
  const LevelSpaces canal = spaces([](SubjectDescription& d) {
    d.stenoses = {{Level::L4L5, StenosisZone::Canal, {}, 0.7}};
    d.flava = {{Level::L4L5, 2 * mm}};
  });
  EXPECT_LT(canal.canal_depth, 0.3 * healthy.canal_depth);
  EXPECT_GT(canal.sac_pressure, healthy.sac_pressure);
}

TEST(Pathologies, AMigratedHerniationPressesBelowItsDisc) {
  const auto pressed = [](double migration) {
    const NerveState state = standing([&](SubjectDescription& d) {
      Herniation h{Level::L4L5, HerniationSide::Left, HerniationZone::Paracentral, 6 * mm, 12 * mm};
      h.migration = migration;
      d.herniations = {h};
    });
    return root(state, index(Root::L5), Side::Left);
  };
  const RootState at_disc = pressed(0), below = pressed(8 * mm);
  EXPECT_EQ(below.pressed_by.structure, Structure::Herniation);
  EXPECT_LT(below.pressed_at_W.y(), at_disc.pressed_at_W.y() - 4 * mm);
}

TEST(Pathologies, ThatLeaveARootNoRoomSaySo) {
  const NerveState state = standing([](SubjectDescription& d) {
    d.herniations = {{Level::L4L5, HerniationSide::Left, HerniationZone::Paracentral, 15 * mm, 30 * mm}};
    d.stenoses = {{Level::L4L5, StenosisZone::Canal, {}, 0.8}};
    d.flava = {{Level::L4L5, 6 * mm}};
  });
  const Convergence& crushed = root(state, index(Root::L5), Side::Left).convergence;
  EXPECT_FALSE(crushed.converged);
  EXPECT_NE(crushed.reason.find("no room is left"), std::string::npos) << crushed.reason;
  EXPECT_TRUE(root(state, index(Root::L2), Side::Left).convergence.converged);
}

TEST(RootConditions, AConjoinedRootIsPressedBeforeAUsualOne) {
  const auto pressure = [](bool conjoined) {
    const NerveState state = standing([&](SubjectDescription& d) {
      d.herniations = {{Level::L4L5, HerniationSide::Left, HerniationZone::Paracentral, 3 * mm, 12 * mm}};
      if (conjoined) d.root_conditions = {{Root::L5, Side::Left, RootKind::Conjoined, {}}};
    });
    return root(state, index(Root::L5), Side::Left).pressure;
  };
  EXPECT_GT(pressure(true), pressure(false));
}

TEST(RootConditions, ATetheredRootGlidesLess) {
  const auto glide = [](bool tethered) {
    PostureAngles raised{};
    raised[static_cast<std::size_t>(index(PostureAngle::HipFlexionLeft))] = 70 * units::deg;
    const NerveState state = standing(
        [&](SubjectDescription& d) {
          if (tethered) d.root_conditions = {{Root::S1, Side::Left, RootKind::Tethered, {}}};
        },
        raised);
    return root(state, index(Root::S1), Side::Left);
  };
  const RootState free = glide(false), stuck = glide(true);
  EXPECT_LT(stuck.tension, 0.8 * free.tension);  // at the sac: the scar takes the pull
  EXPECT_GT(free.tension, 0.2);
}

TEST(Piriformis, PressesTheSciaticNerveTheMoreTheThickerItIs) {
  double before = 0;
  for (const double thickening : {2 * mm, 5 * mm, 8 * mm}) {
    const NerveState state = standing([&](SubjectDescription& d) { d.piriformis = {{Side::Left, thickening}}; });
    const RootState& s1 = root(state, index(Root::S1), Side::Left);
    EXPECT_GE(s1.pressure, before);
    EXPECT_LT(root(state, index(Root::S1), Side::Right).pressure, 10 * mmHg);
    before = s1.pressure;
    if (thickening == 8 * mm) {
      EXPECT_EQ(s1.pressed_by.text(), "piriformis");
    }
  }
  EXPECT_GT(before, 20 * mmHg);
}

TEST(Measured, ReplacesTheTables) {
  const auto l = static_cast<std::size_t>(index(Level::L4L5));
  const auto spaces = [&](const std::function<void(MeasuredLevel&)>& set) {
    return standing([&](SubjectDescription& d) { set(d.measured[l]); }).spaces[l];
  };
  EXPECT_NEAR(spaces([](MeasuredLevel& m) { m.canal_depth = 11 * mm; }).canal_depth, 11 * mm, 1e-9);
  EXPECT_NEAR(spaces([](MeasuredLevel& m) { m.foramen_height = {16 * mm, 16 * mm}; }).foramen_height[0], 16 * mm, 1e-6);
  EXPECT_EQ(spaces([](MeasuredLevel& m) { m.recess_depth[0] = 4 * mm; }).recess_depth[0], 4 * mm);
  SubjectDescription d;
  d.measured[l].disc_height = 6 * mm;
  d.measured[l].disc_height_posterior = 4 * mm;
  const Subject s = build_subject(*tables(), d);
  EXPECT_NEAR(s.levels[l].disc.height_mean(), 6 * mm, 1e-12);
  EXPECT_NEAR(s.levels[l].disc.height_posterior, 4 * mm, 1e-12);
  d.measured[l].foramen_height = {29 * mm, {}};
  EXPECT_THROW((void)build_subject(*tables(), d), InputError);
}

}  // namespace
}  // namespace foramen
