#include <gtest/gtest.h>

#include "sample_subject.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using test::at;
using test::man;
using test::subject;
using test::woman;
using units::mm;
using units::mm2;

const MotionSegment& l4l5(const Subject& s) {
  return s.levels[at(Level::L4L5)];
}

double area_at_disc(const MotionSegment& segment) {
  constexpr int kStrips = 100;
  double area = 0;
  for (int i = 0; i < kStrips; ++i) {
    const double z = (i + 0.5) / kStrips * segment.roof.half_width;
    area += 2 * (segment.canal_depth - segment.roof.rise(z)) * segment.roof.half_width / kStrips;
  }
  return area;
}

/// From the back of the disc to what covers the medial margin of the joints.
double depth_at_joints(const MotionSegment& segment) {
  return segment.canal_depth - segment.roof.rise(segment.roof.half_width);
}

TEST(SubjectCanal, AtTheDiscIsAsWideAsOnImages) {
  for (const SubjectDescription& person : {man(), woman()}) {
    const Subject s = subject(person);
    // Schmid 1999: 224 mm² extended to 268 mm² flexed, 12 men and women.
    EXPECT_GT(area_at_disc(l4l5(s)), 224 * mm2);
    EXPECT_LT(area_at_disc(l4l5(s)), 275 * mm2);
    for (const Level level : kLevels) {
      EXPECT_GT(s.levels[at(level)].canal_depth, 12 * mm) << name(level) << ": stenotic (Steurer 2011)";
      EXPECT_LT(s.levels[at(level)].canal_depth, s.canal[at(level)].depth) << name(level) << ": without its flavum";
    }
    EXPECT_NEAR(depth_at_joints(l4l5(s)), 5 * mm, 1 * mm) << "a healthy lateral recess (Ciric 1980)";
  }
}

TEST(SubjectCanal, HardlyShrinksWithStature) {
  SubjectDescription small = woman();
  small.stature = 1.5;
  const MotionSegment a = l4l5(subject(woman())), b = l4l5(subject(small));
  EXPECT_NEAR(depth_at_joints(a), depth_at_joints(b), 0.4 * mm);
  EXPECT_NEAR(a.roof.half_width, b.roof.half_width, 0.5 * mm);
}

TEST(SubjectCanal, LaminectomyAndNarrowingAreFeltInTheMidline) {
  SubjectDescription operated = man(), narrow = man();
  operated.surgeries = {{Level::L4L5, SurgeryKind::Laminectomy}};
  narrow.stenoses = {{Level::L4L5, StenosisZone::Canal, {}, 0.4}};
  const MotionSegment healthy = l4l5(subject());
  const MotionSegment open = l4l5(subject(operated)), tight = l4l5(subject(narrow));
  EXPECT_GT(area_at_disc(open), area_at_disc(healthy) + 50 * mm2);
  EXPECT_GT(open.roof.half_width, healthy.roof.half_width) << "the joints are undercut";
  EXPECT_NEAR(tight.canal_depth, 0.6 * healthy.canal_depth, 1e-12);
  EXPECT_NEAR(depth_at_joints(tight), depth_at_joints(healthy), 1e-9) << "the joints stay";
}

}  // namespace
}  // namespace foramen
