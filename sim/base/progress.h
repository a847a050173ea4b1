#pragma once

/// Cancelling a long computation and watching how far it is, from another thread.

#include <atomic>
#include <cstddef>

namespace foramen {

class Progress {
 public:
  void start(std::size_t total) {
    total_ = total;
    done_ = 0;
    failed_ = 0;
  }
  void advance() { ++done_; }
  void fail() { ++failed_; }  ///< of those that are done
  void cancel() { cancelled_ = true; }

  [[nodiscard]] std::size_t done() const { return done_; }
  [[nodiscard]] std::size_t total() const { return total_; }
  [[nodiscard]] std::size_t failed() const { return failed_; }
  [[nodiscard]] bool cancelled() const { return cancelled_; }

 private:
  std::atomic<std::size_t> done_ = 0;
  std::atomic<std::size_t> total_ = 0;
  std::atomic<std::size_t> failed_ = 0;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace foramen
