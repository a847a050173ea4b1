#pragma once

/// frames.bin of a result directory: its frames to the last bit, so that pages about it need not solve them again.

#include <filesystem>
#include <optional>

#include "sim/run/simulate.h"

namespace foramen {

/// Throws std::runtime_error with the file when the disk does not take it.
void write_stored_frames(const Result& result, const std::filesystem::path& file);

/// Why the frames of a result directory are not used.
enum class StoredFault {
  None,
  Missing,         ///< there are none
  MeasuredMotion,  ///< its file may have changed since
  OtherRun,        ///< of another version, scenario or data
  Damaged,
  OtherBits  ///< the first, the last or the hardest pressed frame, solved anew, is not the same
};

/// The run of a result directory as it was solved: what simulate would give for its `scenario`. Nothing where
/// that is not known; `fault`, where asked for, then says why.
[[nodiscard]] std::optional<Result> read_stored_frames(const std::filesystem::path& directory, const Scenario& scenario,
                                                       const Library& library, StoredFault* fault = nullptr);

}  // namespace foramen
