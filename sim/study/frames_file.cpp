#include "sim/study/frames_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/run/result_file.h"

namespace foramen {

namespace fs = std::filesystem;

fs::path frame_parts(const fs::path& folder) {
  return folder / ".frames";
}

void write_frames_part(const fs::path& folder, std::uint64_t run, const Result& result) {
  write_result_file(result, frame_parts(folder) / fmt::format("run_{:09}.h5", run));
}

void join_frames(const std::vector<fs::path>& sources, const fs::path& folder) {
  const fs::path target = folder / "frames.h5";
  std::vector<std::pair<std::string, fs::path>> groups;
  for (const fs::path& source : sources) {
    const fs::path joined = source / "frames.h5";
    if (source != folder && fs::exists(joined)) {
      for (const std::string& group : groups_of(joined)) groups.emplace_back(group, joined);
    }
    if (!fs::is_directory(frame_parts(source))) continue;
    for (const auto& entry : fs::directory_iterator(frame_parts(source))) {
      const fs::path& part = entry.path();
      if (part.extension() == ".h5") groups.emplace_back(part.stem().string(), part);
    }
  }
  if (groups.empty()) return;
  std::sort(groups.begin(), groups.end());
  join_result_files(groups, target);
  fs::remove_all(frame_parts(folder));
}

}  // namespace foramen
