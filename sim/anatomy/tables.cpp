#include "sim/anatomy/tables.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

constexpr std::array<std::pair<std::string_view, double>, 13> kUnits{{{"1", 1.0},
                                                                      {"H", 1.0},  // fraction of the stature
                                                                      {"m", 1.0},
                                                                      {"mm", units::mm},
                                                                      {"mm2", units::mm2},
                                                                      {"deg", units::deg},
                                                                      {"rad", 1.0},
                                                                      {"mm/rad", units::mm},
                                                                      {"N/cm2", units::N_per_cm2},
                                                                      {"N", 1.0},
                                                                      {"N/mm", units::N_per_mm},
                                                                      {"kN/m2", units::kPa},
                                                                      {"mmHg", units::mmHg}}};

constexpr std::array<std::string_view, 9> kCarrierNames{"pelvis", "L5",     "L4",        "L3",     "L2",
                                                        "L1",     "thorax", "upper_arm", "abdomen"};

std::string joined(std::string_view item, std::string_view quantity) {
  std::string key(item);
  key += '.';
  key += quantity;
  return key;
}

void require_source(const CsvTable& table, std::size_t row, std::size_t column) {
  if (table.empty(row, column)) table.fail(row, column, "a row needs its source");
}

int name_in(const CsvTable& table, std::size_t row, std::size_t column, std::span<const std::string_view> names) {
  const std::string& text = table.text(row, column);
  const auto found = find_name(names, text);
  if (!found)
    table.fail(row, column, fmt::format("\"{}\" is unknown; the nearest is \"{}\"", text, nearest_name(names, text)));
  return *found;
}

Vec3 vector_at(const CsvTable& table, std::size_t row, std::size_t x) {
  return Vec3(table.number(row, x), table.number(row, x + 1), table.number(row, x + 2)) * units::mm;
}

std::vector<LigamentRow> read_ligaments(const std::filesystem::path& file) {
  const CsvTable table(file);
  const auto level = table.column("level"), ligament = table.column("ligament"), sides = table.column("sides"),
             upper = table.column("u_x"), lower = table.column("l_x"), reference = table.column("reference_strain"),
             transition = table.column("transition_strain"), stiffness = table.column("stiffness_N"),
             source = table.column("source");
  std::vector<LigamentRow> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    require_source(table, i, source);
    LigamentRow row;
    row.level = static_cast<Level>(name_in(table, i, level, level_names()));
    row.fibre.ligament = static_cast<Ligament>(name_in(table, i, ligament, kLigamentNames));
    row.mirrored = table.number(i, sides) > 1.5;
    row.fibre.upper_D = vector_at(table, i, upper);
    row.fibre.lower_D = vector_at(table, i, lower);
    row.fibre.reference_strain = table.number(i, reference);
    row.fibre.transition_strain = table.number(i, transition);
    row.fibre.stiffness = table.number(i, stiffness);
    rows.push_back(row);
  }
  return rows;
}

std::vector<MuscleRow> read_muscles(const std::filesystem::path& file) {
  const CsvTable table(file);
  const auto muscle = table.column("muscle"), group = table.column("group"), pcsa = table.column("pcsa_mm2"),
             optimal = table.column("optimal_length_mm"), slack = table.column("tendon_slack_mm"),
             pennation = table.column("pennation_rad"), source = table.column("source");
  std::vector<MuscleRow> rows;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    require_source(table, i, source);
    rows.push_back({.name = table.text(i, muscle),
                    .group = table.text(i, group),
                    .pcsa = table.number(i, pcsa) * units::mm2,
                    .optimal_length = table.number(i, optimal) * units::mm,
                    .tendon_slack = table.number(i, slack) * units::mm,
                    .pennation = table.number(i, pennation),
                    .points = {}});
  }
  return rows;
}

void read_muscle_points(const std::filesystem::path& file, std::vector<MuscleRow>& muscles) {
  const CsvTable table(file);
  const auto muscle = table.column("muscle"), carrier = table.column("carrier"), x = table.column("x_mm"),
             share = table.column("thorax_share"), source = table.column("source");
  std::size_t at = 0;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    require_source(table, i, source);
    while (at < muscles.size() && muscles[at].name != table.text(i, muscle)) ++at;
    if (at == muscles.size()) table.fail(i, muscle, "is not in muscles.csv, or not in its order");
    MuscleRow::Point point;
    point.carrier = static_cast<MuscleCarrier>(name_in(table, i, carrier, kCarrierNames));
    point.point = vector_at(table, i, x);
    if (point.carrier == MuscleCarrier::Abdomen) point.thorax_share = table.number(i, share);
    muscles[at].points.push_back(point);
  }
  for (const MuscleRow& row : muscles) {
    if (row.points.size() < 2) {
      throw InputError({.file = file.string(), .key = row.name, .message = "needs at least two points"});
    }
  }
}

}  // namespace

FactTable::FactTable(const std::filesystem::path& file) : file_(file.string()) {
  const CsvTable table(file);
  const auto item = table.column("item"), quantity = table.column("quantity"), number = table.column("value"),
             unit = table.column("unit"), source = table.column("source");
  for (std::size_t i = 0; i < table.rows(); ++i) {
    require_source(table, i, source);
    double factor = 0;
    for (const auto& [name, value] : kUnits) {
      if (name == table.text(i, unit)) factor = value;
    }
    if (factor == 0) table.fail(i, unit, fmt::format("\"{}\" is not a unit of the tables", table.text(i, unit)));
    const bool added =
        facts_.emplace(joined(table.text(i, item), table.text(i, quantity)), table.number(i, number) * factor).second;
    if (!added)
      table.fail(i, quantity, fmt::format("{} {} is given twice", table.text(i, item), table.text(i, quantity)));
  }
}

double FactTable::at(std::string_view item, std::string_view quantity) const {
  const auto found = facts_.find(joined(item, quantity));
  if (found == facts_.end()) {
    throw InputError({.file = file_, .key = joined(item, quantity), .message = "this fact is missing"});
  }
  return found->second;
}

bool FactTable::has(std::string_view item, std::string_view quantity) const {
  return facts_.contains(joined(item, quantity));
}

Vec3 FactTable::vector(std::string_view item, std::string_view quantity) const {
  const std::string name(quantity);
  return {at(item, name + "_x"), at(item, name + "_y"), at(item, name + "_z")};
}

std::shared_ptr<const AnatomyTables> load_anatomy(const std::filesystem::path& data) {
  const auto facts = [&](const char* name) { return FactTable(data / name); };
  AnatomyTables tables{facts("vertebrae.csv"),
                       facts("levels.csv"),
                       facts("canal.csv"),
                       facts("facets.csv"),
                       facts("segments.csv"),
                       facts("roots.csv"),
                       facts("tracts.csv"),
                       facts("scaling.csv"),
                       facts("parameters.csv"),
                       read_ligaments(data / "ligaments.csv"),
                       read_muscles(data / "muscles.csv")};
  read_muscle_points(data / "muscle_points.csv", tables.muscles);
  return std::make_shared<const AnatomyTables>(std::move(tables));
}

}  // namespace foramen
