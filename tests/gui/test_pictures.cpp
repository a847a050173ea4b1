// What a clinician sees must be there: pictures without any screen, a window with one, and plain words where neither is
// possible.

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

/// A stoop in few instants: enough to move, quick to solve.
constexpr const char* kScenario = R"(schema = 1
title = "Stoop for the picture tests"
[subject]
sex = "male"
age_years = 45
stature_m = 1.75
mass_kg = 75
[[subject.herniation]]
level = "L4-L5"
side = "left"
zone = "paracentral"
protrusion_mm = 5
width_mm = 12
[motion]
support = "feet"
[[motion.keyframe]]
time_s = 0.0
posture = "standing"
[[motion.keyframe]]
time_s = 1.0
posture = "stoop_reach"
[solver]
rate_hz = 2
)";

struct Outcome {
  int status = -1;
  std::string words;  ///< standard output and standard error
};

struct Picture {
  int width = 0, height = 0;
  std::vector<unsigned> pixels;  ///< 0xRRGGBB

  [[nodiscard]] std::size_t colours() const { return std::set<unsigned>(pixels.begin(), pixels.end()).size(); }
  /// Share of pixels that another picture has in a visibly different colour.
  [[nodiscard]] double differing(const Picture& other) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < pixels.size(); ++i) {
      int apart = 0;
      for (const int shift : {0, 8, 16}) {
        apart = std::max(apart, std::abs(static_cast<int>((pixels[i] >> shift) & 0xff) -
                                         static_cast<int>((other.pixels[i] >> shift) & 0xff)));
      }
      count += apart > 24 ? 1u : 0u;
    }
    return static_cast<double>(count) / static_cast<double>(pixels.size());
  }
};

class Viewer : public testing::Test {
 protected:
  fs::path folder = fs::temp_directory_path() / fmt::format("foramen-gui-{}-{}", getpid(), name());
  fs::path scenario = folder / "stoop.toml";

  void SetUp() override {
    fs::create_directories(folder);
    std::ofstream(scenario) << kScenario;
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  /// Runs the program in the folder; `before` goes in front (environment, xvfb-run).
  [[nodiscard]] Outcome run(const std::string& arguments, const std::string& before = "env -u DISPLAY") const {
    const fs::path log = folder / "log";
    const std::string line =
        fmt::format("cd '{}' && {} '{}' {} >'{}' 2>&1", folder.string(), before, FORAMEN_VIEW, arguments, log.string());
    const int status = std::system(line.c_str());
    std::stringstream words;
    words << std::ifstream(log).rdbuf();
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, words.str()};
  }

  [[nodiscard]] Picture read(const std::string& file) const {
    Picture picture;
    if (!fs::exists(folder / file)) return picture;
    vtkNew<vtkPNGReader> reader;
    reader->SetFileName((folder / file).c_str());
    reader->Update();
    const int* size = reader->GetOutput()->GetDimensions();
    picture.width = size[0];
    picture.height = size[1];
    const auto* p = static_cast<const unsigned char*>(reader->GetOutput()->GetScalarPointer());
    const int channels = reader->GetOutput()->GetNumberOfScalarComponents();
    for (int i = 0; i < size[0] * size[1]; ++i, p += channels) {
      picture.pixels.push_back(static_cast<unsigned>(p[0]) << 16 | static_cast<unsigned>(p[1]) << 8 | p[2]);
    }
    return picture;
  }
};

constexpr std::size_t kManyColours = 500;  // a bare background with its words has fewer than 300 at this size

constexpr double kGrain = 0.005;  // the renderer's soft shadows are drawn with new random samples each time

TEST_F(Viewer, WritesAPictureOfTheAskedSizeWithoutAScreen) {
  const Outcome outcome = run("stoop.toml --picture out.png --size 480x300");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_EQ(outcome.words, "") << "a picture needs no words";
  const Picture picture = read("out.png");
  EXPECT_EQ(picture.width, 480);
  EXPECT_EQ(picture.height, 300);
  EXPECT_GT(picture.colours(), kManyColours);
}

TEST_F(Viewer, AnotherTimeOrViewIsAnotherPicture) {
  std::ofstream(folder / "tour.txt")
      << "time 0\npicture start.png\ntime 1\npicture end.png\nview foramen\npicture close.png\n"
         "view posterior\npicture behind.png\n";
  const Outcome outcome = run("stoop.toml --script tour.txt --picture last.png --size 320x200");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  const Picture start = read("start.png"), end = read("end.png"), close = read("close.png"),
                behind = read("behind.png");
  for (const Picture* one : {&start, &end, &close, &behind}) {
    ASSERT_EQ(one->pixels.size(), 320u * 200u);
    EXPECT_GT(one->colours(), kManyColours);
  }
  EXPECT_GT(start.differing(end), 0.02);
  EXPECT_GT(end.differing(close), 0.10);
  EXPECT_GT(close.differing(behind), 0.10);
  EXPECT_LT(behind.differing(read("last.png")), kGrain);
}

TEST_F(Viewer, TheSamePictureTwice) {
  ASSERT_EQ(run("stoop.toml --picture a.png --size 320x200 --time 1 --threads 1").status, 0);
  ASSERT_EQ(run("stoop.toml --picture b.png --size 320x200 --time 1 --threads 2").status, 0);
  EXPECT_LT(read("a.png").differing(read("b.png")), kGrain);
}

TEST_F(Viewer, BadInputIsNamedAndNothingIsWritten) {
  std::ofstream(folder / "broken.toml") << "schema = 1\n[subject]\nsexx = \"male\"\n";
  for (const char* arguments :
       {"broken.toml --picture out.png", "none.toml --picture out.png", "stoop.toml --pictur out.png",
        "stoop.toml --picture out.png --view latral", "stoop.toml --picture out.png --size 0x9", "--picture out.png"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments << "\n" << outcome.words;
    EXPECT_FALSE(outcome.words.empty()) << arguments;
    EXPECT_FALSE(fs::exists(folder / "out.png")) << arguments;
  }
  EXPECT_NE(run("stoop.toml --pictur out.png").words.find("\"--picture\""), std::string::npos);
  EXPECT_NE(run("broken.toml --picture out.png").words.find("broken.toml:3"), std::string::npos);
}

TEST_F(Viewer, SaysWhatIsMissingWhereThereIsNeitherScreenNorEgl) {
  const Outcome window = run("stoop.toml");
  EXPECT_EQ(window.status, 1);
  EXPECT_NE(window.words.find("no display"), std::string::npos) << window.words;
  EXPECT_NE(window.words.find("--picture"), std::string::npos) << window.words;
  // A libEGL that cannot be loaded stands in for none.
  std::ofstream(folder / "libEGL.so.1") << "not a library";
  const Outcome picture = run("stoop.toml --picture out.png", "env -u DISPLAY LD_LIBRARY_PATH=" + folder.string());
  EXPECT_EQ(picture.status, 1);
  EXPECT_NE(picture.words.find("libEGL"), std::string::npos) << picture.words;
  EXPECT_FALSE(fs::exists(folder / "out.png"));
}

TEST_F(Viewer, TheWindowOpensPlaysAndCloses) {
  if (std::system("command -v xvfb-run >/dev/null 2>&1") != 0) GTEST_SKIP() << "xvfb-run is not installed";
  std::ofstream(folder / "play.txt") << "view oblique\npicture window.png\nplay\n";
  const Outcome outcome = run("stoop.toml --script play.txt --quit-after 6 --size 640x400",
                              "timeout 120 xvfb-run -a -s '-screen 0 800x600x24'");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  const Picture picture = read("window.png");
  EXPECT_EQ(picture.width, 640);
  EXPECT_GT(picture.colours(), kManyColours);
}

}  // namespace
