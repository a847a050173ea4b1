// The axial slice must show what lies in it, filled, in its own colours, and nothing else.

#include <gtest/gtest.h>

#include <memory>

#include "sim/anatomy/lofted_mesh.h"
#include "viz/scene/section.h"
#include "viz/scene/tube.h"

namespace foramen::scene {
namespace {

Shape column(const std::string& name, double from, double to, const Pose& X_WM = {}) {
  const std::vector<TubeNode> line{{Vec3(0, from, 0), 0.004, 0.0}, {Vec3(0, to, 0), 0.004, 1.0}};
  Tube made = tube(smooth_line(line, 0.002), 32);
  Shape shape{.name = name, .material = Material::Root};
  for (const double value : made.values) shape.colours.push_back(root_colours().at(value));
  shape.mesh = std::make_shared<const TriangleMesh>(std::move(made.mesh));
  shape.X_WM = X_WM;
  return shape;
}

TEST(Section, KeepsTheSliceAndFillsItsFace) {
  Drawing drawing;
  Pose shifted;
  shifted.p = Vec3(0.1, 0.05, 0.0);
  drawing.shapes = {column("across", -0.05, 0.05), column("below", -0.10, -0.06), column("above", 0.06, 0.10),
                    column("moved across", -0.10, -0.02, shifted)};
  const Drawing cut = section(drawing, Vec3::Zero(), Vec3::UnitY(), 0.03);
  EXPECT_EQ(cut.find("below"), nullptr);
  EXPECT_EQ(cut.find("above"), nullptr);
  for (const char* name : {"across", "moved across"}) {
    const Shape* kept = cut.find(name);
    const Shape* face = cut.find(std::string(name) + " section");
    ASSERT_TRUE(kept && face) << name;
    EXPECT_EQ(kept->colours.size(), kept->mesh->vertices.size());
    EXPECT_EQ(face->colours.size(), face->mesh->vertices.size());
    for (const Vec3& vertex : kept->mesh->vertices) {
      EXPECT_GE((kept->X_WM * vertex).y(), -1e-9);
      EXPECT_LE((kept->X_WM * vertex).y(), 0.03 + 1e-9);
    }
    // Later faces lie a hair in front of earlier ones, so that things in one another do not fight for the pixel.
    for (const Vec3& vertex : face->mesh->vertices) {
      EXPECT_LE((face->X_WM * vertex).y(), 1e-9);
      EXPECT_GT((face->X_WM * vertex).y(), -1e-4);
    }
    for (const Vec3& normal : face->mesh->normals) EXPECT_LT((face->X_WM.R * normal).y(), -0.999);
  }
  // Half way along, half way through the colours.
  const double found = lightness(cut.find("across section")->colours.front());
  EXPECT_NEAR(found, lightness(root_colours().at(0.5)), 3.0);
}

}  // namespace
}  // namespace foramen::scene
