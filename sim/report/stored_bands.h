#pragma once

/// The spread that `foramen run --ensemble` left in a folder's tables, for curves of a report.

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

#include "sim/base/names.h"
#include "sim/run/bands.h"

namespace foramen {

struct StoredBands {
  int members = 0;
  std::vector<Band> compression;  ///< of L5–S1, per frame [N]
  /// Contact pressure per root, side and frame [mmHg].
  std::array<std::array<std::vector<Band>, kSides.size()>, kRoots.size()> pressure;
};

/// Reads levels.csv and roots.csv of a run of `frames` frames; nothing where the run had no ensemble or other frames.
/// Throws InputError for broken tables.
[[nodiscard]] std::optional<StoredBands> read_stored_bands(const std::filesystem::path& folder, std::size_t frames);

}  // namespace foramen
