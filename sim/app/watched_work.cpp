#include "sim/app/watched_work.h"

#include <fmt/format.h>
#include <unistd.h>

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

}  // namespace

std::string duration_text(double seconds) {
  if (seconds < 90) return fmt::format("{:.0f} s", seconds);
  if (seconds < 90 * 60) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

Watch::Watch(std::string label, std::string unit, const Globals& globals)
    : label_(std::move(label)), unit_(std::move(unit)), show_(!globals.quiet && isatty(STDERR_FILENO) != 0) {
  interrupt_wanted = 0;
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  // Started last: it uses all of the rest.
  thread_ = std::thread([this, start = Clock::now()] {
    while (!finished_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      if (interrupt_wanted) progress_.cancel();
      const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
      if (show_ && elapsed >= 0.5 && progress_.done() > 0) show(elapsed);
    }
    if (show_) fmt::print(stderr, "\r{:79}\r", "");
  });
}

Watch::~Watch() {
  finished_ = true;
  thread_.join();
}

void Watch::show(double elapsed) const {
  const auto done = static_cast<double>(progress_.done()), total = static_cast<double>(progress_.total());
  const std::string failed = progress_.failed() > 0 ? fmt::format(", {} failed", progress_.failed()) : "";
  const std::string line = fmt::format("{}: {} of {} {}{}, {:.0f} per s, {} left", label_, done, total, unit_, failed,
                                       done / elapsed, duration_text(elapsed * (total - done) / done));
  fmt::print(stderr, "\r{:79}", line);
  std::fflush(stderr);
}

Result watched_run(const Scenario& scenario, int threads, const std::string& label, const Globals& globals) {
  Watch watch(label, "frames", globals);
  RunOptions options;
  options.threads = threads;
  options.progress = &watch.progress();
  return simulate(scenario, options);
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
