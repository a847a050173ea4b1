#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <stdexcept>

#include "sim/anatomy/context_shapes.h"
#include "sim/anatomy/mesh_build.h"

namespace foramen {
namespace {

const PelvisSize kPelvis{{0.02, -0.095, 0.085}, 0.28};
const ThoraxSize kThorax{0.30, 0.29, 0.20};
constexpr double kCoarse = 0.005;

bool closed(const TriangleMesh& mesh) {
  std::map<std::pair<int, int>, int> directed;
  for (const auto& t : mesh.triangles)
    for (std::size_t i = 0; i < 3; ++i) ++directed[{t[i], t[(i + 1) % 3]}];
  for (const auto& [edge, count] : directed)
    if (count != 1 || !directed.contains({edge.second, edge.first})) return false;
  return !mesh.triangles.empty() && mesh.normals.size() == mesh.vertices.size();
}

TEST(ContextShapes, AreClosedSurfaces) {
  EXPECT_TRUE(closed(hip_bone(kPelvis, Side::Right, kCoarse)));
  EXPECT_TRUE(closed(femur(0.42, Side::Right, kCoarse)));
  EXPECT_TRUE(closed(thoracic_spine(kThorax)));
  EXPECT_TRUE(closed(rib_cage(kThorax)));
}

TEST(ContextShapes, LeftIsTheMirrorOfRight) {
  const TriangleMesh right = hip_bone(kPelvis, Side::Right, kCoarse), left = hip_bone(kPelvis, Side::Left, kCoarse);
  ASSERT_EQ(right.vertices.size(), left.vertices.size());
  for (std::size_t i = 0; i < left.vertices.size(); ++i) ASSERT_EQ(left.vertices[i], mirrored(right.vertices[i]));
  EXPECT_TRUE(closed(left));
}

TEST(ContextShapes, FemoralHeadSitsInTheSocket) {
  // Free room around the hip centre, bone on the medial side, none in the way of the neck.
  const TriangleMesh hip = hip_bone(kPelvis, Side::Right, 0.003);
  double nearest = 1, widest = 0;
  for (const Vec3& v : hip.vertices) {
    nearest = std::min(nearest, (v - kPelvis.hip_centre).norm());
    widest = std::max(widest, v.z());
  }
  EXPECT_NEAR(nearest, 0.026, 0.003);
  EXPECT_NEAR(2 * widest, kPelvis.width, 0.02);
}

TEST(ContextShapes, TakeTheirSizes) {
  double lowest = 0;
  for (const Vec3& v : femur(0.42, Side::Left, kCoarse).vertices) lowest = std::min(lowest, v.y());
  EXPECT_NEAR(lowest, -0.42, 0.015);
  double width = 0;
  for (const Vec3& v : rib_cage(kThorax).vertices) width = std::max(width, 2 * v.z());
  EXPECT_NEAR(width, kThorax.width, 0.02);
}

TEST(ContextShapes, RefuseSizesThatAreNoBody) {
  EXPECT_THROW((void)hip_bone({{0, 0.1, 0.09}, 0.28}, Side::Left), std::invalid_argument);
  EXPECT_THROW((void)femur(std::numeric_limits<double>::quiet_NaN(), Side::Left), std::invalid_argument);
  EXPECT_THROW((void)rib_cage({-0.3, 0, 0}), std::invalid_argument);
}

TEST(Tube, IsClosedAndFacesOutwards) {
  const TriangleMesh mesh = tube({{0, 0, 0}, {0.1, 0, 0}, {0.2, 0, 0.05}}, {0.01, 0.02}, Vec3::UnitY());
  EXPECT_TRUE(closed(mesh));
  double six_volumes = 0;
  const auto at = [&](int i) -> const Vec3& { return mesh.vertices[static_cast<std::size_t>(i)]; };
  for (const auto& t : mesh.triangles) {
    const Vec3 &a = at(t[0]), &b = at(t[1]), &c = at(t[2]);
    six_volumes += a.x() * (b.y() * c.z() - b.z() * c.y()) + a.y() * (b.z() * c.x() - b.x() * c.z()) +
                   a.z() * (b.x() * c.y() - b.y() * c.x());
  }
  EXPECT_GT(six_volumes, 0);
}

}  // namespace
}  // namespace foramen
