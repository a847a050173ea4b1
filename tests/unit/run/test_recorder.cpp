#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sample_result.h"
#include "sim/base/error.h"
#include "sim/run/recorder.h"
#include "sim/run/tables.h"

namespace foramen {
namespace {

namespace fs = std::filesystem;
using test::sample_result;

class Recorder : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              ("recorder_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  static std::string read(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
  }

  fs::path folder_;
};

TEST_F(Recorder, StagedDirectoryAppearsOnlyWhenCommitted) {
  {
    StagedDirectory staged(folder_ / "out");
    write_file(staged.path() / "a.txt", "x");
    EXPECT_FALSE(fs::exists(folder_ / "out"));
  }
  EXPECT_TRUE(fs::is_empty(folder_));
  StagedDirectory staged(folder_ / "out");
  write_file(staged.path() / "a.txt", "x");
  staged.commit();
  EXPECT_EQ(read(folder_ / "out" / "a.txt"), "x");
}

TEST_F(Recorder, LeavesForeignFoldersAlone) {
  EXPECT_TRUE(may_replace(folder_ / "new"));
  EXPECT_TRUE(may_replace(folder_));
  write_file(folder_ / "thesis.txt", "ten years of work");
  EXPECT_FALSE(may_replace(folder_));
  write_file(folder_ / "summary.json", "{\"program\": \"foramen\"}");
  EXPECT_TRUE(may_replace(folder_));
}

TEST_F(Recorder, RefusesWithoutTouchingAnything) {
  write_file(folder_ / "thesis.txt", "ten years of work");
  const Result result = sample_result({0}, {1}, {0});
  EXPECT_THROW(write_result(result, summarise(result), folder_), InputError);
  EXPECT_EQ(read(folder_ / "thesis.txt"), "ten years of work");
}

TEST_F(Recorder, ANotConvergedFrameHasEmptyCells) {
  Result result = sample_result({0, 1}, {100, 200}, {0, 0});
  result.frames[1].spine.convergence.converged = false;
  std::istringstream lines(levels_csv(result));
  std::string header, line;
  std::getline(lines, header);
  EXPECT_EQ(header.substr(0, 28), "time_s,level,compression_N,s");
  for (int i = 0; i < 10; ++i) {
    std::getline(lines, line);
    const bool bad = i >= 5;
    EXPECT_EQ(line.ends_with("not_converged"), bad) << line;
    EXPECT_EQ(line.find(",,") != std::string::npos, bad) << line;
  }
}

TEST_F(Recorder, QuotesNamesWithCommas) {
  EXPECT_NE(muscles_csv(sample_result({0}, {1}, {0})).find("\"test, muscle\""), std::string::npos);
}

TEST_F(Recorder, SummaryJsonHasTheContractsPaths) {
  const Result result = sample_result({0, 1}, {100, 200}, {0, 5000});
  const auto json = nlohmann::json::parse(summary_json(result, summarise(result)));
  EXPECT_EQ(json["levels"]["L4-L5"]["compression_N"]["peak"], 200);
  EXPECT_EQ(json["levels"]["L4-L5"]["compression_N"]["at_s"], 1);
  EXPECT_EQ(json["roots"]["L5"]["left"]["pressed_by"], "L4-L5 disc");
  EXPECT_EQ(json["convergence"]["frames"], 2);
}

TEST_F(Recorder, NumbersReadBackExactly) {
  for (const double v : {0.1, 1.0 / 3, 1e-300, -12345.678}) EXPECT_EQ(std::stod(number_text(v)), v);
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "");
}

}  // namespace
}  // namespace foramen
