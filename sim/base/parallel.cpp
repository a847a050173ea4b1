#include "sim/base/parallel.h"

#include <omp.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <mutex>

namespace foramen {

namespace {

/// Keeps the exception of the smallest index.
class FirstError {
 public:
  template <class Work>
  void guard(std::size_t i, Work work) {
    try {
      work();
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!error_ || i < index_) {
        index_ = i;
        error_ = std::current_exception();
      }
    }
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::size_t index_ = 0;
  std::exception_ptr error_;
};

/// Shares parts as tasks of the team that is running.
void split_into_tasks(std::size_t parts, const std::function<void(std::size_t)>& part) {
  FirstError error;
#pragma omp taskloop grainsize(1) default(none) shared(error, part) firstprivate(parts)
  for (std::size_t k = 0; k < parts; ++k) {
    const std::size_t at = k;  // the loop's own variable cannot be captured
    error.guard(at, [&] { part(at); });
  }
  error.rethrow();
}

}  // namespace

int available_threads() {
  int threads = std::max(1, omp_get_num_procs());
  if (const char* allotted = std::getenv("SLURM_CPUS_PER_TASK")) {
    const int cpus = std::atoi(allotted);
    if (cpus > 0) threads = std::min(threads, cpus);
  }
  return threads;
}

void parallel_for(std::size_t n, std::size_t grain, int threads, const std::function<void(std::size_t)>& body) {
  FirstError error;
  const auto chunk = static_cast<long>(std::max<std::size_t>(1, grain));
  const auto count = static_cast<long>(n);
#pragma omp parallel for schedule(dynamic, chunk) num_threads(std::max(1, threads))
  for (long i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    error.guard(at, [&] { body(at); });
  }
  error.rethrow();
}

void parallel_nested(std::size_t n, int threads, const std::function<void(std::size_t, const Split&)>& body) {
  FirstError error;
  const Split split = split_into_tasks;
  const auto count = static_cast<long>(n);
  // The items are taken in order by a loop of the whole team; whoever finds none left helps with the parts of others
  // at the loop's closing barrier.
#pragma omp parallel for schedule(dynamic, 1) num_threads(std::max(1, threads))
  for (long i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    error.guard(at, [&] { body(at, split); });
  }
  error.rethrow();
}

}  // namespace foramen
