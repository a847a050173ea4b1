#pragma once

/// Pictures of instants, drawn by foramen-view as a child process.

#include <filesystem>
#include <string>

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

/// PNG bytes; empty where the picture could not be made. Calls that run side by side need different numbers.
[[nodiscard]] std::string view_picture(const std::filesystem::path& viewer, const PictureRequest& request,
                                       std::size_t number);

}  // namespace foramen
