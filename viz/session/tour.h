#pragma once

/// The guided tour for first use: six steps from standing to a better technique.

#include <span>
#include <string_view>
#include <vector>

namespace foramen::session {

struct TourStep {
  std::vector<std::string_view> scenarios;  ///< file names of the scenarios that come with the program
  std::vector<std::string_view> commands;   ///< that show the point
  std::string_view title, text;             ///< keys of data/texts
};
[[nodiscard]] std::span<const TourStep> tour_steps();

}  // namespace foramen::session
