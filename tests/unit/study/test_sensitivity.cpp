// Indices against a function whose indices are known.

#include "sim/study/sensitivity.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "sim/study/design.h"

namespace foramen {
namespace {

/// Ishigami and Homma 1990 with a = 7, b = 0.1; x uniform in (−π, π).
double ishigami(const std::vector<FactorValue>& x) {
  const double x1 = std::get<double>(x[0]), x2 = std::get<double>(x[1]), x3 = std::get<double>(x[2]);
  return std::sin(x1) + 7 * std::sin(x2) * std::sin(x2) + 0.1 * std::pow(x3, 4) * std::sin(x1);
}

std::vector<SaltelliBlock> blocks_of(double (*f)(const std::vector<FactorValue>&), std::uint64_t n) {
  StudyDescription study;
  study.bases = {"base.toml"};
  study.runs = n;
  Distribution d;
  d.kind = Distribution::Kind::Uniform;
  d.min = -std::numbers::pi;
  d.max = std::numbers::pi;
  for (const char* key : {"x1", "x2", "x3"}) study.factors.push_back({key, d, 0, 0});
  const Design design(study, DesignKind::Saltelli);
  std::vector<SaltelliBlock> blocks(n, SaltelliBlock(5));
  for (std::uint64_t run = 1; run <= design.runs(); ++run) blocks[(run - 1) / 5][(run - 1) % 5] = f(design.row(run).values);
  return blocks;
}

TEST(Sensitivity, IndicesOfTheIshigamiFunction) {
  const auto indices = sobol_indices(blocks_of(ishigami, 4096), 1, 100);
  const double pi4 = std::pow(std::numbers::pi, 4), a = 7, b = 0.1;
  const double v1 = 0.5 * std::pow(1 + b * pi4 / 5, 2), v2 = a * a / 8, v13 = b * b * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double v = v1 + v2 + v13;
  EXPECT_NEAR(indices[0].first.value, v1 / v, 0.02);
  EXPECT_NEAR(indices[1].first.value, v2 / v, 0.02);
  EXPECT_NEAR(indices[2].first.value, 0, 0.02);
  EXPECT_NEAR(indices[0].total.value, (v1 + v13) / v, 0.02);
  EXPECT_NEAR(indices[1].total.value, v2 / v, 0.02);
  EXPECT_NEAR(indices[2].total.value, v13 / v, 0.02);
  for (const SobolIndex& index : indices) {
    EXPECT_LE(index.first.lo, index.first.value);
    EXPECT_GE(index.first.hi, index.first.value);
    EXPECT_LE(index.total.lo, index.total.value);
    EXPECT_GE(index.total.hi, index.total.value);
  }
}

TEST(Sensitivity, IntervalsNarrowWithTheSample) {
  const auto few = sobol_indices(blocks_of(ishigami, 256), 1, 200), many = sobol_indices(blocks_of(ishigami, 4096), 1, 200);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_LT(many[i].total.hi - many[i].total.lo, few[i].total.hi - few[i].total.lo);
}

TEST(Sensitivity, AConstantHasNoIndices) {
  for (const SobolIndex& index : sobol_indices(std::vector<SaltelliBlock>(8, SaltelliBlock(4, 2.5)), 1, 10)) {
    EXPECT_EQ(index.first.value, 0);
    EXPECT_EQ(index.total.value, 0);
  }
}

TEST(Sensitivity, BrokenBlocksAreRefused) {
  EXPECT_THROW(static_cast<void>(sobol_indices({}, 1)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(sobol_indices({{1, 2}}, 1)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(sobol_indices({{1, 2, 3}, {1, 2, 3, 4}}, 1)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(sobol_indices({{1, std::nan(""), 3}}, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace foramen
