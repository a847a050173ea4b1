#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <map>
#include <stdexcept>

#include "sample_vertebrae.h"
#include "sim/anatomy/polygonise.h"

namespace foramen {
namespace {

using test::sample_vertebra;

double sphere(const Vec3& p, Vec3* gradient) {
  if (gradient) *gradient = p.normalized();
  return p.norm() - 0.01;
}

void expect_closed_manifold(const TriangleMesh& mesh) {
  std::map<std::pair<int, int>, int> directed;
  for (const auto& t : mesh.triangles)
    for (std::size_t i = 0; i < 3; ++i) ++directed[{t[i], t[(i + 1) % 3]}];
  for (const auto& [edge, count] : directed) {
    ASSERT_EQ(count, 1) << "edge " << edge.first << "–" << edge.second;
    ASSERT_TRUE(directed.contains({edge.second, edge.first})) << "open edge";
  }
}

double volume(const TriangleMesh& mesh) {
  double six = 0;
  const auto at = [&](int i) -> const Vec3& { return mesh.vertices[static_cast<std::size_t>(i)]; };
  for (const auto& t : mesh.triangles) six += at(t[0]).dot(at(t[1]).cross(at(t[2])));
  return six / 6;
}

TEST(Polygonise, BallHasItsVolumeAndOutwardNormals) {
  const TriangleMesh mesh = polygonise(sphere, Vec3::Constant(-0.01), Vec3::Constant(0.01), 0.001);
  expect_closed_manifold(mesh);
  EXPECT_NEAR(volume(mesh), 4.0 / 3.0 * kPi * 1e-6, 0.01e-6 * 4);
  ASSERT_EQ(mesh.normals.size(), mesh.vertices.size());
  for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
    EXPECT_NEAR(mesh.vertices[i].norm(), 0.01, 1e-8);
    EXPECT_GT(mesh.normals[i].dot(mesh.vertices[i].normalized()), 0.999);
  }
}

TEST(Polygonise, TwoBallsThatNearlyTouchStayAManifold) {
  for (const double apart : {0.0195, 0.0199, 0.0201, 0.0205}) {
    const auto two = [&](const Vec3& p, Vec3* gradient) {
      Vec3 a, b;
      const Vec3 half = apart / 2 * Vec3(1, 1, 1).normalized();
      const double da = sphere(p - half, &a), db = sphere(p + half, &b);
      if (gradient) *gradient = da < db ? a : b;
      return std::min(da, db);
    };
    expect_closed_manifold(polygonise(two, Vec3::Constant(-0.02), Vec3::Constant(0.02), 0.001));
  }
}

TEST(Polygonise, EveryVertebraIsAClosedManifoldOnItsSurface) {
  for (const Vertebra level : kVertebrae) {
    const ImplicitVertebra bone(sample_vertebra(level));
    const TriangleMesh mesh = polygonise(bone, 0.0025);
    expect_closed_manifold(mesh);
    EXPECT_GT(mesh.triangles.size(), 3000U) << name(level);
    EXPECT_GT(volume(mesh), 0);
    std::size_t off = 0;
    for (const Vec3& p : mesh.vertices) off += std::abs(bone.distance(p)) > 1e-4;
    EXPECT_LT(off, mesh.vertices.size() / 100) << name(level);
  }
}

TEST(Polygonise, RefusesAGridThatCannotBe) {
  EXPECT_THROW((void)polygonise(sphere, Vec3::Zero(), Vec3::Ones(), 0), std::invalid_argument);
  EXPECT_THROW((void)polygonise(sphere, Vec3::Ones(), Vec3::Zero(), 0.1), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
