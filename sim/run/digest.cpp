#include "sim/run/digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <vector>

namespace foramen {

namespace {

/// Fowler–Noll–Vo 1a constants for 64 bits (Fowler, Noll, Vo 1991).
constexpr std::uint64_t kOffset = 14695981039346656037ull;
constexpr std::uint64_t kPrime = 1099511628211ull;

std::uint64_t fold(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

}  // namespace

std::string digest_of(std::string_view text) {
  return fmt::format("{:016x}", fold(kOffset, text));
}

std::string digest_of_folder(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::uint64_t hash = kOffset;
  for (const auto& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(stream), {}};
    hash = fold(fold(hash, std::filesystem::relative(file, folder).generic_string()), content);
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace foramen
