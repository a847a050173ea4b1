#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "sample_subject.h"
#include "sim/anatomy/tables.h"
#include "sim/base/error.h"

namespace foramen {
namespace {

namespace fs = std::filesystem;

TEST(Tables, EveryRowNamesItsSource) {
  int files = 0;
  for (const auto& entry : fs::directory_iterator(data_directory())) {
    if (entry.path().extension() != ".csv") continue;
    const CsvTable table(entry.path());
    const std::size_t source = table.column("source");
    ASSERT_GT(table.rows(), 0U) << entry.path();
    for (std::size_t row = 0; row < table.rows(); ++row) EXPECT_FALSE(table.empty(row, source)) << entry.path() << row;
    ++files;
  }
  EXPECT_GE(files, 11);
}

std::string problem_of(const std::string& text) {
  const fs::path file = fs::temp_directory_path() / ("foramen_test_facts_" + std::to_string(getpid()) + ".csv");
  std::ofstream(file) << text;
  try {
    const FactTable table(file);
    (void)table.at("L4", "height");
  } catch (const InputError& error) {
    fs::remove(file);
    return error.what();
  }
  fs::remove(file);
  return "";
}

TEST(Tables, AFactWithoutSourceUnitOrNumberIsRefusedWithItsLine) {
  const std::string head = "item,quantity,value,unit,source\n";
  EXPECT_EQ(problem_of(head + "L4,height,28,mm,Gilad 1985\n"), "");
  EXPECT_NE(problem_of(head + "L4,height,28,mm,\n").find(":2:"), std::string::npos);
  EXPECT_NE(problem_of(head + "L4,height,28,inch,Gilad 1985\n").find("inch"), std::string::npos);
  EXPECT_NE(problem_of(head + "L4,height,tall,mm,Gilad 1985\n").find("tall"), std::string::npos);
  EXPECT_NE(problem_of(head + "L4,height,28,mm,a\nL4,height,29,mm,b\n").find("twice"), std::string::npos);
  EXPECT_NE(problem_of(head + "L5,height,28,mm,a\n").find("L4.height"), std::string::npos);
}

TEST(Tables, AMissingFolderIsNamed) {
  EXPECT_THROW((void)load_anatomy("/nowhere/at/all"), InputError);
}

}  // namespace
}  // namespace foramen
