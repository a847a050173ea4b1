#include "sim/app/watched_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <thread>

#include "sim/base/error.h"

namespace foramen {

namespace {

volatile std::sig_atomic_t interrupt_wanted = 0;
void on_interrupt(int) {
  interrupt_wanted = 1;
}

using Clock = std::chrono::steady_clock;

/// Prints how far a run is until told to stop; passes an interrupt on to the run.
void watch(Progress& progress, const std::atomic<bool>& finished, const std::string& label, bool show) {
  const auto start = Clock::now();
  while (!finished) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (interrupt_wanted) progress.cancel();
    const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    if (!show || elapsed < 0.5 || progress.done() == 0) continue;
    const double left =
        elapsed * static_cast<double>(progress.total() - progress.done()) / static_cast<double>(progress.done());
    fmt::print(stderr, "\r{}: {} of {} frames, {:.0f} s left   ", label, progress.done(), progress.total(), left);
    std::fflush(stderr);
  }
  if (show) fmt::print(stderr, "\r{:70}\r", "");
}

}  // namespace

Result watched_run(const Scenario& scenario, int threads, const std::string& label, const Globals& globals) {
  interrupt_wanted = 0;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  Progress progress;
  std::atomic<bool> finished = false;
  std::thread watcher(watch, std::ref(progress), std::cref(finished), label,
                      !globals.quiet && isatty(STDERR_FILENO) != 0);
  RunOptions options;
  options.threads = threads;
  options.progress = &progress;
  try {
    Result result = simulate(scenario, options);
    finished = true;
    watcher.join();
    return result;
  } catch (...) {
    finished = true;
    watcher.join();
    throw;
  }
}

std::vector<Override> parse_overrides(const std::vector<std::string>& settings) {
  std::vector<Override> overrides;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw InputError(
          InputProblem{.file = "--set", .key = setting, .message = "must read KEY=VALUE, e.g. subject.mass_kg=80"});
    }
    overrides.push_back({setting.substr(0, equals), setting.substr(equals + 1)});
  }
  return overrides;
}

}  // namespace foramen
