#pragma once

/// Pictures of instants, drawn by foramen-view as a child process.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace foramen {

struct PictureRequest {
  std::filesystem::path scenario;
  double time = 0;                ///< [s]
  std::string view;               ///< "lateral", "foramen" …
  double disc_scale = 0;          ///< full colour of the discs [MPa]; 0: the viewer's own
  double root_scale = 0;          ///< of the roots [mmHg]; 0: the viewer's own
  int width = 900, height = 675;  ///< [px]
};

/// A program of Foramen beside this one or on the PATH; empty where there is none.
[[nodiscard]] std::filesystem::path find_program(std::string_view name);

/// Runs a program without a shell, its output thrown away; true when it ended with 0.
[[nodiscard]] bool run_quietly(const std::vector<std::string>& words);

/// foramen-view, see find_program.
[[nodiscard]] std::filesystem::path find_viewer();

/// PNG bytes; empty where the picture could not be made. Calls that run side by side need different numbers.
[[nodiscard]] std::string view_picture(const std::filesystem::path& viewer, const PictureRequest& request,
                                       std::size_t number);

}  // namespace foramen
