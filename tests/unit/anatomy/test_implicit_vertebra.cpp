#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <stdexcept>

#include "sample_vertebrae.h"
#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {
namespace {

using test::sample_vertebra;

constexpr double kMm = 1e-3;
const std::array kParts{VertebraPart::Body,
                        VertebraPart::Pedicle,
                        VertebraPart::Lamina,
                        VertebraPart::SuperiorArticular,
                        VertebraPart::InferiorArticular,
                        VertebraPart::Transverse,
                        VertebraPart::Spinous};

std::vector<Vec3> points_in_bounds(const ImplicitVertebra& bone, int count) {
  const auto [lower, upper] = bone.bounds();
  std::mt19937 random(7);
  std::uniform_real_distribution<double> u(0, 1);
  std::vector<Vec3> points;
  for (int i = 0; i < count; ++i)
    points.push_back(lower + Vec3(u(random), u(random), u(random)).cwiseProduct(upper - lower));
  return points;
}

/// Points within `reach` of the surface.
std::vector<Vec3> points_near_surface(const ImplicitVertebra& bone, double reach, int count) {
  std::vector<Vec3> near;
  for (const Vec3& p : points_in_bounds(bone, 30 * count))
    if (std::abs(bone.distance(p)) < reach && static_cast<int>(near.size()) < count) near.push_back(p);
  return near;
}

/// Where the surface is crossed on the way from `inside` to `outside`.
Vec3 crossing(const ImplicitVertebra& bone, Vec3 inside, Vec3 outside) {
  for (int i = 0; i < 60; ++i) {
    const Vec3 middle = 0.5 * (inside + outside);
    (bone.distance(middle) < 0 ? inside : outside) = middle;
  }
  return inside;
}

class EveryVertebra : public testing::TestWithParam<Vertebra> {
 protected:
  ImplicitVertebra bone{sample_vertebra(GetParam())};
};

INSTANTIATE_TEST_SUITE_P(All, EveryVertebra, testing::ValuesIn(kVertebrae),
                         [](const auto& which) { return std::string(name(which.param)); });

TEST_P(EveryVertebra, GradientIsDerivativeOfDistance) {
  int compared = 0;
  for (const Vec3& p : points_near_surface(bone, 3 * kMm, 400)) {
    Vec3 gradient;
    const double d = bone.distance(p, &gradient);
    EXPECT_EQ(d, bone.distance(p));
    constexpr double h = 1e-7;
    Vec3 forward, backward;
    for (int i = 0; i < 3; ++i) {
      forward[i] = (bone.distance(p + h * Vec3::Unit(i)) - d) / h;
      backward[i] = (d - bone.distance(p - h * Vec3::Unit(i))) / h;
    }
    if ((forward - backward).norm() > 1e-3) continue;  // a crease
    ++compared;
    EXPECT_LT((0.5 * (forward + backward) - gradient).norm(), 2e-3) << p.transpose();
  }
  EXPECT_GT(compared, 350);
}

TEST_P(EveryVertebra, GradientHasAboutUnitLengthWhereRootsRun) {
  // Fillets between two pieces flatten the field (never below half), and it must not be steeper than a distance.
  int outside = 0, near_one = 0;
  for (const Vec3& p : points_near_surface(bone, 2 * kMm, 2000)) {
    Vec3 gradient;
    if (bone.distance(p, &gradient) < 0) continue;
    ++outside;
    if (std::abs(gradient.norm() - 1) < 0.2) ++near_one;
    EXPECT_LT(gradient.norm(), 1.25) << p.transpose();
    EXPECT_GT(gradient.norm(), 0.3) << p.transpose();
  }
  EXPECT_GT(near_one, 0.8 * outside);
}

TEST_P(EveryVertebra, MirrorPointHasTheSameDistanceToTheLastBit) {
  for (const Vec3& p : points_in_bounds(bone, 2000)) {
    Vec3 g, mirror_g;
    EXPECT_EQ(bone.distance(p, &g), bone.distance(mirrored(p), &mirror_g));
    EXPECT_EQ(g, mirrored(mirror_g));
    EXPECT_EQ(bone.distance(VertebraPart::Pedicle, Side::Left, p),
              bone.distance(VertebraPart::Pedicle, Side::Right, mirrored(p)));
  }
}

TEST_P(EveryVertebra, NoPartReachesBeyondTheWhole) {
  for (const Vec3& p : points_in_bounds(bone, 1000)) {
    const double whole = bone.distance(p);
    for (const VertebraPart part : kParts)
      for (const Side side : kSides) EXPECT_GE(bone.distance(part, side, p), whole - 1e-12);
  }
}

TEST_P(EveryVertebra, NothingLiesOutsideItsBounds) {
  const auto [lower, upper] = bone.bounds();
  std::mt19937 random(3);
  std::uniform_real_distribution<double> u(-1.3, 1.3);
  const Vec3 centre = 0.5 * (lower + upper), half = 0.5 * (upper - lower);
  for (int i = 0; i < 5000; ++i) {
    Vec3 p = Vec3(u(random), u(random), u(random));
    if (p.cwiseAbs().maxCoeff() < 1) p /= p.cwiseAbs().maxCoeff();
    EXPECT_GT(bone.distance(centre + p.cwiseProduct(half)), 0);
  }
}

TEST_P(EveryVertebra, DistanceIsNearThatToAFineMesh) {
  const TriangleMesh mesh = polygonise(bone, 0.7 * kMm);
  std::vector<double> error;
  for (const Vec3& p : points_near_surface(bone, 3 * kMm, 200)) {
    const double stated = bone.distance(p);
    if (stated < 0.5 * kMm) continue;
    double least = 1;
    for (const Vec3& v : mesh.vertices) least = std::min(least, (v - p).squaredNorm());
    const double true_distance = std::sqrt(least);
    error.push_back(std::abs(stated - true_distance));
    EXPECT_GT(stated, 0.4 * true_distance) << p.transpose();
    EXPECT_LT(stated, 1.2 * true_distance) << p.transpose();
  }
  ASSERT_GT(error.size(), 50U);
  std::sort(error.begin(), error.end());
  EXPECT_LT(error[error.size() / 2], 0.15 * kMm);
}

TEST(ImplicitVertebra, KeepsEndplatesPediclesAndCanal) {
  for (const Vertebra level : {Vertebra::L1, Vertebra::L2, Vertebra::L3, Vertebra::L4, Vertebra::L5}) {
    const VertebraDimensions d = sample_vertebra(level);
    const ImplicitVertebra bone(d);
    double widest = 0, deepest = 0;
    const double top = 0.25 * (d.height_anterior + d.height_posterior);
    for (double down = 0.5 * kMm; down < 6 * kMm; down += 0.25 * kMm) {
      for (double x = -8 * kMm; x < 8 * kMm; x += 0.5 * kMm)
        widest = std::max(widest, 2 * crossing(bone, {x, top - down, 0}, {x, top - down, 0.06}).z());
      deepest = std::max(deepest, crossing(bone, {0, top - down, 0}, {0.06, top - down, 0}).x() -
                                      crossing(bone, {0, top - down, 0}, {-0.026, top - down, 0}).x());
    }
    EXPECT_NEAR(widest, d.endplate_width_upper, 1 * kMm) << name(level);
    EXPECT_NEAR(deepest, d.endplate_depth_upper, 1.5 * kMm) << name(level);

    const Vec3 canal(d.pedicle_centre.x(), d.pedicle_centre.y(), 0);
    EXPECT_GT(bone.distance(canal), 0);
    const Vec3 pedicle(canal.x(), canal.y(), d.pedicle_centre.z());
    EXPECT_NEAR(2 * crossing(bone, pedicle, canal).z(), d.canal_width, 1 * kMm) << name(level);

    double shallowest = 1;
    for (double y = -0.02; y < 0.005; y += 0.5 * kMm) {
      const double back = crossing(bone, {d.spinous_tip.x() + 0.012, d.spinous_tip.y(), 0}, {canal.x(), y, 0}).x();
      const double wall = crossing(bone, {0, canal.y(), 0}, {canal.x(), canal.y(), 0}).x();
      shallowest = std::min(shallowest, wall - back);
    }
    EXPECT_NEAR(shallowest, d.canal_depth, 1 * kMm) << name(level);

    const Vec3 mid = pedicle + Vec3(0.001, 0, 0);  // between body and articular processes
    const double bottom = crossing(bone, mid, mid - Vec3(0, 0.02, 0)).y();
    EXPECT_NEAR(d.pedicle_centre.y() - bottom, 0.5 * d.pedicle_height, 2 * kMm) << name(level);
  }
}

TEST(ImplicitVertebra, PedicleHasItsHeightAndWidth) {
  const VertebraDimensions d = sample_vertebra(Vertebra::L4);
  const ImplicitVertebra bone(d);
  const auto pedicle = [&](const Vec3& p) { return bone.distance(VertebraPart::Pedicle, Side::Right, p); };
  const Vec3 centre(d.pedicle_centre.x(), d.pedicle_centre.y(), 0.5 * (d.canal_width + d.pedicle_width));
  EXPECT_NEAR(pedicle(centre + Vec3(0, 0.5 * d.pedicle_height, 0)), 0, 0.5 * kMm);
  EXPECT_NEAR(pedicle(centre - Vec3(0, 0.5 * d.pedicle_height, 0)), 0, 0.5 * kMm);
  EXPECT_NEAR(pedicle(centre + Vec3(0, 0, 0.5 * d.pedicle_width)), 0, 0.5 * kMm);
}

TEST(ImplicitVertebra, FacetsLieWhereTheyAreGiven) {
  const VertebraDimensions d = completed(sample_vertebra(Vertebra::L4));
  const ImplicitVertebra bone(d);
  Vec3 gradient;
  EXPECT_NEAR(bone.distance(VertebraPart::SuperiorArticular, Side::Right, d.superior_facet_centre, &gradient),
              kFacetCartilage, 0.5 * kMm);
  EXPECT_GT(gradient.dot(d.superior_facet_normal), 0.95);
  EXPECT_NEAR(bone.distance(VertebraPart::InferiorArticular, Side::Right, d.inferior_facet_centre, &gradient),
              kFacetCartilage, 0.5 * kMm);
  EXPECT_GT(gradient.dot(d.inferior_facet_normal), 0.95);
}

TEST(ImplicitVertebra, NeighboursMeetWithTheGapOfTheirFacets) {
  constexpr double kGap = 1.5 * kMm;
  const VertebraDimensions upper = completed(sample_vertebra(Vertebra::L4));
  VertebraDimensions lower = sample_vertebra(Vertebra::L5);
  lower.superior_facet_normal = -upper.inferior_facet_normal;
  lower = completed(lower);
  const ImplicitVertebra above(upper), below(lower);
  const Vec3 shift = lower.superior_facet_centre - kGap * upper.inferior_facet_normal - upper.inferior_facet_centre;
  // Smallest gap between the inferior process of the upper and all of the lower vertebra.
  double least = 1;
  for (const Vec3& p : points_near_surface(above, 0.5 * kMm, 3000)) {
    const double own = above.distance(VertebraPart::InferiorArticular, Side::Right, p);
    if (own < 0.5 * kMm) least = std::min(least, below.distance(p + shift) + own);
  }
  EXPECT_GT(least, 1 * kMm);
  EXPECT_LT(least, kGap + 2 * kFacetCartilage + 0.5 * kMm);
}

TEST(ImplicitVertebra, RefusesDimensionsThatAreNoVertebra) {
  VertebraDimensions d = sample_vertebra(Vertebra::L4);
  d.pedicle_width = 0;
  EXPECT_THROW(ImplicitVertebra{d}, std::invalid_argument);
  d = sample_vertebra(Vertebra::L4);
  d.canal_depth = std::numeric_limits<double>::quiet_NaN();
  try {
    (void)completed(d);
    FAIL() << "a canal of unknown depth was accepted";
  } catch (const std::invalid_argument& problem) {
    EXPECT_NE(std::string(problem.what()).find("L4: canal_depth = nan"), std::string::npos) << problem.what();
  }
  d = sample_vertebra(Vertebra::L4);
  d.transverse_tip.z() = -0.04;  // the left one
  EXPECT_THROW(ImplicitVertebra{d}, std::invalid_argument);
  EXPECT_THROW((void)ImplicitVertebra().distance(Vec3::Zero()), std::logic_error);
}

}  // namespace
}  // namespace foramen
