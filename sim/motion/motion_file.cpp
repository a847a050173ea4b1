#include "sim/motion/motion_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/names.h"
#include "sim/base/units.h"
#include "sim/motion/joint_limits.h"

namespace foramen {

namespace {

constexpr double kLongStep = 1.5;  ///< of the median step: a time is missing

/// One file on its way to angles.
class MotionFile {
 public:
  MotionFile(const std::filesystem::path& file, const CoordinateMapping& mapping)
      : file_(file.string()), csv_(file.extension() == ".csv"), mapping_(mapping), stream_(file) {
    if (!stream_ || std::filesystem::is_directory(file)) fail("cannot be opened");
  }

  MeasuredMotion read() {
    if (!csv_) read_header();
    read_columns();
    while (next_line()) read_row();
    if (times_.size() < 2) fail("holds fewer than two rows of numbers");
    motion_.start = times_.front();
    motion_.end = times_.back();
    report_missing_times();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      for (const Target& target : columns_[c].targets) add_angle(columns_[c], target);
    }
    if (motion_.angles.empty()) fail("holds no joint angle that is known here");
    return std::move(motion_);
  }

 private:
  struct Target {
    PostureAngle angle;
    double scale, offset;
  };
  struct Column {
    std::string name;
    std::vector<Target> targets;
    std::vector<double> values;  ///< as in the file; NaN in gaps
  };

  [[noreturn]] void fail(std::string message) const {
    throw InputError(InputProblem{.file = file_, .line = line_number_, .column = 1, .message = std::move(message)});
  }

  bool next_line() {
    while (std::getline(stream_, line_)) {
      ++line_number_;
      if (!line_.empty() && line_.back() == '\r') line_.pop_back();
      if (line_.find_first_not_of(" \t,") != std::string::npos && !(csv_ && line_[0] == '#')) return true;
    }
    return false;
  }

  void read_header() {
    while (next_line()) {
      if (line_ == "endheader") return;
      if (line_.starts_with("inDegrees=")) degrees_ = line_.substr(10) == "yes";
    }
    fail("has no line \"endheader\": it is no .mot or .sto file");
  }

  [[nodiscard]] std::vector<std::string> cells() const {
    std::vector<std::string> found;
    std::string cell;
    if (csv_) {
      std::stringstream line(line_);
      while (std::getline(line, cell, ',')) found.push_back(cell);
      if (line_.back() == ',') found.emplace_back();
    } else {
      std::stringstream line(line_);
      while (line >> cell) found.push_back(cell);
    }
    return found;
  }

  void read_columns() {
    if (!next_line()) fail("ends before the names of its columns");
    std::vector<std::string> names = cells();
    const char* time = csv_ ? "time_s" : "time";
    if (names.front() != time) fail(fmt::format("the first column is \"{}\", not {}", names.front(), time));
    for (std::size_t c = 1; c < names.size(); ++c) columns_.push_back({names[c], targets_of(names[c]), {}});
    std::array<std::string, kPostureAngleCount> taken;
    for (const Column& column : columns_) {
      for (const Target& target : column.targets) {
        std::string& by = taken[static_cast<std::size_t>(index(target.angle))];
        if (!by.empty())
          fail(fmt::format("both \"{}\" and \"{}\" say what {} is", by, column.name, name(target.angle)));
        by = column.name;
      }
    }
  }

  std::vector<Target> targets_of(const std::string& column) {
    std::string stem = column;
    if (csv_) {
      if (stem.ends_with("_deg")) stem.resize(stem.size() - 4);
    } else {
      for (const CoordinateMapping::Row& row : mapping_.rows) {
        if (row.coordinate != column) continue;
        if (!row.angle) return {};
        return {{*row.angle, row.scale, row.offset}};
      }
    }
    std::vector<Target> targets;
    if (!csv_ || column.ends_with("_deg")) {
      for (const int angle : posture_angles_named(stem)) targets.push_back({static_cast<PostureAngle>(angle), 1, 0});
    }
    if (!targets.empty()) return targets;
    const std::string nearest(nearest_name(posture_angle_names(), stem));
    if (csv_) fail(fmt::format("\"{}\" is no angle; the nearest is \"{}_deg\"", column, nearest));
    motion_.warnings.push_back(
        fmt::format("{}: column \"{}\" is not known and was passed over (a mapping can name it)", file_, column));
    return targets;
  }

  /// NaN for a gap.
  [[nodiscard]] double number(const std::string& cell, const std::string& column) const {
    if (cell.find_first_not_of(' ') == std::string::npos) return std::nan("");
    char* end = nullptr;
    const double value = std::strtod(cell.c_str(), &end);
    if (end == cell.c_str() || *end != '\0') fail(fmt::format("\"{}\" under {} is not a number", cell, column));
    return value;
  }

  void read_row() {
    const std::vector<std::string> row = cells();
    if (row.size() != columns_.size() + 1)
      fail(fmt::format("has {} values for {} columns", row.size(), columns_.size() + 1));
    const double time = number(row[0], "time");
    if (!std::isfinite(time)) fail("the time is missing");
    if (!times_.empty() && time <= times_.back())
      fail(fmt::format("time {} does not come after {}", time, times_.back()));
    times_.push_back(time);
    for (std::size_t c = 0; c < columns_.size(); ++c)
      columns_[c].values.push_back(number(row[c + 1], columns_[c].name));
  }

  void report_missing_times() {
    std::vector<double> steps;
    for (std::size_t i = 1; i < times_.size(); ++i) steps.push_back(times_[i] - times_[i - 1]);
    std::vector<double> sorted = steps;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
    const double median = sorted[sorted.size() / 2];
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (steps[i] > kLongStep * median) {
        motion_.warnings.push_back(
            fmt::format("{}: no samples between {} and {} s; the curve bridges them", file_, times_[i], times_[i + 1]));
      }
    }
  }

  void add_angle(const Column& column, const Target& target) {
    MeasuredAngle measured{target.angle, {}, {}};
    std::size_t gaps = 0;
    double first = 0, last = 0;
    for (std::size_t i = 0; i < times_.size(); ++i) {
      if (!std::isfinite(column.values[i])) {
        if (gaps++ == 0) first = times_[i];
        last = times_[i];
        continue;
      }
      measured.times.push_back(times_[i]);
      measured.values.push_back(target.scale * column.values[i] * (degrees_ ? units::deg : 1) + target.offset);
    }
    if (measured.times.size() < 2) fail(fmt::format("column \"{}\" holds fewer than two numbers", column.name));
    if (gaps > 0) {
      motion_.warnings.push_back(
          fmt::format("{}: column \"{}\" lacks {} samples between {} and {} s; the curve bridges them", file_,
                      column.name, gaps, first, last));
    }
    motion_.angles.push_back(std::move(measured));
  }

  std::string file_;
  bool csv_, degrees_ = true;
  const CoordinateMapping& mapping_;
  std::ifstream stream_;
  std::string line_;
  int line_number_ = 0;
  std::vector<Column> columns_;
  std::vector<double> times_;
  MeasuredMotion motion_;
};

}  // namespace

CoordinateMapping load_coordinate_mapping(const std::filesystem::path& file) {
  const CsvTable table(file);
  const std::size_t coordinate = table.column("coordinate"), angle = table.column("angle"),
                    scale = table.column("scale"), offset = table.column("offset_deg");
  CoordinateMapping mapping;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    CoordinateMapping::Row entry{
        table.text(row, coordinate), {}, table.number(row, scale), table.number(row, offset) * units::deg};
    if (!table.empty(row, angle)) {
      const auto found = find_name(posture_angle_names(), table.text(row, angle));
      if (!found) {
        table.fail(row, angle,
                   fmt::format("unknown angle '{}'; the nearest is '{}'", table.text(row, angle),
                               nearest_name(posture_angle_names(), table.text(row, angle))));
      }
      entry.angle = static_cast<PostureAngle>(*found);
    }
    mapping.rows.push_back(std::move(entry));
  }
  return mapping;
}

MeasuredMotion read_motion_file(const std::filesystem::path& file, const CoordinateMapping& mapping) {
  return MotionFile(file, mapping).read();
}

}  // namespace foramen
