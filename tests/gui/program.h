#pragma once

/// Runs foramen-view as a user would, with or without a screen, in a folder of its own.

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace foramen::gui {

namespace fs = std::filesystem;

/// A stoop in few instants: enough to move, quick to solve.
inline constexpr const char* kScenario = R"(schema = 1
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

  /// The value of a line "name value" of what `print` says, the n-th time it is said; empty where it is not.
  [[nodiscard]] std::string said(const std::string& name, int n = 1) const {
    std::istringstream lines(words);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with(name + " ") && --n == 0) return line.substr(name.size() + 1);
    }
    return {};
  }
  [[nodiscard]] double number(const std::string& name, int n = 1) const {
    const std::string text = said(name, n);
    return text.empty() ? std::nan("") : std::strtod(text.c_str(), nullptr);
  }
  /// Highest root pressure of a case [mmHg].
  [[nodiscard]] double root_pressure(int number_of_case, int n = 1) const {
    std::istringstream words_of(said(fmt::format("case {} root", number_of_case), n));
    std::string root, side;
    double pressure = std::nan("");
    words_of >> root >> side >> pressure;
    return pressure;
  }
};

struct Picture {
  int width = 0, height = 0;
  std::vector<unsigned> pixels;  ///< 0xRRGGBB

  [[nodiscard]] std::size_t colours() const { return std::set<unsigned>(pixels.begin(), pixels.end()).size(); }
  /// Share of pixels that another picture has in a visibly different colour.
  [[nodiscard]] double differing(const Picture& other) const {
    if (pixels.size() != other.pixels.size() || pixels.empty()) return 1.0;
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
  /// Share of pixels that nothing was drawn to.
  [[nodiscard]] double black() const {
    return static_cast<double>(std::count(pixels.begin(), pixels.end(), 0u)) /
           static_cast<double>(std::max<std::size_t>(1, pixels.size()));
  }
  /// Share of the blocks of 10 × 10 pixels whose mean colour is visibly another: grain, edges and digits do not count.
  [[nodiscard]] double unlike(const Picture& other) const {
    constexpr int kBlock = 10;
    if (width != other.width || height != other.height || pixels.empty()) return 1.0;
    int blocks = 0, apart = 0;
    for (int y = 0; y + kBlock <= height; y += kBlock) {
      for (int x = 0; x + kBlock <= width; x += kBlock, ++blocks) {
        std::array<int, 3> sum{};
        for (int i = 0; i < kBlock * kBlock; ++i) {
          const auto at = static_cast<std::size_t>((y + i / kBlock) * width + x + i % kBlock);
          for (std::size_t k = 0; k < 3; ++k) {
            sum[k] += static_cast<int>((pixels[at] >> (8 * k)) & 0xff) -
                      static_cast<int>((other.pixels[at] >> (8 * k)) & 0xff);
          }
        }
        constexpr int kSeen = 16 * kBlock * kBlock;
        apart += std::any_of(sum.begin(), sum.end(), [](int one) { return std::abs(one) > kSeen; });
      }
    }
    return static_cast<double>(apart) / blocks;
  }
  [[nodiscard]] double brightness() const {
    double sum = 0.0;
    for (const unsigned pixel : pixels) sum += (pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) + (pixel & 0xff);
    return sum / (3.0 * 255.0 * static_cast<double>(std::max<std::size_t>(1, pixels.size())));
  }
};

class Program : public testing::Test {
 protected:
  fs::path folder = fs::temp_directory_path() / fmt::format("foramen-gui-{}-{}", getpid(), name());
  fs::path scenario = folder / "stoop.toml";

  void SetUp() override {
    fs::create_directories(folder);
    std::ofstream(scenario) << kScenario;
  }
  void TearDown() override { fs::remove_all(folder); }

  static std::string name() { return testing::UnitTest::GetInstance()->current_test_info()->name(); }

  /// Runs the program in the folder; `before` goes in front (environment).
  [[nodiscard]] Outcome run(const std::string& arguments, const std::string& before = "env -u DISPLAY") const {
    const fs::path log = folder / "log";
    const std::string line = fmt::format("cd '{0}' && XDG_CONFIG_HOME='{0}' timeout 280 {1} '{2}' {3} >'{4}' 2>&1",
                                         folder.string(), before, FORAMEN_VIEW, arguments, log.string());
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

inline constexpr std::size_t kManyColours = 500;  // a bare background with its words has fewer than 300 at this size
inline constexpr double kGrain = 0.005;           // soft shadows are drawn with new random samples each time

}  // namespace foramen::gui
