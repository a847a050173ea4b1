#include "viz/session/state.h"

#include <array>

#include "viz/session/edits.h"

namespace foramen::session {
namespace {

constexpr std::array<std::string_view, 3> kFaces{"patient", "therapist", "research"};
constexpr std::array<std::string_view, 2> kLinks{"time", "phase"};
constexpr std::array<std::string_view, 2> kUnits{"metric", "imperial"};
constexpr std::array<std::string_view, 2> kThemes{"light", "dark"};

}  // namespace

std::span<const std::string_view> face_names() {
  return kFaces;
}
std::span<const std::string_view> link_names() {
  return kLinks;
}
std::span<const std::string_view> unit_names() {
  return kUnits;
}
std::span<const std::string_view> theme_names() {
  return kThemes;
}

std::vector<std::shared_ptr<const Scenario>> shown_scenarios(const State& state) {
  std::vector<std::shared_ptr<const Scenario>> shown;
  for (const Case& one : state.cases) {
    shown.push_back(state.without_pathology ? std::make_shared<const Scenario>(without_pathology(*one.scenario))
                                            : one.scenario);
  }
  return shown;
}

std::vector<std::shared_ptr<const Stored>> shown_stored(const State& state) {
  std::vector<std::shared_ptr<const Stored>> shown;
  for (const Case& one : state.cases) shown.push_back(state.without_pathology ? nullptr : one.stored);
  return shown;
}

}  // namespace foramen::session
