#pragma once

/// Runs a study: samples, solves, stores; goes on where it was stopped.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/parallel.h"
#include "sim/base/progress.h"
#include "sim/run/simulate.h"
#include "sim/study/design.h"
#include "sim/study/store.h"

namespace foramen {

/// A study with everything that its runs share.
class Study {
 public:
  /// Reads tables and base files and tries the factors on them: keys that do not exist, values out of range and unknown
  /// postures are found before the first run. Throws InputError.
  Study(StudyDescription description, DesignKind kind, const std::filesystem::path& data);
  ~Study();

  [[nodiscard]] const StudyDescription& description() const;
  [[nodiscard]] const Design& design() const;
  /// Runs whose sampled values follow each other as one person: the number of bases, or of Saltelli's arms.
  [[nodiscard]] std::uint64_t arms() const;
  [[nodiscard]] StudyPlan plan(std::uint64_t shard = 1, std::uint64_t shards = 1) const;

  /// The scenario of a run. Throws InputError when its values make none.
  [[nodiscard]] Scenario scenario(const Design::Row& row) const;
  /// Solves one run; its frames are shared out by `split`. `result`, if given, receives the frames.
  [[nodiscard]] StudyRun solve(std::uint64_t run, const Split& split, Result* result = nullptr) const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

struct StudyOptions {
  int threads = 1;
  std::uint64_t shard = 1, shards = 1;
  Progress* progress = nullptr;  ///< counts runs; cancelling finishes what is under way
};

struct StudyOutcome {
  std::uint64_t planned = 0;  ///< runs of this shard
  std::uint64_t done = 0;     ///< of them in the store
  std::uint64_t before = 0;   ///< of them there already when this started
  std::vector<std::uint64_t> by_status;  ///< in the order of RunStatus
};

/// Solves the runs that `folder` does not hold yet and adds them to its store; then writes study.csv (and frames.h5).
/// Interrupted: what is finished is kept. Throws InputError or std::runtime_error as StudyStore.
[[nodiscard]] StudyOutcome run_study(const Study& study, const std::filesystem::path& folder,
                                     const StudyOptions& options);

/// Joins the shards of one study into `folder`: their runs, study.csv and frames. Throws InputError naming what differs
/// when they are of different studies, versions or data.
[[nodiscard]] StudyOutcome merge_studies(const std::vector<std::filesystem::path>& shards,
                                         const std::filesystem::path& folder);

/// The table of a study: run, status, factors, kept quantities; empty cells where there is no number. Written whole or
/// not at all.
void write_study_csv(const StudyStore& store, const std::filesystem::path& file);

}  // namespace foramen
