#pragma once

/// Scenarios and a session for the tests of this room.

#include "sim/base/csv.h"
#include "sim/run/simulate.h"
#include "viz/session/cases.h"
#include "viz/session/session.h"

namespace foramen::session {

inline std::filesystem::path scenario_file(const char* name) {
  return std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios" / name;
}

inline const std::shared_ptr<const Library>& library() {
  static const auto value = std::make_shared<const Library>(load_library(data_directory()));
  return value;
}

inline Session session_of(const char* name) {
  State state;
  state.cases = {open_case(scenario_file(name))};
  Context context{
      library()->postures, times_of(state), {}, std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios", {"en", "es"}};
  return {std::move(state), std::move(context)};
}

}  // namespace foramen::session
