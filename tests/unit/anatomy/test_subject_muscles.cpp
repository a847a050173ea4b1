#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "sample_subject.h"

namespace foramen {
namespace {

using test::at;

Vec3 place(const PathPoint& point, const std::array<Pose, kBodyCount>& poses) {
  Vec3 p = Vec3::Zero();
  for (int i = 0; i < point.carrier_count; ++i) {
    const auto& c = point.carriers[static_cast<std::size_t>(i)];
    p += c.weight * (poses[at(c.body)] * c.point_B);
  }
  return p;
}

double length(const MuscleFascicle& m, const std::array<Pose, kBodyCount>& poses) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < m.path.size(); ++i)
    sum += (place(m.path[i + 1], poses) - place(m.path[i], poses)).norm();
  return sum;
}

/// Extensor arm at a level: minus the change of length per radian of extension above it [m].
double extension_arm(const Subject& s, const MuscleFascicle& m, Level level) {
  const auto turned = [&](double angle) {
    auto segments = s.segments;
    Segment& upper = segments[at(body_of(upper_vertebra(level)))];
    upper.X_PJ.R = upper.X_PJ.R * rotation_from_vector(Vec3(0, 0, angle));
    return length(m, standing_poses(segments));
  };
  constexpr double h = 1e-5;
  return -(turned(h) - turned(-h)) / (2 * h);
}

TEST(Muscles, ComeInExactlyMirroredPairs) {
  const Subject s = test::subject();
  ASSERT_EQ(s.muscles.size(), 226U);
  std::set<std::string> names;
  for (std::size_t i = 0; i < s.muscles.size(); i += 2) {
    const MuscleFascicle &l = s.muscles[i], &r = s.muscles[i + 1];
    EXPECT_EQ(l.side, Side::Left);
    EXPECT_EQ(r.side, Side::Right);
    EXPECT_EQ(l.pcsa, r.pcsa);
    EXPECT_EQ(l.optimal_length, r.optimal_length);
    EXPECT_EQ(l.tendon_slack, r.tendon_slack);
    names.insert(l.name);
    names.insert(r.name);
    ASSERT_EQ(l.path.size(), r.path.size());
    for (std::size_t k = 0; k < l.path.size(); ++k) {
      ASSERT_EQ(l.path[k].carrier_count, r.path[k].carrier_count);
      double weight = 0;
      for (std::size_t c = 0; c < static_cast<std::size_t>(l.path[k].carrier_count); ++c) {
        EXPECT_EQ(l.path[k].carriers[c].point_B, mirrored(r.path[k].carriers[c].point_B)) << l.name;
        weight += l.path[k].carriers[c].weight;
      }
      EXPECT_NEAR(weight, 1, 1e-12);
    }
  }
  EXPECT_EQ(names.size(), s.muscles.size());
}

TEST(Muscles, ExtensorsPullAtPublishedArms) {
  const Subject s = test::subject();
  double area = 0, moment = 0;
  for (const MuscleFascicle& m : s.muscles) {
    const double arm = extension_arm(s, m, Level::L4L5);
    if (m.group.starts_with("longissimus") || m.group.starts_with("iliocostalis") || m.group == "multifidus_lumbar") {
      if (std::abs(arm) < 1e-6) continue;  // does not cross L4–L5
      EXPECT_GT(arm, 0.03) << m.name;
      EXPECT_LT(arm, 0.09) << m.name;
      area += m.pcsa;
      moment += m.pcsa * arm;
    }
  }
  EXPECT_GT(moment / area, 0.04);  // published 4–7 cm
  EXPECT_LT(moment / area, 0.072);
}

TEST(Muscles, AbdominalWallFlexesAtPublishedArms) {
  const Subject s = test::subject();
  for (const MuscleFascicle& m : s.muscles) {
    const double arm = extension_arm(s, m, Level::L4L5);
    if (m.group == "rectus_abdominis") {
      EXPECT_LT(arm, -0.06);
      EXPECT_GT(arm, -0.10);
    }
    if (m.group == "psoas_major") {
      EXPECT_LT(std::abs(arm), 0.03) << m.name;
    }
  }
}

TEST(Muscles, TrunkCanExtendWithTheStrengthOfAMan) {
  const Subject s = test::subject();
  double moment = 0;
  for (const MuscleFascicle& m : s.muscles)
    moment += std::max(0.0, extension_arm(s, m, Level::L4L5)) * m.pcsa * s.specific_tension;
  EXPECT_GT(moment, 250);  // upper bound of all extensors at once; measured maxima of men 200–400 N·m
  EXPECT_LT(moment, 600);
  SubjectDescription weak = test::man();
  weak.strength = 0.5;
  EXPECT_NEAR(test::subject(weak).specific_tension, 0.5 * s.specific_tension, 1e-9);
}

TEST(Muscles, FibresAreNearTheirOptimumAtStanding) {
  for (const SubjectDescription& d : {test::man(), test::woman()}) {
    const Subject s = test::subject(d);
    const auto poses = standing_poses(s.segments);
    for (const MuscleFascicle& m : s.muscles) {
      const double ratio = (length(m, poses) - m.tendon_slack) / (m.optimal_length * std::cos(m.pennation));
      EXPECT_GE(ratio, 0.75 - 1e-9) << m.name;
      EXPECT_LE(ratio, 1.10 + 1e-9) << m.name;
      EXPECT_GE(m.tendon_slack, 0);
      EXPECT_GT(m.pcsa, 0);
    }
  }
}

TEST(Muscles, SharedPointsAgreeAtStanding) {
  const Subject s = test::subject();
  const auto poses = standing_poses(s.segments);
  int shared = 0;
  for (const MuscleFascicle& m : s.muscles) {
    for (const PathPoint& p : m.path) {
      if (p.carrier_count < 2) continue;
      ++shared;
      EXPECT_LT((poses[at(p.carriers[0].body)] * p.carriers[0].point_B -
                 poses[at(p.carriers[1].body)] * p.carriers[1].point_B)
                    .norm(),
                1e-12);
    }
  }
  EXPECT_GT(shared, 10);
}

TEST(Muscles, EveryFascicleCrossesALumbarDisc) {
  const Subject s = test::subject();
  for (const MuscleFascicle& m : s.muscles) {
    double most = 0;
    for (const Level level : kLevels) most = std::max(most, std::abs(extension_arm(s, m, level)));
    EXPECT_GT(most, 1e-4) << m.name;
  }
}

}  // namespace
}  // namespace foramen
