#pragma once

/// Long work with a progress line and Ctrl-C.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "sim/app/commands.h"
#include "sim/run/simulate.h"

namespace foramen {

/// While it lives: shows how far `progress()` is, with rate and time left, on standard error if that is a terminal;
/// Ctrl-C or SIGTERM cancels it.
class Watch {
 public:
  Watch(std::string label, std::string unit, const Globals& globals);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  [[nodiscard]] Progress& progress() { return progress_; }
  /// Whether Ctrl-C or SIGTERM came.
  [[nodiscard]] bool interrupted() const { return progress_.cancelled(); }

 private:
  void show(double elapsed) const;

  Progress progress_;
  std::string label_, unit_;
  bool show_;
  std::atomic<bool> finished_ = false;
  std::thread thread_;
};

/// Simulates under a watch: an interrupt keeps the frames that are finished and marks the result as interrupted.
[[nodiscard]] Result watched_run(const Scenario& scenario, int threads, const std::string& label,
                                 const Globals& globals);

/// Turns "KEY=VALUE" into an Override. Throws InputError.
[[nodiscard]] std::vector<Override> parse_overrides(const std::vector<std::string>& settings);

/// A duration for people: "8 s", "3 min", "2.4 h".
[[nodiscard]] std::string duration_text(double seconds);

}  // namespace foramen
