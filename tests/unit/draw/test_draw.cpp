// Pictures and films without a screen: the same bits twice, the size asked for, nothing left behind that is not whole.

#include <gtest/gtest.h>
#include <unistd.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "sim/base/units.h"
#include "tests/unit/scene/example_person.h"
#include "viz/vtk/offscreen_window.h"
#include "viz/vtk/show.h"
#include "viz/vtk/stage.h"

namespace foramen::vtk {
namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = fs::temp_directory_path() / ("foramen_test_draw_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
};

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<Sheet> sheets() {
  std::vector<Frame> frames;
  for (int i = 0; i < 3; ++i)
    frames.push_back(example::standing(0.1 * i, Root::L5, Side::Left, (20 + 20 * i) * units::mmHg));
  std::vector<Sheet> made;
  made.push_back({std::move(frames), scene::LumbarScene(example::person(), {.title = "Example"}, {}, 1, {2.0})});
  return made;
}

vtkSmartPointer<vtkImageData> image_of(const fs::path& file) {
  vtkNew<vtkPNGReader> reader;
  reader->SetFileName(file.c_str());
  reader->Update();
  return reader->GetOutput();
}

/// Mean difference of the channels, 0…255.
double difference(const fs::path& a, const fs::path& b) {
  const auto first = image_of(a), second = image_of(b);
  const auto* p = static_cast<const unsigned char*>(first->GetScalarPointer());
  const auto* q = static_cast<const unsigned char*>(second->GetScalarPointer());
  const vtkIdType count = 3 * first->GetNumberOfPoints();
  EXPECT_EQ(count, 3 * second->GetNumberOfPoints());
  double sum = 0.0;
  for (vtkIdType i = 0; i < count; ++i) sum += std::abs(p[i] - q[i]);
  return sum / static_cast<double>(count);
}

TEST(Draw, TheSamePictureTwiceHasTheSameBitsWithoutTheGrainOfShadows) {
  const Folder folder;
  const auto people = sheets();
  for (const char* name : {"a.png", "b.png"})
    write_picture(people, {}, {200, 120}, folder.path / name, {.shadows = false});
  EXPECT_EQ(bytes_of(folder.path / "a.png"), bytes_of(folder.path / "b.png"));
  const auto image = image_of(folder.path / "a.png");
  EXPECT_EQ(image->GetDimensions()[0], 200);
  EXPECT_EQ(image->GetDimensions()[1], 120);
}

TEST(Draw, ThemesTypeAndWordsChangeThePicture) {
  const Folder folder;
  const auto people = sheets();
  write_picture(people, {}, {200, 120}, folder.path / "light.png");
  write_picture(people, {}, {200, 120}, folder.path / "dark.png", {.theme = scene::Theme::Dark});
  write_picture(people, {}, {200, 120}, folder.path / "large.png", {.text_scale = 1.5});
  write_picture(people, {}, {200, 120}, folder.path / "bare.png",
                {.shown = {.panel = scene::Panel::None, .legends = false}});
  for (const char* other : {"dark.png", "large.png", "bare.png"})
    EXPECT_GT(difference(folder.path / "light.png", folder.path / other), 1.0) << other;
}

TEST(Draw, AFilmIsOggOrPicturesAtTheRateAsked) {
  const Folder folder;
  const auto people = sheets();
  int told = 0;
  write_video(people, {}, {96, 64}, folder.path / "film.ogv", {.fps = 20, .progress = [&](int done, int all) {
                                                                 told = done;
                                                                 EXPECT_EQ(all, 5);
                                                               }});
  EXPECT_EQ(told, 5);
  EXPECT_EQ(bytes_of(folder.path / "film.ogv").substr(0, 4), "OggS");
  EXPECT_FALSE(fs::exists(folder.path / "film.ogv.part"));
  write_video(people, {}, {96, 64}, folder.path / "pictures/", {.fps = 10, .speed = 0.5});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path / "pictures"), fs::directory_iterator()), 5);
  EXPECT_THROW(write_video(people, {}, {96, 64}, folder.path / "x.ogv", {.fps = 0}), std::invalid_argument);
  EXPECT_THROW(write_video(people, {}, {96, 64}, folder.path / "nowhere" / "x.ogv"), std::runtime_error);
}

/// A square 2 m wide that faces the positive z axis.
scene::Shape square(const char* name, scene::Material material, double z) {
  TriangleMesh mesh;
  mesh.vertices = {{-1, -1, z}, {1, -1, z}, {1, 1, z}, {-1, 1, z}};
  mesh.normals.assign(4, Vec3::UnitZ());
  mesh.triangles = {{0, 1, 2}, {0, 2, 3}};
  return {name, material, std::make_shared<const TriangleMesh>(std::move(mesh))};
}

enum class Drawn { Moving, StillBeside };

/// The channels of a picture from the positive z axis, alone as it moves or still in the right half of a window.
std::vector<unsigned char> picture(const scene::Drawing& drawing, Drawn how) {
  const bool beside = how == Drawn::StillBeside;
  OffscreenWindow window({120, 90});
  Stage stage;
  window->AddRenderer(stage.renderer());
  if (beside) stage.renderer()->SetViewport(0.5, 0, 1, 1);
  stage.refine(beside);
  stage.show(drawing);
  stage.place_camera({.position = {0, 0, 6}, .half_height = 1.3}, false);
  window->Render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window->GetPixelData(beside ? 60 : 0, 0, 119, 89, 0, pixels, 0);
  window->RemoveRenderer(stage.renderer());
  return {pixels->GetPointer(0), pixels->GetPointer(0) + pixels->GetNumberOfValues()};
}

TEST(Draw, TheTranslucentIsHiddenBehindTheOpaqueAndLiesOverItBeforeIt) {
  for (const Drawn how : {Drawn::Moving, Drawn::StillBeside}) {
    const auto with_skin_at = [how](double z) {
      scene::Drawing drawing;
      drawing.shapes = {square("box", scene::Material::Load, 0), square("body", scene::Material::Skin, z)};
      return picture(drawing, how);
    };
    scene::Drawing box;
    box.shapes = {square("box", scene::Material::Load, 0)};
    const auto alone = picture(box, how);
    EXPECT_EQ(with_skin_at(-0.1), alone);
    EXPECT_NE(with_skin_at(0.1), alone);
  }
}

TEST(Draw, WordsLieOnTheirGrounds) {
  for (const Drawn how : {Drawn::Moving, Drawn::StillBeside}) {
    const auto darkest = [how](const char* title) {
      scene::Drawing drawing;
      drawing.title = title;
      const auto channels = picture(drawing, how);
      return *std::min_element(channels.begin(), channels.end());
    };
    EXPECT_GT(darkest(""), 150);
    EXPECT_LT(darkest("Words"), 80);
  }
}

}  // namespace
}  // namespace foramen::vtk
