#pragma once

/// Where a study lives: `study.sqlite` in its folder (SQLite; tables below), written by one process at a time, each
/// transaction whole or not at all.
///
///   study(key, value)                 program, version, schema, digests, seed, number of runs, shard, the study's text
///   base(name, text)                  the scenario files as they were
///   factor(name, position, key)      column of run for each factor
///   quantity(name, position, unit)   column of run for each kept quantity
///   run(run, status, …)               a row per finished run: factors, then quantities; NULL where there is no number
///   warning(run, text)                what the run complained of

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/scenario/study.h"

namespace foramen {

/// How a run ended.
///   ok                 every frame converged
///   strength_exceeded  some frame needs more than the subject's strength
///   not_converged      some frames did not converge; the quantities are those of the others
///   invalid            the sampled values make no valid scenario
///   failed             the run could not be made for another reason
enum class RunStatus { Ok, StrengthExceeded, NotConverged, Invalid, Failed };
[[nodiscard]] std::string_view name(RunStatus status);

/// One finished run.
struct StudyRun {
  std::uint64_t run = 0;
  RunStatus status = RunStatus::Ok;
  std::vector<FactorValue> factors;  ///< as the columns
  std::vector<double> quantities;    ///< as the columns; NaN where there is no number
  std::vector<std::string> warnings;
};

/// What a store is of. Two stores with the same plan hold the same runs.
struct StudyPlan {
  std::map<std::string, std::string> facts;  ///< of the table study
  std::vector<std::pair<std::string, std::string>> bases;       ///< name, text
  std::vector<std::string> factors;                             ///< column names
  std::vector<std::pair<std::string, std::string>> quantities;  ///< column name, unit
  std::uint64_t runs = 0;
  std::uint64_t shard = 1, shards = 1;

  /// Whether run `run` is this shard's: the persons are dealt out in turn.
  [[nodiscard]] bool has(std::uint64_t run, std::uint64_t arms) const { return ((run - 1) / arms) % shards == shard - 1; }
};

/// Names the first difference between two plans ("seed: 7 here, 8 there"); empty when they are of one study. Shards
/// count only if `shards_too`.
[[nodiscard]] std::string difference(const StudyPlan& here, const StudyPlan& there, bool shards_too);

class StudyStore {
 public:
  /// Makes the folder and its store, or opens the one that is there to go on with it. Throws InputError when another
  /// study or a damaged store is there or another process writes it; std::runtime_error when the disk refuses.
  StudyStore(const std::filesystem::path& folder, const StudyPlan& plan);
  /// Opens a store to read. Throws InputError where there is none.
  explicit StudyStore(const std::filesystem::path& folder);
  ~StudyStore();
  StudyStore(StudyStore&&) noexcept;

  [[nodiscard]] const StudyPlan& plan() const;
  /// Whether each run is done, by number (index 0 unused).
  [[nodiscard]] std::vector<bool> done() const;
  /// Writes runs in one transaction: after return they are on disk. Throws std::runtime_error (disk full, …).
  void add(const std::vector<StudyRun>& runs);
  /// Calls `visit` for every run in order.
  template <class Visit>
  void each(Visit visit) const {
    for (Reader reader(*this); reader.next();) visit(reader.run());
  }

  class Reader {
   public:
    explicit Reader(const StudyStore& store);
    ~Reader();
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    [[nodiscard]] bool next();
    [[nodiscard]] const StudyRun& run() const;

   private:
    struct Content;
    std::unique_ptr<Content> content_;
  };

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace foramen
