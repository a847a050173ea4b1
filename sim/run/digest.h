#pragma once

/// Fingerprints that tell whether two runs read the same scenario and tables (FNV-1a, 64 bit; not for security).

#include <filesystem>
#include <string>
#include <string_view>

namespace foramen {

[[nodiscard]] std::string digest_of(std::string_view text);

/// Of the names and contents of every file below `folder`, in name order.
[[nodiscard]] std::string digest_of_folder(const std::filesystem::path& folder);

}  // namespace foramen
