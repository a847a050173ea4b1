#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace foramen::test {

struct Outcome {
  int status = -1;
  std::string out, err;
};

inline std::string read(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// Removes what a test wrote when its program ends.
struct Cleaner {
  std::filesystem::path folder;
  ~Cleaner() {
    std::error_code ignored;
    if (!folder.empty()) std::filesystem::remove_all(folder, ignored);
  }
};

/// A folder of this test's own, empty at the start and gone when the program ends.
inline std::filesystem::path own_folder() {
  static Cleaner cleaner;
  const auto* info = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(info->test_suite_name()) + "_" + info->name();
  for (char& c : name) {
    if (c == '/') c = '_';
  }
  const auto folder =
      std::filesystem::path(testing::TempDir()) / ("foramen_cli_" + std::to_string(getpid()) + "_" + name);
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  cleaner.folder = folder;
  return folder;
}

/// Runs `foramen ARGUMENTS` in `folder`.
inline Outcome foramen(const std::string& arguments, const std::filesystem::path& folder) {
  const auto out = folder / "stdout.txt", err = folder / "stderr.txt";
  const std::string command = "cd '" + folder.string() + "' && '" FORAMEN_PROGRAM "' " + arguments + " >'" +
                              out.string() + "' 2>'" + err.string() + "'";
  const int status = std::system(command.c_str());
  Outcome outcome{WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
  std::filesystem::remove(out);
  std::filesystem::remove(err);
  return outcome;
}

inline std::string scenario(const std::string& name) {
  return "'" FORAMEN_SOURCE_DIR "/scenarios/" + name + ".toml'";
}

}  // namespace foramen::test
