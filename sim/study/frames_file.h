#pragma once

/// frames.h5 of a study: a group per run, each with the content of a result.h5. While the study runs, every run is a
/// small file of its own, so that a study killed at any instant loses none that was finished.

#include <cstdint>
#include <filesystem>
#include <vector>

#include "sim/run/simulate.h"

namespace foramen {

/// Folder of the parts of a study that is under way.
[[nodiscard]] std::filesystem::path frame_parts(const std::filesystem::path& folder);

void write_frames_part(const std::filesystem::path& folder, std::uint64_t run, const Result& result);

/// Joins the parts and the frames.h5 of `sources` into `folder`/frames.h5 (does nothing when there are none) and removes
/// the parts of `folder`.
void join_frames(const std::vector<std::filesystem::path>& sources, const std::filesystem::path& folder);

}  // namespace foramen
