// The house rules: includes only go down a floor, folders on one floor do not include each other, and a vendor's header
// appears only in its room. A change that breaks these makes the next one slower for everybody.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const std::map<std::string, int> kFloors{
    {"sim/base", 0},   {"sim/scenario", 1}, {"sim/anatomy", 2}, {"sim/contact", 2}, {"sim/body", 3},
    {"sim/motion", 4}, {"sim/tissue", 4},   {"sim/spine", 5},   {"sim/nerve", 6},   {"sim/run", 7},
    {"sim/study", 8},  {"sim/assess", 9},   {"sim/report", 10}, {"sim/app", 11},    {"viz/scene", 12},
    {"viz/session", 13}, {"viz/vtk", 14},     {"viz/qt", 15},      {"viz/app", 16}};

struct Vendor {
  std::regex include;
  std::set<std::string> rooms;
};

const std::vector<Vendor> kVendors{
    {std::regex(R"((bt[A-Z]\w*|BulletCollision.*|BulletDynamics.*|LinearMath.*)\.h)"), {"sim/contact"}},
    {std::regex(R"(toml\+\+.*|toml\.hpp)"), {"sim/scenario", "sim/motion"}},
    {std::regex(R"(H5.*|hdf5.*)"), {"sim/run"}},
    {std::regex(R"(sqlite3\.h)"), {"sim/study"}},
    {std::regex(R"(boost/.*)"), {"sim/study"}},
    {std::regex(R"(CLI/.*)"), {"sim/app", "viz/app"}},
    {std::regex(R"(vtk.*|EGL/.*)"), {"viz/vtk", "viz/qt"}},
    {std::regex(R"(Q[A-Z]\w*|qcustomplot\.h)"), {"viz/qt"}},
    {std::regex(R"(omp\.h)"), {"sim/base"}},
};

struct Source {
  fs::path file;
  std::string room;  ///< "sim/base"
  std::vector<std::string> includes;
  bool has_openmp = false;
};

std::vector<Source> read_sources() {
  const fs::path root = FORAMEN_SOURCE_DIR;
  const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<Source> sources;
  for (const char* top : {"sim", "viz"}) {
    for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".h" && extension != ".cpp") continue;
      const fs::path relative = fs::relative(entry.path(), root);
      Source source{relative, (*relative.begin() / *std::next(relative.begin())).string(), {}, false};
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) {
        std::smatch match;
        if (std::regex_search(line, match, include)) source.includes.push_back(match[1]);
        if (line.find("#pragma omp") != std::string::npos) source.has_openmp = true;
      }
      sources.push_back(std::move(source));
    }
  }
  return sources;
}

TEST(Layers, EveryRoomHasAFloor) {
  for (const Source& source : read_sources()) EXPECT_TRUE(kFloors.contains(source.room)) << source.file;
}

TEST(Layers, IncludesOnlyGoDown) {
  const std::vector<Source> sources = read_sources();
  ASSERT_GT(sources.size(), 20u);
  for (const Source& source : sources) {
    for (const std::string& include : source.includes) {
      const fs::path target(include);
      if (*target.begin() != "sim" && *target.begin() != "viz") continue;
      const std::string room = (*target.begin() / *std::next(target.begin())).string();
      if (room == source.room) continue;
      ASSERT_TRUE(kFloors.contains(room)) << source.file << " includes " << include;
      EXPECT_LT(kFloors.at(room), kFloors.at(source.room)) << source.file << " includes " << include;
    }
  }
}

TEST(Layers, VendorHeadersStayInTheirRooms) {
  for (const Source& source : read_sources()) {
    for (const std::string& include : source.includes) {
      for (const Vendor& vendor : kVendors) {
        if (!std::regex_match(include, vendor.include)) continue;
        EXPECT_TRUE(vendor.rooms.contains(source.room)) << source.file << " includes " << include;
      }
    }
    if (source.has_openmp) {
      EXPECT_EQ(source.room, "sim/base") << source.file << " uses OpenMP";
    }
  }
}

}  // namespace
