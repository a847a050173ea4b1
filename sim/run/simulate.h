#pragma once

/// The main path: a scenario becomes frames.

#include <filesystem>
#include <memory>
#include <vector>

#include "sim/base/progress.h"
#include "sim/nerve/nerve.h"
#include "sim/run/frame.h"

namespace foramen {

struct RunOptions {
  std::filesystem::path data;          ///< empty: data_directory()
  int threads = 1;
  Progress* progress = nullptr;        ///< may be null
};

/// A subject with the models of its spine and nerves: what solve_frame needs besides the motion.
struct Person {
  std::shared_ptr<const Subject> subject;
  SpineModel spine;
  NerveModel nerve;
};

[[nodiscard]] Person make_person(const SubjectDescription& description, const std::filesystem::path& data);

/// A pure function: the same person, motion and time give the same bits on any thread.
[[nodiscard]] Frame solve_frame(const Person& person, const Motion& motion, double time);

struct Result {
  Scenario scenario;
  std::shared_ptr<const Subject> subject;
  std::vector<Frame> frames;           ///< in time order
  bool interrupted = false;            ///< cancelled: frames end early
};

/// Frames at scenario.solver.rate_hz from the first to the last keyframe (one frame for one keyframe).
[[nodiscard]] Result simulate(const Scenario& scenario, const RunOptions& options);

}  // namespace foramen
