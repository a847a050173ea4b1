#include "sim/motion/lift_techniques.h"

#include <fmt/format.h>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/scenario/task_fields.h"

namespace foramen {

LiftTechniques load_lift_techniques(const std::filesystem::path& data, const JointLimits& limits) {
  const CsvTable table(data / "lift_techniques.csv");
  const std::size_t technique = table.column("technique"), angle = table.column("angle"),
                    floor = table.column("floor_deg"), upright = table.column("upright_deg"),
                    spread = table.column("spread_deg");
  LiftTechniques techniques;
  for (TechniquePreference& preference : techniques) preference.spread = limits.spread;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto which = find_name(technique_names(), table.text(row, technique));
    const std::vector<int> angles = posture_angles_named(table.text(row, angle));
    if (!which) table.fail(row, technique, fmt::format("unknown technique '{}'", table.text(row, technique)));
    if (angles.empty()) table.fail(row, angle, fmt::format("unknown angle '{}'", table.text(row, angle)));
    TechniquePreference& preference = techniques.at(static_cast<std::size_t>(*which));
    for (const int a : angles) {
      const auto i = static_cast<std::size_t>(a);
      preference.floor[i] = table.number(row, floor) * units::deg;
      preference.upright[i] = table.number(row, upright) * units::deg;
      preference.spread[i] = table.number(row, spread) * units::deg;
    }
  }
  return techniques;
}

}  // namespace foramen
