// The arch is shown translucent behind a clean cut: no holes, nothing lost.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/anatomy/lofted_mesh.h"
#include "tests/unit/scene/closed_mesh.h"
#include "viz/scene/cut_mesh.h"
#include "viz/scene/mesh_tools.h"
#include "viz/scene/tube.h"

namespace foramen::scene {
namespace {

double volume_with_caps(const TriangleMesh& part, const TriangleMesh& caps) {
  return volume(part) + volume(caps);
}

TEST(CutMesh, FrontWithCapsHasTheFrontsVolume) {
  const double radius = 0.004;
  const std::vector<TubeNode> line{{Vec3(-0.02, 0.1, 0), radius, 0}, {Vec3(0.03, 0.1, 0), radius, 0}};
  const TriangleMesh whole = tube(line, 48).mesh;
  const CutMesh cut = cut_mesh(whole, 0.01);
  const double section = kPi * radius * radius;
  // The divergence theorem needs a closed surface: part and caps together are one.
  const double front = volume_with_caps(cut.front, cut.caps);
  EXPECT_NEAR(front, section * (0.02 + 2.0 / 3.0 * radius), 0.03 * section * 0.02);
  EXPECT_NEAR(front + volume(cut.back) - volume(cut.caps), volume(whole), 1e-12);
  for (const Vec3& vertex : cut.front.vertices) EXPECT_GE(vertex.x(), 0.01 - 1e-12);
  for (const Vec3& vertex : cut.back.vertices) EXPECT_LE(vertex.x(), 0.01 + 1e-12);
}

TEST(CutMesh, ACutThroughTwoPlacesHasTwoCaps) {
  // A horseshoe open towards +x is cut through both legs.
  const std::vector<TubeNode> horseshoe{{Vec3(0.03, 0, -0.015), 0.003, 0},
                                        {Vec3(0, 0, -0.015), 0.003, 0},
                                        {Vec3(-0.01, 0, 0), 0.003, 0},
                                        {Vec3(0, 0, 0.015), 0.003, 0},
                                        {Vec3(0.03, 0, 0.015), 0.003, 0}};
  const CutMesh cut = cut_mesh(tube(smooth_line(horseshoe, 0.001), 24).mesh, 0.015);
  double left = 0.0, right = 0.0;
  for (const auto& [a, b, c] : cut.caps.triangles) {
    const Vec3& p = cut.caps.vertices[static_cast<std::size_t>(a)];
    const Vec3& q = cut.caps.vertices[static_cast<std::size_t>(b)];
    const Vec3& r = cut.caps.vertices[static_cast<std::size_t>(c)];
    const double towards_back = -0.5 * ((q - p).y() * (r - p).z() - (q - p).z() * (r - p).y());
    (p.z() < 0 ? left : right) += towards_back;
  }
  const double section = kPi * 0.003 * 0.003;
  EXPECT_NEAR(left, section, 0.03 * section);
  EXPECT_NEAR(right, section, 0.03 * section);
}

TEST(CutMesh, SolidsThatOverlapAreFilledThrough) {
  // Two parallel tubes of one mesh, half in each other, as fascicles of a muscle are.
  TriangleMesh both;
  for (const double z : {0.0, 0.004}) {
    const std::vector<TubeNode> line{{Vec3(-0.02, 0, z), 0.004, 0}, {Vec3(0.02, 0, z), 0.004, 0}};
    append(both, tube(line, 64).mesh);
  }
  const CutMesh cut = cut_mesh(both, 0.0);
  double area = 0.0;
  for (const auto& [a, b, c] : cut.caps.triangles) {
    const Vec3& p = cut.caps.vertices[static_cast<std::size_t>(a)];
    area += 0.5 * (cut.caps.vertices[static_cast<std::size_t>(b)] - p)
                      .cross(cut.caps.vertices[static_cast<std::size_t>(c)] - p)
                      .norm();
  }
  // Two circles of radius r, their middles r apart, cover (4π/3 + √3/2)·r².
  EXPECT_NEAR(area, (4.0 * kPi / 3.0 + std::sqrt(3.0) / 2.0) * 0.004 * 0.004, 0.01 * kPi * 0.004 * 0.004);
}

TEST(CutMesh, APlaneBesideTheMeshCutsNothing) {
  const std::vector<TubeNode> line{{Vec3(0, 0, 0), 0.004, 0}, {Vec3(0.03, 0, 0), 0.004, 0}};
  const TriangleMesh whole = tube(line, 12).mesh;
  const CutMesh cut = cut_mesh(whole, -1.0);
  EXPECT_EQ(cut.front.triangles.size(), whole.triangles.size());
  EXPECT_TRUE(cut.back.triangles.empty());
  EXPECT_TRUE(cut.caps.triangles.empty());
}

}  // namespace
}  // namespace foramen::scene
