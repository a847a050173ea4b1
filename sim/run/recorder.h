#pragma once

/// Writes the result directory of interface.md: scenario.toml, summary.json, tidy CSV tables, motion.mot, loads.sto, result.h5.

#include <filesystem>
#include <string>

#include "sim/run/summary.h"

namespace foramen {

/// Writes everything into a folder beside `directory` and puts it in place when whole. Replaces `directory` only if it
/// is empty or holds a Foramen result; otherwise throws InputError. I/O failures throw
/// std::filesystem::filesystem_error or std::runtime_error with the file.
void write_result(const Result& result, const Summary& summary, const std::filesystem::path& directory);

/// Whether write_result may put its result there: it does not exist, is empty, or holds a Foramen result.
[[nodiscard]] bool may_replace(const std::filesystem::path& directory);

/// The content of summary.json.
[[nodiscard]] std::string summary_json(const Result& result, const Summary& summary);

/// A folder that appears under its final name only when whole: write into `path()`, then call `commit()`. Without
/// commit it is removed.
class StagedDirectory {
 public:
  explicit StagedDirectory(std::filesystem::path target);
  ~StagedDirectory();
  StagedDirectory(const StagedDirectory&) = delete;
  StagedDirectory& operator=(const StagedDirectory&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return staging_; }
  void commit();

 private:
  std::filesystem::path target_, staging_;
};

/// Writes `content`; throws std::runtime_error with the file name if the disk does not take it.
void write_file(const std::filesystem::path& file, const std::string& content);

}  // namespace foramen
