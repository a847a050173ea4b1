#include "sim/base/names.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace foramen {

namespace {

constexpr std::array<std::string_view, kLevelCount> kLevelNames{"L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1"};
constexpr std::array<std::string_view, kRootCount> kRootNames{"L1", "L2", "L3", "L4", "L5", "S1"};
constexpr std::array<std::string_view, 2> kSideNames{"left", "right"};
constexpr std::array<std::string_view, kBodyCount> kBodyNames{
    "pelvis",         "L5",           "L4",        "L3",              "L2",            "L1",         "thorax",
    "head",           "upper_arm_left", "forearm_left", "hand_left",  "upper_arm_right", "forearm_right", "hand_right",
    "thigh_left",     "shank_left",   "foot_left", "thigh_right",     "shank_right",   "foot_right"};

int edit_distance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substitute});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string_view name(Level level) { return kLevelNames.at(static_cast<std::size_t>(index(level))); }
std::string_view name(Vertebra vertebra) { return kRootNames.at(static_cast<std::size_t>(index(vertebra))); }
std::string_view name(Root root) { return kRootNames.at(static_cast<std::size_t>(index(root))); }
std::string_view name(Side side) { return kSideNames.at(static_cast<std::size_t>(index(side))); }
std::string_view name(Body body) { return kBodyNames.at(static_cast<std::size_t>(index(body))); }

std::span<const std::string_view> level_names() { return kLevelNames; }
std::span<const std::string_view> root_names() { return kRootNames; }
std::span<const std::string_view> side_names() { return kSideNames; }
std::span<const std::string_view> body_names() { return kBodyNames; }

std::optional<int> find_name(std::span<const std::string_view> names, std::string_view text) {
  const auto found = std::find(names.begin(), names.end(), text);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

std::string_view nearest_name(std::span<const std::string_view> names, std::string_view text) {
  std::string_view best;
  int best_distance = -1;
  for (const std::string_view candidate : names) {
    const int distance = edit_distance(candidate, text);
    if (best_distance < 0 || distance < best_distance) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

}  // namespace foramen
