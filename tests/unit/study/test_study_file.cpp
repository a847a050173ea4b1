// A study file says every mistake with its place before anything is run.

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/scenario/study.h"
#include "sim/study/study.h"

namespace foramen {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(FORAMEN_SOURCE_DIR) / "scenarios";
const std::string kStart = "[study]\nbase = \"hold_bent.toml\"\n";
const std::string kMass = "[[study.factor]]\nkey = \"subject.mass_kg\"\n";

/// What reading says, or what making the study says.
std::string refusal(const std::string& text, DesignKind kind = DesignKind::Sample) {
  try {
    const Study study(parse_study(text, "s.toml", kFolder), kind, data_directory());
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

#define EXPECT_REFUSAL(text, part) EXPECT_NE(refusal(text).find(part), std::string::npos) << refusal(text)

TEST(StudyFile, AGoodOneIsRead) {
  const StudyDescription study = parse_study(
      kStart + "sampling = \"sobol\"\nruns = 12\nseed = 3\nkeep = [\"levels.*.compression_N.peak\"]\n" + kMass +
          "normal = { mean = 75, sd = 12, min = 45 }\n[[study.factor]]\nkey = \"subject.sex\"\n"
          "choice = { values = [\"male\", \"female\"], weights = [3, 1] }\n[[study.factor]]\nkey = \"load.0.mass_kg\"\n"
          "range = { from = 0, to = 0.3, step = 0.1 }\n",
      "s.toml", kFolder);
  EXPECT_EQ(study.sampling, Sampling::Sobol);
  EXPECT_EQ(study.runs, 12u);
  ASSERT_EQ(study.factors.size(), 3u);
  EXPECT_EQ(study.factors[0].distribution.sd, 12);
  EXPECT_EQ(study.factors[1].distribution.weights, (std::vector<double>{0.75, 0.25}));
  EXPECT_EQ(study.factors[2].distribution.values, (std::vector<FactorValue>{0.0, 0.1, 0.2, 0.3}));
  const Study made(study, DesignKind::Sample, data_directory());
  EXPECT_EQ(made.plan().quantities.size(), 5u);
  EXPECT_EQ(made.plan().quantities[0].second, "N");
}

TEST(StudyFile, MistakesHavePlaceAndNearestName) {
  EXPECT_REFUSAL(kStart + "sampling = \"latn\"\n" + kMass + "values = [70]\n",
                 "s.toml:3:12: study.sampling: must be one of full, random, latin, sobol; the nearest is \"latin\"");
  EXPECT_REFUSAL(kStart + "runz = 5\n" + kMass + "values = [70]\n",
                 "s.toml:3:1: study.runz: is not a key here; the nearest is \"runs\"");
  EXPECT_REFUSAL(kStart + "runs = 0\n" + kMass + "values = [70]\n", "study.runs: must be a whole number from 1");
  EXPECT_REFUSAL(kStart, "study.factor: at least one [[study.factor]] is needed");
  EXPECT_REFUSAL(kStart + kMass, "needs one of values, choice, range, uniform, normal, lognormal");
  EXPECT_REFUSAL(kStart + kMass + "normal = { mean = 75 }\n", "study.factor.0.normal.sd: is missing");
  EXPECT_REFUSAL(kStart + kMass + "normal = { mean = 75, sd = -1 }\n", "must be above 0");
  EXPECT_REFUSAL(kStart + kMass + "uniform = { min = 5, max = 5 }\n", "min 5 is not below max 5");
  EXPECT_REFUSAL(kStart + kMass + "choice = { values = [60, 70], weights = [1] }\n", "must be 2 numbers, one for each value");
  EXPECT_REFUSAL("[study]\nbase = \"nothing.toml\"\n" + kMass + "values = [70]\n", "there is no file");
  EXPECT_REFUSAL(kStart + kMass + "values = [70]\n" + kMass + "values = [80]\n", "is a factor already");
  EXPECT_REFUSAL(kStart + kMass + "values = [70]\n[study.correlation]\nkeys = [\"subject.mass_kg\", \"subject.age_years\"]\n"
                                  "matrix = [[1, 0.5], [0.5, 1]]\n",
                 "\"subject.age_years\" is no factor of this study");
  EXPECT_REFUSAL("x = 1\n" + kStart + kMass + "values = [70]\n", "s.toml:1:1: x: is not a key here");
}

TEST(StudyFile, FactorsAreTriedOnTheBaseBeforeTheFirstRun) {
  EXPECT_REFUSAL(kStart + "[[study.factor]]\nkey = \"subject.mas_kg\"\nvalues = [70]\n",
                 "s.toml:4:7: subject.mas_kg: is not a key here; the nearest is \"mass_kg\"");
  EXPECT_REFUSAL(kStart + kMass + "values = [70, 700]\n", "s.toml:4:7: subject.mass_kg: 700 is outside 35 to 180");
  EXPECT_REFUSAL(kStart + kMass + "uniform = { min = 20, max = 80 }\n", "20 is outside 35 to 180");
  EXPECT_REFUSAL(kStart + "[[study.factor]]\nkey = \"subject.sex\"\nvalues = [\"male\", \"femal\"]\n",
                 "the nearest is \"female\"");
  EXPECT_REFUSAL(kStart + "[[study.factor]]\nkey = \"load.1.mass_kg\"\nvalues = [5]\n",
                 "s.toml:4:7: load.1.mass_kg: there is no element 1");
  EXPECT_REFUSAL(kStart + "[[study.factor]]\nkey = \"motion.keyframe.0.posture\"\nvalues = [\"standin\"]\n",
                 "s.toml:4:7: motion.keyframe.0.posture: unknown posture 'standin'; the nearest is 'standing'");
  EXPECT_REFUSAL(kStart + "keep = [\"levels.L5-S1.compresion_N.peak\"]\n" + kMass + "values = [70]\n",
                 "the nearest is \"levels.L5-S1.compression_N.peak\"");
}

TEST(StudyFile, DesignsThatMakeNoSenseAreRefused) {
  EXPECT_REFUSAL(kStart + "sampling = \"full\"\n" + kMass + "uniform = { min = 50, max = 80 }\n",
                 "a full design needs values, choice or range");
  EXPECT_REFUSAL(kStart + "sampling = \"full\"\nruns = 5\n" + kMass + "values = [70]\n", "follows from the values");
  EXPECT_NE(refusal(kStart + "replicates = 2\n" + kMass + "uniform = { min = 50, max = 80 }\n", DesignKind::Saltelli)
                .find("sensitivity takes its intervals from resampling"),
            std::string::npos);
}

TEST(StudyFile, ReadyStudiesOfTheRepositoryAreGood) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (!entry.path().filename().string().starts_with("study_") || entry.path().extension() != ".toml") continue;
    ++count;
    EXPECT_NO_THROW(Study(read_study(entry.path()), DesignKind::Sample, data_directory())) << entry.path();
  }
  EXPECT_GE(count, 2);
}

}  // namespace
}  // namespace foramen
