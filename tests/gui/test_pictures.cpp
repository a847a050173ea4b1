// What a clinician sees must be there: pictures without any screen, a window with one, and plain words where neither is
// possible.

#include "program.h"

namespace {

using namespace foramen::gui;

class Viewer : public Program {};

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

/// The pictures in tests/gui/pictures, drawn by the software renderer whatever the machine has. Where a picture changed
/// for a good reason, the new one is beside the test's program in new_pictures.
TEST_F(Viewer, PicturesLookAsTheyDid) {
  constexpr double kAlike = 0.05;  // share of blocks; other views differ by at least four times that
  const fs::path kept = fs::path(FORAMEN_SOURCE_DIR) / "tests/gui/pictures",
                 fresh = fs::path(FORAMEN_VIEW).parent_path().parent_path() / "tests/new_pictures";
  const std::string software = "env -u DISPLAY LIBGL_ALWAYS_SOFTWARE=1 GALLIUM_DRIVER=llvmpipe LP_NUM_THREADS=2";
  std::vector<Picture> all;
  for (const std::string view : {"lateral", "foramen", "axial", "body", "canal"}) {
    const Outcome outcome =
        run(fmt::format("stoop.toml --picture {0}.png --size 300x300 --time 1 --view {0}", view), software);
    ASSERT_EQ(outcome.status, 0) << outcome.words;
    fs::copy_file(kept / (view + ".png"), folder / ("kept_" + view + ".png"));
    all.push_back(read("kept_" + view + ".png"));
    const double unlike = all.back().unlike(read(view + ".png"));
    EXPECT_LT(unlike, kAlike) << view;
    if (unlike < kAlike) continue;
    fs::create_directories(fresh);
    fs::copy_file(folder / (view + ".png"), fresh / (view + ".png"), fs::copy_options::overwrite_existing);
  }
  for (std::size_t i = 1; i < all.size(); ++i)
    EXPECT_GT(all[i].unlike(all[i - 1]), 3 * kAlike) << "the test must be able to fail";
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

TEST_F(Viewer, AScriptNeedsNoWindow) {
  std::ofstream(folder / "script.txt") << "time 1\nprint\nload 15\nprint\nsave mine.toml\ntable numbers.csv\n"
                                          "record again.txt\nlegraise left\n";
  const Outcome outcome = run("stoop.toml --script script.txt --no-window");
  ASSERT_EQ(outcome.status, 0) << outcome.words;
  EXPECT_LT(outcome.number("case 1 compression_L5S1_N", 1), outcome.number("case 1 compression_L5S1_N", 2));
  EXPECT_NE(outcome.words.find("legraise left"), std::string::npos);
  for (const char* file : {"mine.toml", "numbers.csv", "numbers_roots.csv", "again.txt"}) {
    EXPECT_TRUE(fs::exists(folder / file)) << file;
  }
  std::ofstream(folder / "wrong.txt") << "viev axial\n";
  const Outcome wrong = run("stoop.toml --script wrong.txt --no-window");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.words.find("\"view\""), std::string::npos) << wrong.words;
}

}  // namespace
