#include "sim/base/parallel.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace foramen {
namespace {

TEST(ParallelFor, VisitsEveryIndexOnce) {
  for (const int threads : {1, 2, 4}) {
    std::vector<int> visits(1001, 0);
    parallel_for(visits.size(), 7, threads, [&](std::size_t i) { ++visits[i]; });
    EXPECT_EQ(visits, std::vector<int>(1001, 1)) << threads;
  }
}

TEST(ParallelFor, RethrowsTheFirstFailureByIndex) {
  for (const int threads : {1, 2}) {
    try {
      parallel_for(100, 1, threads, [](std::size_t i) {
        if (i == 13 || i == 60) throw std::runtime_error(std::to_string(i));
      });
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "13");
    }
  }
}

TEST(ParallelFor, NothingToDo) {
  parallel_for(0, 1, 2, [](std::size_t) { FAIL(); });
  EXPECT_GE(available_threads(), 1);
}

}  // namespace
}  // namespace foramen
