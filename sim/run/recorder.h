#pragma once

/// Writes the result directory of interface.md: scenario.toml, summary.json, tidy CSV tables, motion.mot, loads.sto,
/// result.h5, and frames.bin for pages about it.

#include <filesystem>
#include <string>

#include "sim/run/bands.h"
#include "sim/run/summary.h"

namespace foramen {

/// What a result directory can hold beside the run itself.
struct Extras {
  const Bands* bands = nullptr;  ///< of an ensemble: columns of the tables, entries of the summary, arrays of result.h5
  bool vtk = false;              ///< a series for ParaView in vtk/
  int threads = 1;
  std::string explanation = {};  ///< content of explanation.json; empty: no such file
};

/// Writes everything into a folder beside `directory` and puts it in place when whole. Replaces `directory` only if it
/// is empty or holds a Foramen result; otherwise throws InputError. I/O failures throw
/// std::filesystem::filesystem_error or std::runtime_error with the file.
void write_result(const Result& result, const Summary& summary, const std::filesystem::path& directory,
                  const Extras& extras = {});

/// Whether write_result may put its result there: it does not exist, is empty, or holds a Foramen result.
[[nodiscard]] bool may_replace(const std::filesystem::path& directory);

/// The content of summary.json.
[[nodiscard]] std::string summary_json(const Result& result, const Summary& summary, const Bands* bands = nullptr);

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
