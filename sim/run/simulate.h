#pragma once

/// The main path: a scenario becomes frames.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sim/anatomy/tables.h"
#include "sim/base/parallel.h"
#include "sim/base/progress.h"
#include "sim/nerve/nerve.h"
#include "sim/run/frame.h"

namespace foramen {

/// A subject with the models of its spine and nerves: what solve_frame needs besides the motion.
struct Person {
  std::shared_ptr<const Subject> subject;
  SpineModel spine;
  NerveModel nerve;
};

/// The tables and postures of data/, read once for any number of people.
struct Library {
  std::shared_ptr<const AnatomyTables> anatomy;
  PostureLibrary postures;
  std::string digest;  ///< of the folder's content
};

/// Throws InputError.
[[nodiscard]] Library load_library(const std::filesystem::path& data);

/// Throws InputError.
[[nodiscard]] Person make_person(const SubjectDescription& description, const AnatomyTables& anatomy,
                                 const SolverOptions& solver = {});

/// Reads the tables of `data` and builds one person. Throws InputError.
[[nodiscard]] Person make_person(const SubjectDescription& description, const std::filesystem::path& data);

/// The person of a scenario, after its history. Throws InputError.
[[nodiscard]] Person make_person(const Scenario& scenario, const Library& library);

/// The instant of a motion whose supports carry the body so that the muscles of this spine have least to do.
[[nodiscard]] Instant supported(const SpineModel& spine, const Motion& motion, double time);

/// What an instant asks of the spine, and what its muscles and tissues do: a frame without nerves.
[[nodiscard]] Frame solve_loads(const Person& person, Instant instant);

/// A pure function: the same person, motion and time give the same bits on any thread.
[[nodiscard]] Frame solve_frame(const Person& person, const Motion& motion, double time);

struct RunOptions {
  std::filesystem::path data;  ///< empty: data_directory()
  int threads = 1;
  Progress* progress = nullptr;  ///< may be null; cancelling keeps the frames before the first unfinished one
};

struct Result {
  Scenario scenario;
  std::string data_digest;  ///< of the tables and postures that were read
  std::shared_ptr<const Subject> subject;
  std::vector<Frame> frames;  ///< in time order
  bool interrupted = false;
  std::vector<std::string> warnings = {};  ///< of the motion: columns and samples a file lacks
};

/// Instants at `rate_hz` from start to end, both included, evenly spaced; one instant when they are equal [s].
[[nodiscard]] std::vector<double> frame_times(double start, double end, double rate_hz);

/// Frames from the first to the last keyframe at the scenario's rate. Throws InputError.
[[nodiscard]] Result simulate(const Scenario& scenario, const RunOptions& options);

/// The same with tables that are read already, its frames shared out by `split`.
[[nodiscard]] Result simulate(const Scenario& scenario, const Library& library, const Split& split);

}  // namespace foramen
