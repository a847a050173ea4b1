#pragma once

/// The laboratory tests of a [bench] scenario: pure moments in six directions, compression and shear, on the intact
/// specimen and after each dissection.

#include <filesystem>
#include <string>
#include <vector>

#include "sim/spine/test_bench.h"

namespace foramen {

struct BenchPoint {
  double load = 0;  ///< [N·m] or [N]
  BenchState state;
};

/// One test up to the largest load, from 0.
struct BenchTest {
  std::string dissection;  ///< "intact", or what was taken last
  std::string loading;     ///< "flexion", "extension", "right bend", …, "compression", "anterior shear"
  std::string unit;        ///< of the load
  std::vector<BenchPoint> points;

  /// What the test measures at a point: the rotation in its direction [deg], or the displacement [mm].
  [[nodiscard]] double answer(std::size_t point) const;
};

/// Throws InputError where the scenario has no [bench].
[[nodiscard]] std::vector<BenchTest> run_bench(const Scenario& scenario, const std::filesystem::path& data);

/// Tidy table: a row per test, load and level.
[[nodiscard]] std::string bench_csv(const std::vector<BenchTest>& tests);

/// Largest answer of every test.
[[nodiscard]] std::string bench_json(const Scenario& scenario, const std::vector<BenchTest>& tests);

}  // namespace foramen
