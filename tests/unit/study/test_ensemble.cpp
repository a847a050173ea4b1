// Bands of an ensemble: of the right members, and round the run they belong to.

#include "sim/study/ensemble.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/base/csv.h"
#include "sim/run/summary.h"

namespace foramen {
namespace {

Scenario standing() {
  return read_scenario(std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios" / "standing.toml");
}
std::vector<Uncertainty> published() {
  return read_uncertainties(data_directory() / "uncertainty.csv");
}

TEST(Bands, QuantilesOfKnownNumbers) {
  std::vector<double> values;
  for (int i = 100; i >= 0; --i) values.push_back(i);
  values.push_back(std::numeric_limits<double>::quiet_NaN());
  const Band band = band_of(values);
  EXPECT_EQ(band.p05, 5);
  EXPECT_EQ(band.p50, 50);
  EXPECT_EQ(band.p95, 95);
  EXPECT_TRUE(std::isnan(band_of({}).p50));
}

TEST(Ensemble, EveryUncertaintyHasASourceAndMovesItsKey) {
  const auto uncertainties = published();
  EXPECT_GE(uncertainties.size(), 6u);
  const Scenario varied = ensemble_member(standing(), uncertainties, 3, 20, 1);
  const ParameterFactors& f = varied.subject.parameters;
  for (const double factor : {f.muscle_stress, f.disc_stiffness, f.ligament_stiffness, f.facet_stiffness, f.root_stiffness,
                              f.root_diameter, f.canal_size})
    EXPECT_NE(factor, 1);
  for (const Uncertainty& u : uncertainties) EXPECT_FALSE(u.source.empty()) << u.key;
}

TEST(Ensemble, FactorsMultiplyWhatTheScenarioSays) {
  Scenario scenario = standing();
  const double alone = ensemble_member(scenario, published(), 0, 5, 1).subject.parameters.disc_stiffness;
  scenario.subject.parameters.disc_stiffness = 1.5;
  EXPECT_DOUBLE_EQ(ensemble_member(scenario, published(), 0, 5, 1).subject.parameters.disc_stiffness, 1.5 * alone);
}

TEST(Ensemble, BandsAreThoseOfTheMembersOnAnyNumberOfThreads) {
  const Scenario scenario = standing();
  RunOptions options;
  const Result result = simulate(scenario, options);
  const Bands one = run_ensemble(result, published(), 6, 4, options);
  options.threads = 2;
  const Bands two = run_ensemble(result, published(), 6, 4, options);
  ASSERT_EQ(one.members, 6);
  std::vector<double> pressures;
  for (int m = 0; m < 6; ++m) {
    const Summary summary = summarise(simulate(ensemble_member(scenario, published(), m, 6, 4), RunOptions{}));
    pressures.push_back(summary.at("levels.L4-L5.pressure_MPa.peak"));
  }
  const Band expected = band_of(pressures);
  const Summary nominal = summarise(result);
  for (std::size_t k = 0; k < nominal.values.size(); ++k) {
    if (nominal.values[k].path != "levels.L4-L5.pressure_MPa.peak") continue;
    EXPECT_EQ(one.summary[k].p50, expected.p50);
    EXPECT_EQ(one.summary[k].p05, expected.p05);
    EXPECT_EQ(two.summary[k].p95, expected.p95);
    EXPECT_LT(one.summary[k].p05, one.summary[k].p95);
  }
}

}  // namespace
}  // namespace foramen
