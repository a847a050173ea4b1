#include "sim/base/parallel.h"

#include <omp.h>

#include <algorithm>
#include <exception>
#include <mutex>

namespace foramen {

int available_threads() { return std::max(1, omp_get_num_procs()); }

void parallel_for(std::size_t n, std::size_t grain, int threads, const std::function<void(std::size_t)>& body) {
  std::exception_ptr error;
  std::size_t error_index = n;
  std::mutex error_mutex;
  const auto chunk = static_cast<long>(std::max<std::size_t>(1, grain));
  const auto count = static_cast<long>(n);
#pragma omp parallel for schedule(dynamic, chunk) num_threads(std::max(1, threads))
  for (long i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    try {
      body(at);
    } catch (...) {
      const std::scoped_lock lock(error_mutex);
      if (at < error_index) {
        error_index = at;
        error = std::current_exception();
      }
    }
  }
  if (error) std::rethrow_exception(error);
}

}  // namespace foramen
