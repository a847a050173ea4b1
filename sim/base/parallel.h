#pragma once

/// The only place that starts threads for computing.

#include <cstddef>
#include <functional>

namespace foramen {

/// Number of processors this process may use (its affinity), at least 1.
[[nodiscard]] int available_threads();

/// Calls `body(i)` for i in [0, n) on up to `threads` threads, handing out `grain` indices at a time. Which thread runs
/// an index is not defined, so `body` must depend on i alone; then results are the same for any thread count. The
/// exception of the smallest failing index is rethrown after the loop.
void parallel_for(std::size_t n, std::size_t grain, int threads, const std::function<void(std::size_t)>& body);

}  // namespace foramen
