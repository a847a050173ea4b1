#pragma once

/// Reading of the tables in data/: comma-separated, first row the column names, '#' lines are comments.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace foramen {

class CsvTable {
 public:
  /// Reads a whole file. Throws InputError (with line) for a missing file or a row of the wrong length.
  explicit CsvTable(const std::filesystem::path& file);

  [[nodiscard]] std::size_t rows() const { return lines_.size(); }
  /// Column of a name. Throws InputError naming the file and the nearest column.
  [[nodiscard]] std::size_t column(std::string_view name) const;
  [[nodiscard]] const std::string& text(std::size_t row, std::size_t column) const { return cells_[row * width_ + column]; }
  /// Throws InputError with file and line if the cell is not a number.
  [[nodiscard]] double number(std::size_t row, std::size_t column) const;
  [[nodiscard]] bool empty(std::size_t row, std::size_t column) const { return text(row, column).empty(); }

  /// An error at a row of this file, for the caller's own checks.
  [[noreturn]] void fail(std::size_t row, std::size_t column, const std::string& message) const;

 private:
  std::string file_;
  std::vector<std::string> header_;
  std::vector<std::string> cells_;
  std::vector<int> lines_;
  std::size_t width_ = 0;
};

/// Where data/ is: FORAMEN_DATA, else share/foramen/data beside the program's bin/, else data/ in a parent folder of the
/// program (a build tree). Throws InputError that lists the places tried.
[[nodiscard]] std::filesystem::path data_directory();

}  // namespace foramen
