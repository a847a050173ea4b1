#pragma once

/// The only place that starts threads for computing.

#include <cstddef>
#include <functional>

namespace foramen {

/// Number of processors this process may use, at least 1: its affinity, and what Slurm allotted to its task
/// (SLURM_CPUS_PER_TASK) if that is less.
[[nodiscard]] int available_threads();

/// Calls `body(i)` for i in [0, n) on up to `threads` threads, handing out `grain` indices at a time. Which thread runs
/// an index is not defined, so `body` must depend on i alone; then results are the same for any thread count. The
/// exception of the smallest failing index is rethrown after the loop.
void parallel_for(std::size_t n, std::size_t grain, int threads, const std::function<void(std::size_t)>& body);

/// Runs `part(k)` for k in [0, parts), with the help of threads that have nothing else to do.
using Split = std::function<void(std::size_t parts, const std::function<void(std::size_t)>& part)>;

/// As parallel_for, for work that has parts of its own: `body(i, split)` may call `split` to share them, so that a few
/// long items keep every thread busy. Exceptions of a part reach the body that split it.
void parallel_nested(std::size_t n, int threads, const std::function<void(std::size_t, const Split&)>& body);

}  // namespace foramen
