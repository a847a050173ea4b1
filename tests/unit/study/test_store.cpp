// The store keeps what it was given, tells studies apart, and refuses what would lose or double a run.

#include "sim/study/store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "sim/base/error.h"
#include "sim/study/study.h"

namespace foramen {
namespace {

namespace fs = std::filesystem;

class Store : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("foramen_store_" + std::to_string(getpid()) + "_" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  static StudyPlan plan() {
    StudyPlan p;
    p.facts = {{"program", "foramen"}, {"version", "1"}, {"seed", "7"}, {"design", "sample"}, {"study", "[study]\n"}};
    p.bases = {{"a.toml", "schema = 1\n"}};
    p.factors = {"subject.mass_kg", "subject.sex"};
    p.quantities = {{"levels.L5-S1.compression_N.peak", "N"}, {"roots.L5.left.pressure_mmHg.peak", "mmHg"}};
    p.runs = 4;
    return p;
  }
  static StudyRun run(std::uint64_t number) {
    return {number, RunStatus::Ok, {70.5 + static_cast<double>(number), std::string("male")}, {1234.5678901234567, std::nan("")}, {}};
  }
  [[nodiscard]] std::string message(const StudyPlan& other) const {
    try {
      const StudyStore store(folder_, other);
    } catch (const InputError& error) {
      return error.what();
    }
    return {};
  }

  fs::path folder_;
};

TEST_F(Store, GivesBackTheSameBitsInOrder) {
  StudyStore store(folder_, plan());
  StudyRun marked = run(1);
  marked.status = RunStatus::NotConverged;
  marked.warnings = {"at 0.10 s: something", "and \"more\""};
  store.add({run(3), marked});
  std::vector<StudyRun> seen;
  store.each([&](const StudyRun& r) { seen.push_back(r); });
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].run, 1u);
  EXPECT_EQ(seen[0].status, RunStatus::NotConverged);
  EXPECT_EQ(seen[0].warnings, marked.warnings);
  EXPECT_EQ(seen[1].factors, run(3).factors);
  EXPECT_EQ(seen[1].quantities[0], 1234.5678901234567);
  EXPECT_TRUE(std::isnan(seen[1].quantities[1]));
}

TEST_F(Store, GoesOnWhereItWasLeft) {
  { StudyStore(folder_, plan()).add({run(2)}); }
  StudyStore again(folder_, plan());
  EXPECT_EQ(again.done(), (std::vector<bool>{false, false, true, false, false}));
  again.add({run(1)});
  EXPECT_EQ(again.done(), (std::vector<bool>{false, true, true, false, false}));
}

TEST_F(Store, ARunIsNeverThereTwice) {
  StudyStore store(folder_, plan());
  store.add({run(2)});
  EXPECT_THROW(store.add({run(3), run(2)}), std::runtime_error);
  // The transaction was whole or not at all, and the store still works.
  EXPECT_EQ(store.done(), (std::vector<bool>{false, false, true, false, false}));
  store.add({run(3)});
  EXPECT_TRUE(store.done()[3]);
}

TEST_F(Store, AnotherStudyIsRefusedAndTheDifferenceNamed) {
  { const StudyStore store(folder_, plan()); }
  StudyPlan seed = plan(), version = plan(), study = plan(), base = plan(), shard = plan(), runs = plan();
  seed.facts["seed"] = "8";
  version.facts["version"] = "2";
  study.facts["study"] = "[study]\n# other\n";
  base.bases[0].second = "schema = 1\n# other\n";
  shard.shards = 2;
  runs.runs = 5;
  EXPECT_NE(message(seed).find("seed: 8 here, 7 there"), std::string::npos) << message(seed);
  EXPECT_NE(message(version).find("version: 2 here, 1 there"), std::string::npos) << message(version);
  EXPECT_NE(message(study).find("the study file differs"), std::string::npos) << message(study);
  EXPECT_NE(message(base).find("the scenario a.toml differs"), std::string::npos) << message(base);
  EXPECT_NE(message(shard).find("shard: 1/2 here, 1/1 there"), std::string::npos) << message(shard);
  EXPECT_NE(message(runs).find("runs: 5 here, 4 there"), std::string::npos) << message(runs);
  EXPECT_EQ(message(plan()), "");
}

TEST_F(Store, OnlyOneWriterAtATime) {
  const StudyStore first(folder_, plan());
  EXPECT_NE(message(plan()).find("another foramen is writing this study"), std::string::npos);
}

TEST_F(Store, ADamagedFileIsNamedAndLeftAlone) {
  { StudyStore(folder_, plan()).add({run(1), run(2)}); }
  const fs::path file = folder_ / "study.sqlite";
  {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekp(100);
    stream << std::string(8000, 'x');
  }
  const auto size = fs::file_size(file);
  EXPECT_NE(message(plan()).find("is damaged"), std::string::npos) << message(plan());
  EXPECT_EQ(fs::file_size(file), size);
  std::ofstream(file, std::ios::trunc) << "this is no database, but a text that is long enough to be looked at";
  EXPECT_NE(message(plan()).find("is damaged"), std::string::npos) << message(plan());
}

TEST_F(Store, AFolderThatCannotBeMadeIsAFailureOfTheDisk) {
  EXPECT_THROW(StudyStore("/proc/no_such_folder/study", plan()), std::runtime_error);
}

TEST_F(Store, CsvHasTheContractsColumnsAndEmptyCells) {
  StudyStore store(folder_, plan());
  StudyRun odd = run(2);
  odd.status = RunStatus::Failed;
  odd.factors[1] = std::string("a,\"b\"");
  store.add({run(1), odd});
  write_study_csv(store, folder_ / "study.csv");
  std::ifstream stream(folder_ / "study.csv");
  std::string line;
  std::getline(stream, line);
  EXPECT_EQ(line, "run,status,subject.mass_kg,subject.sex,levels.L5-S1.compression_N.peak,roots.L5.left.pressure_mmHg.peak");
  std::getline(stream, line);
  EXPECT_EQ(line, "1,ok,71.5,male,1234.5678901234567,");
  std::getline(stream, line);
  EXPECT_EQ(line, "2,failed,72.5,\"a,\"\"b\"\"\",1234.5678901234567,");
}

}  // namespace
}  // namespace foramen
