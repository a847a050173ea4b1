#include <fmt/format.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "sim/base/error.h"
#include "sim/run/recorder.h"
#include "sim/run/tables.h"
#include "sim/study/frames_file.h"
#include "sim/study/study.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// Takes finished runs from the solving threads and commits them while those go on: whatever has come in during one
/// commit makes the next, so a slow disk costs larger transactions, not time.
class RunWriter {
 public:
  RunWriter(StudyStore& store, Progress& progress) : store_(store), progress_(progress), thread_([this] { write(); }) {}
  ~RunWriter() {
    if (thread_.joinable()) stop();
  }
  RunWriter(const RunWriter&) = delete;
  RunWriter& operator=(const RunWriter&) = delete;

  void push(StudyRun run) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [this] { return waiting_.size() < kMostWaiting || error_; });
    waiting_.push_back(std::move(run));
    news_.notify_one();
  }

  /// Waits until everything is on disk. Throws what the store threw.
  void finish() {
    stop();
    if (error_) std::rethrow_exception(error_);
  }

 private:
  /// Bounds the memory when the disk is slower than the solver.
  static constexpr std::size_t kMostWaiting = 256;

  void stop() {
    {
      const std::scoped_lock lock(mutex_);
      last_ = true;
      news_.notify_one();
    }
    thread_.join();
  }

  void write() {
    while (true) {
      std::vector<StudyRun> batch;
      {
        std::unique_lock lock(mutex_);
        news_.wait(lock, [this] { return !waiting_.empty() || last_; });
        if (waiting_.empty() || error_) return;
        batch.swap(waiting_);
        room_.notify_all();
      }
      try {
        store_.add(batch);
      } catch (...) {
        const std::scoped_lock lock(mutex_);
        error_ = std::current_exception();
        progress_.cancel();
        room_.notify_all();
        return;
      }
    }
  }

  StudyStore& store_;
  Progress& progress_;
  std::mutex mutex_;
  std::condition_variable news_, room_;
  std::vector<StudyRun> waiting_;
  bool last_ = false;
  std::exception_ptr error_;
  std::thread thread_;  // last: starts when the rest is there
};

StudyOutcome outcome_of(const StudyStore& store, std::uint64_t planned, std::uint64_t before) {
  StudyOutcome outcome{planned, 0, before, std::vector<std::uint64_t>(5, 0)};
  store.each([&](const StudyRun& run) {
    ++outcome.done;
    ++outcome.by_status[static_cast<std::size_t>(run.status)];
  });
  return outcome;
}

std::string cell(const FactorValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? csv_cell(*text) : number_text(std::get<double>(value));
}

}  // namespace

StudyOutcome run_study(const Study& study, const fs::path& folder, const StudyOptions& options) {
  const StudyPlan plan = study.plan(options.shard, options.shards);
  StudyStore store(folder, plan);
  std::vector<std::uint64_t> missing;
  std::uint64_t planned = 0;
  const std::vector<bool> done = store.done();
  for (std::uint64_t run = 1; run <= plan.runs; ++run) {
    if (!plan.has(run, study.arms())) continue;
    ++planned;
    if (!done[run]) missing.push_back(run);
  }
  Progress unwatched;
  Progress& progress = options.progress ? *options.progress : unwatched;
  progress.start(missing.size());
  const bool frames = study.description().frames;
  if (frames) fs::create_directories(frame_parts(folder));
  RunWriter writer(store, progress);
  parallel_nested(missing.size(), options.threads, [&](std::size_t i, const Split& split) {
    if (progress.cancelled()) return;
    Result result;
    StudyRun run = study.solve(missing[i], split, frames ? &result : nullptr);
    if (frames && !result.frames.empty()) write_frames_part(folder, run.run, result);
    if (run.status == RunStatus::Invalid || run.status == RunStatus::Failed) progress.fail();
    writer.push(std::move(run));
    progress.advance();
  });
  writer.finish();
  if (frames) join_frames({folder}, folder);
  write_study_csv(store, folder / "study.csv");
  return outcome_of(store, planned, planned - missing.size());
}

StudyOutcome merge_studies(const std::vector<fs::path>& shards, const fs::path& folder) {
  if (shards.empty()) throw std::invalid_argument("no shards to merge");
  StudyPlan plan = StudyStore(shards.front()).plan();
  for (const fs::path& shard : shards) {
    const std::string differs = difference(plan, StudyStore(shard).plan(), false);
    if (differs.empty()) continue;
    throw InputError(InputProblem{.file = shard.string(),
                                  .message = fmt::format("is of another study than {}: {} (\"here\" is {})",
                                                         shards.front().string(), differs, shards.front().string())});
  }
  plan.shard = plan.shards = 1;
  StudyStore whole(folder, plan);
  std::vector<bool> done = whole.done();
  constexpr std::size_t kBatch = 256;
  std::vector<StudyRun> batch;
  const auto flush = [&] {
    whole.add(batch);
    batch.clear();
  };
  for (const fs::path& shard : shards) {
    StudyStore(shard).each([&](const StudyRun& run) {
      if (done.at(run.run)) return;
      done[run.run] = true;
      batch.push_back(run);
      if (batch.size() == kBatch) flush();
    });
  }
  flush();
  join_frames(shards, folder);
  write_study_csv(whole, folder / "study.csv");
  return outcome_of(whole, plan.runs, 0);
}

void write_study_csv(const StudyStore& store, const fs::path& file) {
  fs::path partial = file;
  partial.replace_filename("." + file.filename().string() + ".partial");
  {
    std::ofstream stream(partial, std::ios::binary);
    stream << "run,status";
    for (const std::string& factor : store.plan().factors) stream << ',' << csv_cell(factor);
    for (const auto& [path, unit] : store.plan().quantities) stream << ',' << path;
    stream << '\n';
    store.each([&](const StudyRun& run) {
      stream << run.run << ',' << name(run.status);
      for (const FactorValue& value : run.factors) stream << ',' << cell(value);
      for (const double value : run.quantities) stream << ',' << number_text(value);
      stream << '\n';
    });
    stream.close();
    if (!stream) {
      std::error_code ignored;
      fs::remove(partial, ignored);
      throw std::runtime_error(fmt::format("{}: could not be written (is the disk full?)", file.string()));
    }
  }
  fs::rename(partial, file);
}

}  // namespace foramen
