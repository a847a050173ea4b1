#include <gtest/gtest.h>

#include <cmath>

#include "sample_subject.h"
#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using test::at;
using test::man;
using test::subject;
using units::mm;

double head_height(const Subject& s) {
  return standing_poses(s.segments)[at(Body::Head)].p.y();
}

TEST(Conditions, LostDiscHeightLowersThePersonAndSlackensLigaments) {
  SubjectDescription d = man();
  d.discs = {{.level = Level::L4L5, .pfirrmann = 4, .height_loss = 0.4}};
  const Subject healthy = subject(), worn = subject(d);
  const MotionSegment &a = healthy.levels[at(Level::L4L5)], &b = worn.levels[at(Level::L4L5)];
  EXPECT_EQ(b.disc.pfirrmann, 4);
  const double lost = a.disc.height_mean() - b.disc.height_mean();
  EXPECT_NEAR(lost, 0.4 * a.disc.height_mean(), 1e-12);
  EXPECT_NEAR(head_height(healthy) - head_height(worn), lost, 0.05 * lost);
  for (std::size_t i = 0; i < a.ligaments.size(); ++i) {
    const LigamentFibre &fa = a.ligaments[i], &fb = b.ligaments[i];
    const double rest_a = (fa.upper_D - fa.lower_D).norm() * (1 + fa.reference_strain);
    const double rest_b = (fb.upper_D - fb.lower_D).norm() * (1 + fb.reference_strain);
    EXPECT_NEAR(rest_a, rest_b, 1e-12);
  }
  EXPECT_EQ(worn.levels[at(Level::L3L4)].disc.height_anterior, healthy.levels[at(Level::L3L4)].disc.height_anterior);
}

TEST(Conditions, ASlipMovesTheUpperVertebraForward) {
  SubjectDescription d = man();
  d.slips = {{.level = Level::L4L5, .anterior = 6 * mm}};
  const Subject healthy = subject(), slipped = subject(d);
  const auto a = standing_poses(healthy.segments), b = standing_poses(slipped.segments);
  const Vec3 moved = b[at(Body::L4)].p - a[at(Body::L4)].p;
  const Vec3 forward = (a[at(Body::L5)] * healthy.levels[at(Level::L4L5)].X_LD).R.col(0);
  EXPECT_LT((moved - 6 * mm * forward).norm(), 1e-12);
  EXPECT_EQ(slipped.levels[at(Level::L4L5)].slip, 6 * mm);
}

TEST(Conditions, StenosisNarrowsItsZoneOnItsSide) {
  SubjectDescription d = man();
  d.stenoses = {{.level = Level::L4L5, .zone = StenosisZone::Canal, .side = {}, .narrowing = 0.3},
                {.level = Level::L4L5, .zone = StenosisZone::Recess, .side = Side::Left, .narrowing = 0.5},
                {.level = Level::L4L5, .zone = StenosisZone::Foramen, .side = Side::Right, .narrowing = 0.2}};
  d.facets = {{.level = Level::L3L4, .side = Side::Left, .hypertrophy = 2 * mm}};
  d.flava = {{.level = Level::L4L5, .thickening = 2 * mm}};
  const Subject a = subject(), b = subject(d);
  const CanalGeometry &before = a.canal[at(Vertebra::L5)], &after = b.canal[at(Vertebra::L5)];
  EXPECT_NEAR(after.depth, 0.7 * before.depth, 1e-12);
  EXPECT_NEAR(after.recess_depth[0], 0.5 * before.recess_depth[0], 1e-12);
  EXPECT_EQ(after.recess_depth[1], before.recess_depth[1]);
  EXPECT_EQ(b.canal[at(Vertebra::L4)].foramen_narrowing[0], 0);
  EXPECT_NEAR(b.canal[at(Vertebra::L4)].foramen_narrowing[1], 0.2, 1e-12);
  EXPECT_NEAR(b.canal[at(Vertebra::L4)].recess_depth[0], a.canal[at(Vertebra::L4)].recess_depth[0] - 2 * mm, 1e-12);
  EXPECT_GT(b.canal[at(Vertebra::L3)].foramen_narrowing[0], 0.1);
  EXPECT_NEAR(b.levels[at(Level::L4L5)].flavum_thickness - a.levels[at(Level::L4L5)].flavum_thickness, 2 * mm, 1e-12);
}

TEST(Conditions, HerniationsStayAtTheirLevel) {
  SubjectDescription d = man();
  d.herniations = {{.level = Level::L4L5}, {.level = Level::L5S1, .side = HerniationSide::Right}};
  const Subject s = subject(d);
  EXPECT_EQ(s.levels[at(Level::L4L5)].herniations.size(), 1U);
  EXPECT_EQ(s.levels[at(Level::L5S1)].herniations.front().side, HerniationSide::Right);
  EXPECT_TRUE(s.levels[at(Level::L1L2)].herniations.empty());
}

TEST(Conditions, WhatCannotBeABodyIsRefusedAllAtOnce) {
  SubjectDescription d = man();
  d.stature = 0.9;
  d.slips = {{.level = Level::L4L5, .anterior = 40 * mm}};
  d.discs = {{.level = Level::L5S1, .pfirrmann = 6, .height_loss = 0},
             {.level = Level::L5S1, .pfirrmann = 2, .height_loss = 1}};
  d.herniations = {{.level = Level::L4L5, .side = HerniationSide::Central, .zone = HerniationZone::Foraminal}};
  try {
    (void)subject(d);
    FAIL() << "an impossible body was built";
  } catch (const InputError& error) {
    std::vector<std::string> keys;
    for (const InputProblem& p : error.problems()) keys.push_back(p.key);
    const std::vector<std::string> expected{
        "subject.stature_m",    "subject.disc.0.pfirrmann",  "subject.disc.1.height_loss_percent",
        "subject.disc.1.level", "subject.herniation.0.side", "subject.slip.0.anterior_mm"};
    EXPECT_EQ(keys, expected);
  }
  d = man();
  d.mass = std::nan("");
  EXPECT_THROW((void)subject(d), InputError);
}

}  // namespace
}  // namespace foramen
