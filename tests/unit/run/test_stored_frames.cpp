#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/run/frame_bytes.h"
#include "sim/run/recorder.h"
#include "sim/run/stored_frames.h"

namespace foramen {
namespace {

namespace fs = std::filesystem;

const Library& library() {
  static const Library read = load_library(data_directory());
  return read;
}

/// A short bend with a herniation: supports, muscles, pressed roots and several instants.
Scenario bend() {
  Scenario scenario = read_scenario(FORAMEN_SOURCE_DIR "/scenarios/tour_bend.toml");
  scenario.solver.rate_hz = 2;
  return scenario;
}

const Result& solved() {
  static const Result result = simulate(bend(), RunOptions{});
  return result;
}

class StoredFrames : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("stored_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    write_result(solved(), summarise(solved()), folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string content() const {
    std::ostringstream bytes;
    bytes << std::ifstream(folder_ / "frames.bin", std::ios::binary).rdbuf();
    return bytes.str();
  }
  [[nodiscard]] std::optional<Result> reopened() const {
    return read_stored_frames(folder_, read_scenario(folder_ / "scenario.toml"), library());
  }

  fs::path folder_;
};

TEST(FrameBytes, AFrameComesBackToTheLastBit) {
  for (const Frame& frame : solved().frames) {
    const std::string bytes = bytes_of(frame);
    std::string_view rest = bytes;
    const Frame back = take_frame(rest);
    EXPECT_TRUE(rest.empty());
    EXPECT_EQ(bytes_of(back), bytes);
    EXPECT_EQ(back.spine.activation, frame.spine.activation);
    EXPECT_EQ(back.nerve.roots[4][0].nodes.size(), frame.nerve.roots[4][0].nodes.size());
    EXPECT_EQ(back.nerve.roots[4][0].pressed_by.text(), frame.nerve.roots[4][0].pressed_by.text());
  }
}

TEST(FrameBytes, WhatDidNotConvergeSaysWhyAfterwardsToo) {
  Frame frame;
  for (Vec3& moment : frame.spine.unmet_moment) moment.setZero();
  frame.spine.convergence = {false, 7, 0.5, "too steep"};
  const std::string bytes = bytes_of(frame);
  std::string_view rest = bytes;
  EXPECT_EQ(take_frame(rest).complaint(), frame.complaint());
}

TEST(FrameBytes, PartOfAFrameIsRefused) {
  const std::string bytes = bytes_of(solved().frames.front());
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, bytes.size() / 2, bytes.size() - 1}) {
    std::string_view part = std::string_view(bytes).substr(0, size);
    EXPECT_THROW(static_cast<void>(take_frame(part)), std::runtime_error) << size;
  }
}

TEST_F(StoredFrames, AResultReopensAsItWasSolved) {
  const std::optional<Result> back = reopened();
  ASSERT_TRUE(back);
  ASSERT_EQ(back->frames.size(), solved().frames.size());
  for (std::size_t i = 0; i < back->frames.size(); ++i)
    EXPECT_EQ(bytes_of(back->frames[i]), bytes_of(solved().frames[i])) << i;
  EXPECT_EQ(summary_json(*back, summarise(*back)), summary_json(solved(), summarise(solved())));
}

TEST_F(StoredFrames, AnotherScenarioOrOtherDataIsSolvedAnew) {
  Scenario heavier = bend();
  heavier.subject.mass += 1;
  EXPECT_FALSE(read_stored_frames(folder_, heavier, library()));
  Library other = library();
  other.digest = "0";
  EXPECT_FALSE(read_stored_frames(folder_, read_scenario(folder_ / "scenario.toml"), other));
}

TEST_F(StoredFrames, WhatThisProgramWouldNotSolveSoIsNotBelieved) {
  // As if another build had come to a slightly different posture, in one frame or another.
  for (const bool at_the_end : {false, true}) {
    Result other = solved();
    (at_the_end ? other.frames.back() : other.frames.front()).instant.angles[0] += 1e-12;
    write_stored_frames(other, folder_ / "frames.bin");
    EXPECT_FALSE(reopened()) << at_the_end;
  }
}

TEST_F(StoredFrames, AFileThatIsDamagedAnywhereIsSolvedAnew) {
  const std::string before = content();
  for (const std::size_t tenth : {1, 4, 6, 9}) {
    std::string damaged = before;
    damaged[damaged.size() * tenth / 10] ^= 1;
    std::ofstream(folder_ / "frames.bin", std::ios::binary) << damaged;
    EXPECT_FALSE(reopened()) << tenth;
  }
  std::ofstream(folder_ / "frames.bin", std::ios::binary) << before;
  EXPECT_TRUE(reopened());
}

TEST_F(StoredFrames, AFileThatIsCutOffOrMissingIsSolvedAnew) {
  fs::resize_file(folder_ / "frames.bin", fs::file_size(folder_ / "frames.bin") - 1);
  EXPECT_FALSE(reopened());
  const std::string one = bytes_of(solved().frames.back());
  fs::resize_file(folder_ / "frames.bin", fs::file_size(folder_ / "frames.bin") + 1 - one.size());
  EXPECT_FALSE(reopened());
  fs::remove(folder_ / "frames.bin");
  EXPECT_FALSE(reopened());
}

}  // namespace
}  // namespace foramen
