#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>
#include <cmath>

#include "sample_subject.h"
#include "sim/anatomy/subject.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using test::at;
using test::man;
using test::subject;
using test::woman;
using units::deg;
using units::mm;

double tilt(const Mat3& R) {
  return std::atan2(R(1, 0), R(0, 0));
}

TEST(Subject, SegmentsWeighAsMuchAsTheBody) {
  for (const SubjectDescription& d : {man(), woman()}) {
    const Subject s = subject(d);
    double sum = 0;
    for (const Segment& g : s.segments) {
      EXPECT_GT(g.mass, 0);
      EXPECT_GT(Eigen::SelfAdjointEigenSolver<Mat3>(g.inertia_B).eigenvalues().minCoeff(), 0);
      sum += g.mass;
    }
    EXPECT_NEAR(sum, d.mass, 1e-9);
  }
}

TEST(Subject, SegmentsStackUpToTheStature) {
  for (const SubjectDescription& d : {man(), woman()}) {
    const Subject s = subject(d);
    const auto poses = standing_poses(s.segments);
    const auto& foot = s.segments[at(Body::FootLeft)];
    const double floor = (poses[at(Body::FootLeft)] * foot.sole_B.front()).y();
    constexpr double kNeckToVertex = 0.1395;  // cervicale to vertex over stature, de Leva 1996
    EXPECT_NEAR(poses[at(Body::Head)].p.y() - floor + kNeckToVertex * d.stature, d.stature, 0.005);
  }
}

TEST(Subject, StandsInBalanceAndUpright) {
  const Subject s = subject();
  const auto poses = standing_poses(s.segments);
  Vec3 com = Vec3::Zero();
  for (std::size_t b = 0; b < s.segments.size(); ++b) com += s.segments[b].mass * (poses[b] * s.segments[b].com_B);
  com /= man().mass;
  const double ahead = com.x() - poses[at(Body::FootLeft)].p.x();
  EXPECT_GT(ahead, 0.02);  // between ankle and middle of the foot
  EXPECT_LT(ahead, 0.08);
  EXPECT_NEAR(com.z(), 0, 1e-12);
  for (const Body body : {Body::Pelvis, Body::Thorax, Body::Head, Body::UpperArmLeft, Body::ThighRight, Body::FootLeft})
    EXPECT_LT((poses[at(body)].R - Mat3::Identity()).norm(), 1e-12) << name(body);
}

TEST(Subject, StandingTrunkFlexesTheLowerLumbarSpineALittle) {
  const Subject s = subject();
  const auto poses = standing_poses(s.segments);
  const Vec3 disc = poses[at(Body::L5)] * s.levels[at(Level::L4L5)].X_LD.p;
  double mass = 0, moment = 0;
  for (const Body body :
       {Body::L4, Body::L3, Body::L2, Body::L1, Body::Thorax, Body::Head, Body::UpperArmLeft, Body::UpperArmRight,
        Body::ForearmLeft, Body::ForearmRight, Body::HandLeft, Body::HandRight}) {
    const Segment& g = s.segments[at(body)];
    mass += g.mass;
    moment += g.mass * kGravity * ((poses[at(body)] * g.com_B).x() - disc.x());
  }
  EXPECT_GT(mass / man().mass, 0.47);  // de Leva 1996 and Winter 2009: 0.49–0.54 above L4–L5
  EXPECT_LT(mass / man().mass, 0.58);
  EXPECT_GT(moment, 3);
  EXPECT_LT(moment, 25);
}

TEST(Subject, LeftAndRightLimbsMirrorExactly) {
  const Subject s = subject();
  for (const Body left :
       {Body::UpperArmLeft, Body::ForearmLeft, Body::HandLeft, Body::ThighLeft, Body::ShankLeft, Body::FootLeft}) {
    const Segment &l = s.segments[at(left)], &r = s.segments[at(on_side(left, Side::Right))];
    EXPECT_EQ(l.X_PJ.p, mirrored(r.X_PJ.p)) << name(left);
    EXPECT_EQ(l.com_B, mirrored(r.com_B));
    EXPECT_EQ(l.inertia_B, r.inertia_B);
    ASSERT_EQ(l.bed_contacts_B.size(), r.bed_contacts_B.size());
    for (std::size_t i = 0; i < l.bed_contacts_B.size(); ++i)
      EXPECT_EQ(l.bed_contacts_B[i], mirrored(r.bed_contacts_B[i]));
  }
}

TEST(Subject, LevelsMirrorThemselvesExactly) {
  for (const MotionSegment& level : subject().levels) {
    EXPECT_EQ(level.facets[0].centre_D, mirrored(level.facets[1].centre_D));
    EXPECT_EQ(level.facets[0].normal_D, mirrored(level.facets[1].normal_D));
    for (const LigamentFibre& fibre : level.ligaments) {
      const auto twin = std::find_if(level.ligaments.begin(), level.ligaments.end(), [&](const LigamentFibre& f) {
        return f.ligament == fibre.ligament && f.upper_D == mirrored(fibre.upper_D) &&
               f.lower_D == mirrored(fibre.lower_D) && f.stiffness == fibre.stiffness &&
               f.reference_strain == fibre.reference_strain;
      });
      EXPECT_NE(twin, level.ligaments.end());
    }
  }
}

TEST(Subject, EveryLevelHasAllItsLigaments) {
  for (const MotionSegment& level : subject().levels) {
    std::array<int, kLigamentCount> count{};
    for (const LigamentFibre& f : level.ligaments) ++count[static_cast<std::size_t>(f.ligament)];
    const std::array<int, kLigamentCount> expected{9, 5, 11, 20, 8, 1, 4};
    EXPECT_EQ(count, expected);
  }
}

TEST(Subject, TheChainOfSegmentsIsTheChainOfDiscs) {
  const Subject s = subject();
  const auto poses = standing_poses(s.segments);
  for (const Level level : kLevels) {
    const MotionSegment& m = s.levels[at(level)];
    const Pose& lower = poses[at(body_of(lower_vertebra(level)))];
    const Pose& upper = poses[at(body_of(upper_vertebra(level)))];
    const Pose rest = upper_in_lower(m, Vec6::Zero());
    EXPECT_LT((lower * rest.p - upper.p).norm(), 1e-12);
    EXPECT_LT((lower.R * rest.R - upper.R).norm(), 1e-12);
    EXPECT_LT((lower * m.X_LD.p - upper * m.X_UD.p).norm(), 1e-12);
    Vec6 q;
    q << 0.02, -0.03, 0.1, 0.001, -0.002, 0.0005;
    const Pose moved = m.X_LD.inverse() * upper_in_lower(m, q) * m.X_UD;
    EXPECT_LT((moved.R - rotation_from_vector(q.head<3>())).norm(), 1e-12);
    EXPECT_LT((moved.p - q.tail<3>()).norm(), 1e-12);
  }
}

TEST(Subject, LordosisIsThatOfStandingPeople) {
  const Subject s = subject();
  const auto poses = standing_poses(s.segments);
  const double slope = -tilt(vertebra_pose(s, poses, Vertebra::S1).R);
  EXPECT_NEAR(slope, 41 * deg, 8 * deg);                                 // Boulay 2006, Vialle 2005
  EXPECT_NEAR(slope + tilt(poses[at(Body::L1)].R), 60 * deg, 15 * deg);  // L1–S1, Vialle 2005 (SD 10)
}

TEST(Subject, DiscsFillTheSpaceBetweenTheEndplates) {
  const Subject s = subject();
  for (const Level level : kLevels) {
    const MotionSegment& m = s.levels[at(level)];
    const Pose X_VD = level == Level::L5S1 ? s.X_pelvis_S1.inverse() * m.X_LD : m.X_LD;
    const Vec3 below = X_VD * Vec3(0, -0.5 * m.disc.height_mean(), 0);
    const VertebraDimensions& lower = s.vertebrae[at(lower_vertebra(level))];
    const double top = 0.25 * (lower.height_anterior + lower.height_posterior);  // 0 for S1: its origin is the endplate
    EXPECT_NEAR(below.y(), top, 1.5 * mm) << name(level);
  }
}

TEST(Subject, BonesAreAsLargeAsPublishedOnes) {
  const Subject s = subject();
  const std::array anterior{25.4, 27.2, 27.9, 27.4, 28.3}, posterior{27.1, 27.0, 27.9, 27.1, 25.7};  // Gilad 1985, men
  const std::array width{40.15, 42.55, 44.34, 46.42, 48.79};                                         // Yadav 2020, men
  double height_ratio = 0, width_ratio = 0;
  for (std::size_t v = 0; v < 5; ++v) {
    const VertebraDimensions& d = s.vertebrae[v];
    height_ratio += (d.height_anterior + d.height_posterior) / mm / (anterior[v] + posterior[v]) / 5;
    width_ratio += d.endplate_width_upper / mm / width[v] / 5;
    EXPECT_NEAR(d.endplate_width_upper / mm, width[v], 0.1 * width[v]);
    EXPECT_GT(d.canal_width, 20 * mm);
    EXPECT_GT(d.canal_depth, 14 * mm);
  }
  EXPECT_NEAR(height_ratio, 1, 0.03);
  EXPECT_NEAR(width_ratio, 1, 0.05);
}

TEST(Subject, BonesScaleWithStature) {
  SubjectDescription tall = man();
  tall.stature *= 1.1;
  const Subject a = subject(), b = subject(tall);
  for (const Level level : kLevels) {
    const DiscGeometry &da = a.levels[at(level)].disc, &db = b.levels[at(level)].disc;
    EXPECT_NEAR(db.width / da.width, 1.1, 1e-12);
    EXPECT_NEAR(db.height_anterior / da.height_anterior, 1.1, 1e-12);
    EXPECT_NEAR(db.area / da.area, 1.21, 1e-12);
    EXPECT_NEAR(b.levels[at(level)].X_UD.p.norm() / a.levels[at(level)].X_UD.p.norm(), 1.1, 1e-12);
  }
}

TEST(Subject, EveryoneBetweenSmallAndTallCanBeBuilt) {
  for (const Sex sex : {Sex::Male, Sex::Female}) {
    for (double stature = 1.3; stature <= 2.2; stature += 0.1) {
      SubjectDescription d;
      d.sex = sex;
      d.stature = stature;
      EXPECT_NO_THROW((void)subject(d)) << stature;
    }
  }
}

TEST(Subject, FacetsOfBothBonesMeetAtTheJoint) {
  const Subject s = subject();
  const auto poses = standing_poses(s.segments);
  for (const Level level : kLevels) {
    const FacetGeometry& f = s.levels[at(level)].facets[1];
    const auto above = upper_vertebra(level), below = lower_vertebra(level);
    const Vec3 up = vertebra_pose(s, poses, above) * s.vertebrae[at(above)].inferior_facet_centre;
    const Vec3 down = vertebra_pose(s, poses, below) * s.vertebrae[at(below)].superior_facet_centre;
    EXPECT_NEAR((up - down).norm(), f.gap, 1e-9) << name(level);
    EXPECT_LT(f.normal_D.x(), 0);  // the lower facet looks backwards and to the middle
    EXPECT_LT(f.normal_D.z(), 0);
  }
}

}  // namespace
}  // namespace foramen
