// From frame to drawing: nothing missing, nothing on the wrong side, colours that say what was solved.

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

#include "sim/anatomy/lofted_mesh.h"
#include "sim/base/units.h"
#include "tests/unit/scene/closed_mesh.h"
#include "tests/unit/scene/example_person.h"
#include "viz/scene/camera.h"
#include "viz/scene/lumbar_scene.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

constexpr double kPressed = 60 * units::mmHg;

/// Polygonising is the slow part: once for every test of a side.
const LumbarScene& scene_of(Side side) {
  static const auto make = [](HerniationSide h) {
    return LumbarScene(example::person({{.level = Level::L4L5, .side = h}}), {.title = "Example", .loads = {}},
                       ColourRanges{});
  };
  static const LumbarScene left = make(HerniationSide::Left), right = make(HerniationSide::Right);
  return side == Side::Left ? left : right;
}

Drawing drawing_of(Side side, const SceneOptions& options = {}) {
  return scene_of(side).draw(example::standing(0.0, Root::L5, side, kPressed), options);
}

double reach(const TriangleMesh& mesh, const Pose& X_WM, double sign) {
  double most = -std::numeric_limits<double>::infinity();
  for (const Vec3& vertex : mesh.vertices) most = std::max(most, sign * (X_WM * vertex).z());
  return most;
}

TEST(LumbarScene, HoldsEveryBoneDiscAndRoot) {
  const Drawing drawing = drawing_of(Side::Left);
  for (const Vertebra v : kVertebrae) EXPECT_TRUE(drawing.find("bone " + std::string(name(v)))) << name(v);
  for (const Level level : kLevels) {
    const Shape* disc = drawing.find("disc " + std::string(name(level)));
    ASSERT_TRUE(disc) << name(level);
    example::expect_closed(*disc->mesh);
    EXPECT_GT(volume(*disc->mesh), 0.0);
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const Shape* shape = drawing.find("root " + std::string(name(root)) + " " + std::string(name(side)));
      ASSERT_TRUE(shape);
      EXPECT_EQ(shape->colours.size(), shape->mesh->vertices.size());
    }
  }
}

TEST(LumbarScene, WhatIsNotOpenFacesOutwardsSoThatItsInsideNeedNotBeDrawn) {
  SceneOptions options;
  options.muscles = options.ligaments = options.forces = true;
  for (const Shape& shape : drawing_of(Side::Left, options).shapes) {
    if (shape.open || shape.mesh->triangles.empty()) continue;
    EXPECT_GT(volume(*shape.mesh), 0.0) << shape.name;
    const TriangleMesh& moving = shape.coarse ? *shape.coarse : *shape.mesh;
    EXPECT_GT(volume(moving), 0.0) << shape.name;
  }
}

TEST(LumbarScene, AMirroredSubjectGivesTheMirroredScene) {
  const Drawing left = drawing_of(Side::Left), right = drawing_of(Side::Right);
  ASSERT_EQ(left.shapes.size(), right.shapes.size());
  for (const Shape& shape : left.shapes) {
    std::string other = shape.name;
    if (const auto at = other.find(" left"); at != std::string::npos) {
      other.replace(at, 5, " right");
    } else if (const auto place = other.find(" right"); place != std::string::npos) {
      other.replace(place, 6, " left");
    }
    const Shape* mirror = right.find(other);
    ASSERT_TRUE(mirror) << other;
    // The solid of a bone is symmetric; the grid it is polygonised on need not be.
    const double near = shape.material == Material::Bone ? 0.1 * units::mm : 1e-9;
    EXPECT_NEAR(reach(*shape.mesh, shape.X_WM, -1.0), reach(*mirror->mesh, mirror->X_WM, 1.0), near) << shape.name;
    EXPECT_NEAR(reach(*shape.mesh, shape.X_WM, 1.0), reach(*mirror->mesh, mirror->X_WM, -1.0), near) << shape.name;
    if (shape.material == Material::Outline) continue;  // an open shell holds no volume
    // A mirrored ring is cut into triangles along the other diagonals.
    EXPECT_NEAR(volume(*mirror->mesh) / volume(*shape.mesh), 1.0, 1e-4) << shape.name;
  }
}

TEST(LumbarScene, OnlyThePressedRootIsDark) {
  const Drawing drawing = drawing_of(Side::Left);
  const auto darkest = [&](const std::string& name) {
    double least = 100.0;
    for (const Colour& colour : drawing.find(name)->colours) least = std::min(least, lightness(colour));
    return least;
  };
  const double unpressed = lightness(root_colours().at(0.0));
  EXPECT_LT(darkest("root L5 left"), unpressed - 15.0);
  EXPECT_NEAR(darkest("root L5 right"), unpressed, 1e-6);
  EXPECT_NEAR(darkest("root S1 left"), unpressed, 1e-6);
}

TEST(LumbarScene, TheSacIsDarkWhereALevelConstrictsIt) {
  Frame frame = example::standing(0.0, Root::L5, Side::Left, kPressed);
  const auto darkest = [&] {
    const Drawing drawing = scene_of(Side::Left).draw(frame, {});
    double least = 100.0;
    for (const Colour& colour : drawing.find("dural sac")->colours) least = std::min(least, lightness(colour));
    return least;
  };
  const double free = darkest();
  EXPECT_NEAR(free, lightness(finish(Material::Sac).colour), 1e-6);
  frame.nerve.spaces[index(Level::L4L5)].sac_pressure = 100 * units::mmHg;
  EXPECT_LT(darkest(), free - 15.0);
}

TEST(LumbarScene, BonesAreSharedBetweenInstantsAndOnlyMoved) {
  Frame later = example::standing(1.0, Root::L5, Side::Left, kPressed);
  for (Pose& pose : later.spine.poses) pose.p += Vec3(0.3, 0.0, 0.0);
  const Drawing a = drawing_of(Side::Left), b = scene_of(Side::Left).draw(later, {});
  EXPECT_EQ(a.find("bone L3")->mesh, b.find("bone L3")->mesh);
  EXPECT_NEAR((b.find("bone L3")->X_WM.p - a.find("bone L3")->X_WM.p).x(), 0.3, 1e-12);
}

TEST(LumbarScene, GhostArchesKeepBodiesOpaque) {
  const Drawing drawing = drawing_of(Side::Left, {.ghost_arches = true});
  ASSERT_TRUE(drawing.find("bone L4 arch"));
  EXPECT_EQ(drawing.find("bone L4 arch")->material, Material::GhostBone);
  EXPECT_EQ(drawing.find("bone L4 body")->material, Material::Bone);
  EXPECT_LT(finish(Material::GhostBone).opacity, 0.5);
}

TEST(LumbarScene, PanelAndLegendSpeakTheReadersUnits) {
  const Drawing drawing = drawing_of(Side::Left);
  const auto row = std::find_if(drawing.rows.begin(), drawing.rows.end(),
                                [](const Row& r) { return r.name == "Highest root pressure"; });
  ASSERT_NE(row, drawing.rows.end());
  EXPECT_EQ(row->value, "left L5, 60 mmHg");
  ASSERT_FALSE(drawing.legends.empty());
  EXPECT_EQ(drawing.legends[0].unit, "mmHg");
  std::vector<double> marks;
  for (const Legend::Mark& mark : drawing.legends[0].marks) marks.push_back(mark.value);
  EXPECT_EQ(marks, (std::vector<double>{30, 50, 130}));
  EXPECT_TRUE(std::any_of(drawing.labels.begin(), drawing.labels.end(), [](const Label& l) { return l.finding; }));
}

TEST(LumbarScene, AFindingSaysOnWhichSideOfItsRootAProtrusionLies) {
  Frame frame = example::standing(0.0, Root::L5, Side::Left, kPressed);
  const auto note = [&] {
    const Drawing drawing = scene_of(Side::Left).draw(frame, {});
    const auto found =
        std::find_if(drawing.labels.begin(), drawing.labels.end(), [](const Label& l) { return l.finding; });
    return found == drawing.labels.end() ? "" : found->note;
  };
  RootState& root = frame.nerve.roots[static_cast<std::size_t>(index(Root::L5))][0];
  root.pressed_by = {Structure::Disc, Level::L4L5};
  EXPECT_EQ(note(), "") << "no protrusion presses it";
  root.pressed_by = {Structure::Herniation, Level::L4L5};
  EXPECT_NE(note().find("root"), std::string::npos) << note();
}

TEST(LumbarScene, ScalesAreTheSameForMostRuns) {
  std::vector<Frame> frames{example::standing(0.0, Root::L5, Side::Left, 400 * units::mmHg)};
  EXPECT_EQ(colour_ranges(frames).root_pressure, ColourRanges{}.root_pressure);
  EXPECT_EQ(colour_ranges(frames).disc_pressure, ColourRanges{}.disc_pressure);
  frames[0].spine.levels[0].disc.nucleus_pressure = 3.2 * units::MPa;
  EXPECT_DOUBLE_EQ(colour_ranges(frames).disc_pressure, 4.0 * units::MPa);
}

TEST(Views, ThePictureStartsAtTheHighestRootPressure) {
  std::vector<Frame> frames;
  for (int i = 0; i < 4; ++i)
    frames.push_back(example::standing(0.1 * i, Root::S1, Side::Right, i == 2 ? kPressed : 10.0));
  EXPECT_EQ(most_loaded_frame(frames), 2u);
  EXPECT_EQ(nearest_frame(frames, 0.26), 3u);
  EXPECT_EQ(highest_root(frames[2]).root, Root::S1);
}

TEST(Views, TheLateralCameraStandsOnThePressedSide) {
  for (const Side side : kSides) {
    const Frame frame = example::standing(0.0, Root::L5, side, kPressed);
    const Camera camera = place_camera(View::Lateral, frame);
    EXPECT_GT(side_sign(side) * (camera.position - camera.focus).z(), 0.2);
    const Camera close = place_camera(View::Foramen, frame);
    const RootState& root = frame.nerve.roots[index(Root::L5)][index(side)];
    EXPECT_LT((close.focus - root.pressed_at_W).norm(), 1e-9);
  }
}

TEST(Views, DirectionsAreNamedAsInRadiology) {
  EXPECT_EQ(anatomical_direction(Vec3::UnitX(), Mat3::Identity()), "A");
  EXPECT_EQ(anatomical_direction(-Vec3::UnitZ(), Mat3::Identity()), "L");
  EXPECT_EQ(anatomical_direction(Vec3(-1.0, 0.0, 0.6), Mat3::Identity()), "PR");
}

}  // namespace
}  // namespace foramen::scene
