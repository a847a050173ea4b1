#include <gtest/gtest.h>

#include "sim/base/csv.h"
#include "sim/spine/abdominal_pressure.h"
#include "sim/spine/muscle_paths.h"

namespace foramen {
namespace {

const Subject& average_man() {
  static const Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  return subject;
}

/// Everything above a level moved by a small rotation and translation in the axes of its disc.
BodyPoses moved_above(const BodyPoses& poses, Level level, const Vec6& q) {
  const Subject& subject = average_man();
  const auto lower = static_cast<std::size_t>(index(body_of(lower_vertebra(level))));
  const Pose X_WD = poses[lower] * subject.levels[static_cast<std::size_t>(index(level))].X_LD;
  const Pose motion = X_WD * Pose{rotation_from_vector(q.head<3>()), q.tail<3>()} * X_WD.inverse();
  BodyPoses moved = poses;
  for (int b = 0; b < kBodyCount; ++b) {
    if (is_above(static_cast<Body>(b), level))
      moved[static_cast<std::size_t>(b)] = motion * poses[static_cast<std::size_t>(b)];
  }
  return moved;
}

TEST(MusclePaths, TensionDoesTheWorkOfItsWrench) {
  // −dL/dq of a path is what unit tension does to the part above; the part below feels the opposite.
  const BodyPoses poses = place_bodies(average_man(), TreeMotion{});
  const auto paths = muscle_paths(average_man(), poses);
  for (const Level level : {Level::L1L2, Level::L3L4, Level::L5S1}) {
    for (int k = 0; k < 6; ++k) {
      const double h = 1e-6;
      Vec6 q = Vec6::Zero();
      q[k] = h;
      const auto above = muscle_paths(average_man(), moved_above(poses, level, q));
      const auto below = muscle_paths(average_man(), moved_above(poses, level, -q));
      for (std::size_t i = 0; i < paths.size(); ++i) {
        const double slope = (above[i].length - below[i].length) / (2 * h);
        const Wrench& w = paths[i].unit_D[static_cast<std::size_t>(index(level))];
        EXPECT_NEAR(slope, k < 3 ? w.moment[k] : w.force[k - 3], 1e-6) << average_man().muscles[i].name;
      }
    }
  }
}

TEST(MusclePaths, MirrorEachOther) {
  const auto paths = muscle_paths(average_man(), place_bodies(average_man(), TreeMotion{}));
  for (std::size_t i = 0; i + 1 < paths.size(); i += 2) {
    EXPECT_NEAR(paths[i].length, paths[i + 1].length, 1e-12);
    EXPECT_NEAR(paths[i].unit_D[2].moment.z(), paths[i + 1].unit_D[2].moment.z(), 1e-12);
    EXPECT_NEAR(paths[i].unit_D[2].moment.x(), -paths[i + 1].unit_D[2].moment.x(), 1e-12);
    EXPECT_NEAR(paths[i].unit_D[2].force.z(), -paths[i + 1].unit_D[2].force.z(), 1e-12);
  }
}

TEST(AbdominalPressure, GrowsWithTheDemandFromRestToItsCap) {
  EXPECT_GT(abdominal_pressure(0), 0.4e3);
  EXPECT_LT(abdominal_pressure(0), 1.2e3);
  EXPECT_NEAR(abdominal_pressure(150), (0.079 * 150 - 1.127) * 1e3, 300);  // Mairiaux 1984
  EXPECT_LE(abdominal_pressure(2000), 25e3);
  for (double m = -50; m < 400; m += 10) EXPECT_GE(abdominal_pressure(m + 10), abdominal_pressure(m));
}

TEST(AbdominalPressure, UnloadsAndExtendsTheSpine) {
  const Wrench w = abdominal_wrench(10e3);
  EXPECT_GT(w.force.y(), 0);
  EXPECT_GT(w.moment.z(), 0);
}

}  // namespace
}  // namespace foramen
