#pragma once

/// The tables of data/ as they are read: single facts by item and quantity, ligament fibres and muscle paths. SI units.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/types.h"

namespace foramen {

/// A table of single facts, one per row: item, quantity, value, unit, source.
class FactTable {
 public:
  /// Reads and converts to SI. Throws InputError for an unknown unit, a fact given twice or a row without a source.
  explicit FactTable(const std::filesystem::path& file);

  /// Throws InputError naming the file where the fact is missing.
  [[nodiscard]] double at(std::string_view item, std::string_view quantity) const;
  /// The three facts quantity_x, quantity_y, quantity_z.
  [[nodiscard]] Vec3 vector(std::string_view item, std::string_view quantity) const;
  [[nodiscard]] bool has(std::string_view item, std::string_view quantity) const;

 private:
  std::string file_;
  std::map<std::string, double, std::less<>> facts_;  ///< by "item.quantity"
};

/// A fibre of the measured man; `mirrored`: the right one of a pair.
struct LigamentRow {
  Level level = Level::L4L5;
  LigamentFibre fibre;
  bool mirrored = false;
};

/// What carries a muscle point of the table, and with it the point's origin.
enum class MuscleCarrier { Pelvis, L5, L4, L3, L2, L1, Thorax, UpperArm, Abdomen };

struct MuscleRow {
  struct Point {
    MuscleCarrier carrier = MuscleCarrier::Pelvis;
    Vec3 point = Vec3::Zero();  ///< [m], right side
    double thorax_share = 0;    ///< of an abdominal point
  };
  std::string name, group;
  double pcsa = 0, optimal_length = 0, tendon_slack = 0, pennation = 0;
  std::vector<Point> points;
};

struct AnatomyTables {
  FactTable vertebrae, levels, canal, facets, segments, roots, tracts, scaling, parameters;
  std::vector<LigamentRow> ligaments;
  std::vector<MuscleRow> muscles;
};

}  // namespace foramen
