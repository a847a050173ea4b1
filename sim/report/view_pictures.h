#pragma once

/// Pictures of instants, drawn by foramen-view as a child process.

#include <filesystem>
#include <string>
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

/// foramen-view beside this program or on the PATH; empty where there is none.
[[nodiscard]] std::filesystem::path find_viewer();

/// PNG bytes, one per request; empty where a picture could not be made. Runs up to `at_once` viewers side by side.
[[nodiscard]] std::vector<std::string> view_pictures(const std::filesystem::path& viewer,
                                                     const std::vector<PictureRequest>& requests, int at_once);

}  // namespace foramen
