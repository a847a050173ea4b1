// The runs of a study: even where they should be, correlated where asked, and the same whichever way they are drawn.

#include "sim/study/design.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "sim/base/error.h"
#include "sim/base/random.h"

namespace foramen {
namespace {

using Kind = Distribution::Kind;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Factor factor(const std::string& key, Distribution distribution) {
  return {key, std::move(distribution), 0, 0};
}
Distribution uniform(double min, double max) {
  Distribution d;
  d.kind = Kind::Uniform;
  d.min = min;
  d.max = max;
  return d;
}
Distribution normal(double mean, double sd, double min = -kInfinity, double max = kInfinity) {
  Distribution d;
  d.kind = Kind::Normal;
  d.mean = mean;
  d.sd = sd;
  d.min = min;
  d.max = max;
  return d;
}
Distribution values(std::vector<FactorValue> v, std::vector<double> weights) {
  Distribution d;
  d.values = std::move(v);
  d.weights = std::move(weights);
  return d;
}

StudyDescription study_of(std::vector<Factor> factors, Sampling sampling, std::uint64_t runs) {
  StudyDescription study;
  study.bases = {"base.toml"};
  study.factors = std::move(factors);
  study.sampling = sampling;
  study.runs = runs;
  study.seed = 5;
  return study;
}

std::vector<std::vector<double>> columns_of(const StudyDescription& study) {
  const Design design(study);
  std::vector<std::vector<double>> columns(study.factors.size());
  for (std::uint64_t run = 1; run <= design.runs(); ++run) {
    const Design::Row row = design.row(run);
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i].push_back(std::get<double>(row.values[i]));
  }
  return columns;
}

double mean(const std::vector<double>& v) {
  double sum = 0;
  for (const double x : v) sum += x;
  return sum / static_cast<double>(v.size());
}
double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  const double ma = mean(a), mb = mean(b);
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

TEST(Random, APermutationVisitsEveryPlaceOnce) {
  for (const std::uint64_t n : {1ull, 2ull, 7ull, 64ull, 1000ull}) {
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < n; ++i) seen.insert(permuted(i, n, 99));
    EXPECT_EQ(seen.size(), n);
    EXPECT_LT(*seen.rbegin(), n);
  }
}

TEST(Random, NumbersLieInsideTheOpenInterval) {
  EXPECT_GT(uniform_of(0), 0);
  EXPECT_LT(uniform_of(~0ull), 1);
}

TEST(Design, LatinHypercubeHitsEveryStratumOnce) {
  for (const auto& column : columns_of(study_of({factor("a", uniform(0, 1)), factor("b", uniform(0, 1))}, Sampling::Latin, 500))) {
    std::set<int> strata;
    for (const double u : column) strata.insert(static_cast<int>(u * 500));
    EXPECT_EQ(strata.size(), 500u);
  }
}

TEST(Design, RandomSamplingIsUniform) {
  const auto column = columns_of(study_of({factor("a", uniform(0, 1))}, Sampling::Random, 20000)).front();
  std::vector<int> bins(20, 0);
  for (const double u : column) ++bins.at(static_cast<std::size_t>(u * 20));
  double chi_square = 0;
  for (const int count : bins) chi_square += (count - 1000.0) * (count - 1000.0) / 1000.0;
  EXPECT_LT(chi_square, 43.8);  // 0.1 % point of 19 degrees of freedom
}

TEST(Design, ColumnsAreIndependentUnlessCorrelated) {
  for (const Sampling sampling : {Sampling::Random, Sampling::Latin, Sampling::Sobol}) {
    const auto columns = columns_of(study_of({factor("a", uniform(0, 1)), factor("b", uniform(0, 1))}, sampling, 4096));
    EXPECT_NEAR(correlation(columns[0], columns[1]), 0, 0.05);
  }
}

TEST(Design, NormalsHaveTheCorrelationAskedFor) {
  StudyDescription study = study_of({factor("a", normal(75, 12)), factor("x", uniform(0, 1)), factor("b", normal(1.7, 0.1))},
                                    Sampling::Sobol, 4096);
  study.correlation = {{"a", "b"}, {{1, 0.6}, {0.6, 1}}};
  const auto columns = columns_of(study);
  EXPECT_NEAR(correlation(columns[0], columns[2]), 0.6, 0.02);
  EXPECT_NEAR(correlation(columns[0], columns[1]), 0, 0.02);
  EXPECT_NEAR(mean(columns[0]), 75, 0.3);
}

TEST(Design, AnImpossibleCorrelationIsRefused) {
  StudyDescription study =
      study_of({factor("a", normal(0, 1)), factor("b", normal(0, 1)), factor("c", normal(0, 1))}, Sampling::Latin, 10);
  study.correlation = {{"a", "b", "c"}, {{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}};
  EXPECT_THROW(Design{study}, InputError);
}

// The shift is a bitwise one, so two points' difference by exclusive or is that of the plain sequence: in three
// dimensions it starts 0; 1/2 1/2 1/2; 3/4 1/4 1/4; 1/4 3/4 3/4; 3/8 3/8 5/8; 7/8 7/8 1/8 (Joe and Kuo 2008).
TEST(Design, SobolPointsAreTheKnownOnes) {
  const auto columns = columns_of(
      study_of({factor("a", uniform(0, 1)), factor("b", uniform(0, 1)), factor("c", uniform(0, 1))}, Sampling::Sobol, 8));
  const double known[6][3] = {{0, 0, 0},          {0.5, 0.5, 0.5},       {0.75, 0.25, 0.25},
                              {0.25, 0.75, 0.75}, {0.375, 0.375, 0.625}, {0.875, 0.875, 0.125}};
  const auto digits = [](double u) { return static_cast<std::uint64_t>(std::floor(u * 0x1p52)); };
  for (std::size_t d = 0; d < 3; ++d) {
    for (std::size_t i = 0; i < 6; ++i)
      EXPECT_EQ(static_cast<double>(digits(columns[d][i]) ^ digits(columns[d][0])) * 0x1p-52, known[i][d]) << i << d;
  }
}

TEST(Design, SobolFillsEveryElementaryBox) {
  const auto columns = columns_of(study_of({factor("a", uniform(0, 1)), factor("b", uniform(0, 1))}, Sampling::Sobol, 256));
  for (const int across : {1, 2, 4, 8, 16}) {
    std::set<std::pair<int, int>> boxes;
    for (std::size_t i = 0; i < 256; ++i)
      boxes.emplace(static_cast<int>(columns[0][i] * across), static_cast<int>(columns[1][i] * 16));
    EXPECT_EQ(boxes.size(), static_cast<std::size_t>(across) * 16) << across;
  }
}

TEST(Design, TruncatedNormalStaysInsideAndKeepsItsShape) {
  const Distribution d = normal(75, 12, 45, 90);
  for (const double u : {1e-12, 0.1, 0.5, 0.9, 1 - 1e-12}) {
    const double x = std::get<double>(quantile(d, u));
    EXPECT_GE(x, 45);
    EXPECT_LE(x, 90);
    // Its distribution function is that of the normal, scaled to the interval.
    const boost::math::normal whole(75, 12);
    const double share = (cdf(whole, x) - cdf(whole, 45.0)) / (cdf(whole, 90.0) - cdf(whole, 45.0));
    EXPECT_NEAR(share, u, 1e-9);
  }
}

TEST(Design, LognormalHasItsMeanAndDeviation) {
  Distribution d = normal(2, 0.5, 0);
  d.kind = Kind::Lognormal;
  const auto column = columns_of(study_of({factor("a", d)}, Sampling::Sobol, 8192)).front();
  double squares = 0;
  for (const double x : column) squares += (x - 2) * (x - 2);
  EXPECT_NEAR(mean(column), 2, 0.005);
  EXPECT_NEAR(std::sqrt(squares / 8192), 0.5, 0.01);
}

TEST(Design, ChoicesComeWithTheirWeights) {
  const auto study = study_of({factor("a", values({1.0, 2.0, 3.0}, {0.5, 0.3, 0.2}))}, Sampling::Latin, 1000);
  const auto column = columns_of(study).front();
  EXPECT_EQ(std::count(column.begin(), column.end(), 1.0), 500);
  EXPECT_EQ(std::count(column.begin(), column.end(), 2.0), 300);
  EXPECT_EQ(std::count(column.begin(), column.end(), 3.0), 200);
}

TEST(Design, FullDesignHasEveryCombinationOnce) {
  const auto study = study_of({factor("a", values({1.0, 2.0}, {0.5, 0.5})), factor("b", values({1.0, 2.0, 3.0}, {0.4, 0.3, 0.3}))},
                              Sampling::Full, 6);
  const auto columns = columns_of(study);
  std::set<std::pair<double, double>> seen;
  for (std::size_t i = 0; i < 6; ++i) seen.emplace(columns[0][i], columns[1][i]);
  EXPECT_EQ(seen.size(), 6u);
}

TEST(Design, EverySampledPersonDoesEveryBase) {
  StudyDescription study = study_of({factor("a", uniform(0, 1))}, Sampling::Random, 10);
  study.bases = {"one.toml", "two.toml"};
  const Design design(study);
  ASSERT_EQ(design.runs(), 20u);
  for (std::uint64_t run = 1; run <= 20; run += 2) {
    EXPECT_EQ(design.row(run).values, design.row(run + 1).values);
    EXPECT_EQ(design.row(run).base, 0u);
    EXPECT_EQ(design.row(run + 1).base, 1u);
  }
}

TEST(Design, ReplicatesAndSeedsDiffer) {
  for (const Sampling sampling : {Sampling::Random, Sampling::Latin, Sampling::Sobol}) {
    StudyDescription study = study_of({factor("a", uniform(0, 1))}, sampling, 4);
    study.replicates = 2;
    const Design design(study);
    EXPECT_NE(design.row(1).values, design.row(5).values);
    EXPECT_EQ(design.row(5).replicate, 2u);
    study.seed = 6;
    EXPECT_NE(Design(study).row(1).values, design.row(1).values);
  }
}

TEST(Design, SaltelliTakesOneColumnFromTheOtherSample) {
  const auto study = study_of({factor("a", uniform(0, 1)), factor("b", uniform(0, 1))}, Sampling::Sobol, 16);
  const Design design(study, DesignKind::Saltelli);
  ASSERT_EQ(design.runs(), 64u);
  for (std::uint64_t block = 0; block < 16; ++block) {
    const auto at = [&](std::uint64_t arm) { return design.row(block * 4 + arm + 1).values; };
    EXPECT_EQ(at(2), (std::vector<FactorValue>{at(1)[0], at(0)[1]}));
    EXPECT_EQ(at(3), (std::vector<FactorValue>{at(0)[0], at(1)[1]}));
  }
}

TEST(Design, ARunThatIsNoneIsRefused) {
  const Design design(study_of({factor("a", uniform(0, 1))}, Sampling::Latin, 3));
  EXPECT_THROW(static_cast<void>(design.row(0)), std::out_of_range);
  EXPECT_THROW(static_cast<void>(design.row(4)), std::out_of_range);
}

}  // namespace
}  // namespace foramen
