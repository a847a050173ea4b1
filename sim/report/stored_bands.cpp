#include "sim/report/stored_bands.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "sim/base/csv.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// Members of the ensemble that a run's summary names; 0 for none.
int members_of(const fs::path& folder) {
  std::ifstream stream(folder / "summary.json");
  if (!stream) return 0;
  const nlohmann::json summary = nlohmann::json::parse(stream, nullptr, false);
  return summary.is_object() && summary.contains("ensemble") ? summary["ensemble"].value("members", 0) : 0;
}

/// The three columns of a quantity's band.
class BandColumns {
 public:
  BandColumns(const CsvTable& table, const std::string& quantity)
      : table_(table),
        places_{table.column(quantity + kBandSuffixes[0]), table.column(quantity + kBandSuffixes[1]),
                table.column(quantity + kBandSuffixes[2])} {}

  [[nodiscard]] Band row(std::size_t row) const {
    const auto number = [&](std::size_t column) {
      return table_.empty(row, column) ? std::numeric_limits<double>::quiet_NaN() : table_.number(row, column);
    };
    return {number(places_[0]), number(places_[1]), number(places_[2])};
  }

 private:
  const CsvTable& table_;
  std::array<std::size_t, 3> places_;
};

}  // namespace

std::optional<StoredBands> read_stored_bands(const fs::path& folder, std::size_t frames) {
  StoredBands bands;
  bands.members = members_of(folder);
  if (bands.members == 0) return std::nullopt;
  const CsvTable levels(folder / "levels.csv"), roots(folder / "roots.csv");
  const BandColumns compression(levels, "compression_N"), pressure(roots, "pressure_mmHg");
  const std::size_t level = levels.column("level"), root = roots.column("root"), side = roots.column("side");
  for (std::size_t row = 0; row < levels.rows(); ++row) {
    if (levels.text(row, level) == name(Level::L5S1)) bands.compression.push_back(compression.row(row));
  }
  for (std::size_t row = 0; row < roots.rows(); ++row) {
    for (const Root r : kRoots) {
      for (const Side s : kSides) {
        if (roots.text(row, root) == name(r) && roots.text(row, side) == name(s))
          bands.pressure[static_cast<std::size_t>(index(r))][static_cast<std::size_t>(index(s))].push_back(
              pressure.row(row));
      }
    }
  }
  if (bands.compression.size() != frames) return std::nullopt;
  return bands;
}

}  // namespace foramen
