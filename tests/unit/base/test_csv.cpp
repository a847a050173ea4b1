#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "sim/base/csv.h"
#include "sim/base/error.h"

namespace foramen {
namespace {

std::filesystem::path write(const std::string& name, const std::string& text) {
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) / (std::to_string(getpid()) + "_" + name);
  std::ofstream(file) << text;
  return file;
}

TEST(CsvTable, ReadsQuotedCellsAndSkipsComments) {
  const CsvTable table(
      write("good.csv", "# about\nname,value,source\na,1.5,\"Smith, J 1999\"\n\nb,-2e-3,\"said \"\"so\"\"\"\r\n"));
  ASSERT_EQ(table.rows(), 2u);
  EXPECT_EQ(table.text(0, table.column("source")), "Smith, J 1999");
  EXPECT_EQ(table.text(1, table.column("source")), "said \"so\"");
  EXPECT_DOUBLE_EQ(table.number(1, table.column("value")), -2e-3);
}

TEST(CsvTable, NamesFileLineAndColumnOfAMistake) {
  const std::filesystem::path file = write("bad.csv", "name,value\na,1\nb,x1\n");
  const CsvTable table(file);
  try {
    (void)table.number(1, table.column("value"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(std::string(error.what()), file.string() + ":3:1: value: \"x1\" is not a number");
  }
}

TEST(CsvTable, RefusesAShortRowAndAnUnknownColumn) {
  EXPECT_THROW(CsvTable(write("short.csv", "name,value\na\n")), InputError);
  const CsvTable table(write("column.csv", "name,value\na,1\n"));
  EXPECT_THROW((void)table.column("valeu"), InputError);
  EXPECT_THROW(CsvTable("/nowhere/at/all.csv"), InputError);
}

}  // namespace
}  // namespace foramen
