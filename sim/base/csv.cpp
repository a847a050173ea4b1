#include "sim/base/csv.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <fstream>

#include "sim/base/error.h"
#include "sim/base/names.h"

namespace foramen {

namespace {

namespace fs = std::filesystem;

/// Splits one line; a cell may be quoted, with "" for a quote inside.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quoted) {
      if (c == '"' && i + 1 < line.size() && line[i + 1] == '"') {
        cells.back() += line[++i];
      } else if (c == '"') {
        quoted = false;
      } else {
        cells.back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

CsvTable::CsvTable(const fs::path& file) : file_(file.string()) {
  std::ifstream stream(file);
  if (!stream) throw InputError({.file = file_, .message = "cannot be opened"});
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    if (line.empty() || line == "\r" || line.front() == '#') continue;
    std::vector<std::string> cells = split(line);
    if (header_.empty()) {
      header_ = std::move(cells);
      width_ = header_.size();
      continue;
    }
    if (cells.size() != width_) {
      throw InputError({.file = file_, .line = number, .column = 1,
                        .message = fmt::format("{} cells where the header has {}", cells.size(), width_)});
    }
    for (std::string& cell : cells) cells_.push_back(std::move(cell));
    lines_.push_back(number);
  }
}

std::size_t CsvTable::column(std::string_view name) const {
  for (std::size_t i = 0; i < header_.size(); ++i) {
    if (header_[i] == name) return i;
  }
  const std::vector<std::string_view> names(header_.begin(), header_.end());
  throw InputError({.file = file_, .message = fmt::format("has no column \"{}\"; the nearest is \"{}\"", name,
                                                          nearest_name(names, name))});
}

double CsvTable::number(std::size_t row, std::size_t column) const {
  const std::string& cell = text(row, column);
  double value = 0;
  const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (code != std::errc() || end != cell.data() + cell.size()) fail(row, column, fmt::format("\"{}\" is not a number", cell));
  return value;
}

void CsvTable::fail(std::size_t row, std::size_t column, const std::string& message) const {
  throw InputError({.file = file_, .line = lines_.at(row), .column = 1, .key = header_.at(column), .message = message});
}

fs::path data_directory() {
  std::vector<fs::path> tried;
  if (const char* chosen = std::getenv("FORAMEN_DATA")) {
    tried.emplace_back(chosen);
  } else {
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    tried.push_back(program.parent_path() / "share" / "foramen" / "data");
    for (fs::path folder = program; folder.has_relative_path(); folder = folder.parent_path()) tried.push_back(folder / "data");
  }
  std::string places;
  for (const fs::path& place : tried) {
    if (fs::exists(place / "vertebrae.csv")) return place;
    places += "\n  " + place.string();
  }
  throw InputError({.message = "the data tables were not found (set FORAMEN_DATA to their folder); looked in:" + places});
}

}  // namespace foramen
