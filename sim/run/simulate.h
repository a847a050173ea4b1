#pragma once

/// The main path: a scenario becomes frames.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

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

/// Reads the tables of `data` and builds one person. Throws InputError.
[[nodiscard]] Person make_person(const SubjectDescription& description, const std::filesystem::path& data);

/// The person of a scenario, after its history. Throws InputError.
[[nodiscard]] Person make_person(const Scenario& scenario, const PostureLibrary& postures,
                                 const std::filesystem::path& data);

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
};

/// Instants at `rate_hz` from start to end, both included, evenly spaced; one instant when they are equal [s].
[[nodiscard]] std::vector<double> frame_times(double start, double end, double rate_hz);

/// Frames from the first to the last keyframe at the scenario's rate. Throws InputError.
[[nodiscard]] Result simulate(const Scenario& scenario, const RunOptions& options);

}  // namespace foramen
