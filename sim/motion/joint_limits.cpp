#include "sim/motion/joint_limits.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/csv.h"
#include "sim/base/units.h"

namespace foramen {

double JointLimits::clamped(int angle, double value) const {
  const auto i = static_cast<std::size_t>(angle);
  return std::clamp(value, lo[i], hi[i]);
}

std::vector<int> posture_angles_named(std::string_view stem) {
  std::vector<int> angles;
  const std::string text(stem);
  for (const std::string& candidate : {text, text + "_left", text + "_right"}) {
    if (const auto found = find_name(posture_angle_names(), candidate)) angles.push_back(*found);
  }
  return angles;
}

JointLimits load_joint_limits(const std::filesystem::path& data) {
  const CsvTable table(data / "joint_limits.csv");
  const std::size_t angle = table.column("angle"), lo = table.column("lo_deg"), hi = table.column("hi_deg"),
                    spread = table.column("spread_deg");
  JointLimits limits;
  std::array<bool, kPostureAngleCount> seen{};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::vector<int> angles = posture_angles_named(table.text(row, angle));
    if (angles.empty()) {
      table.fail(row, angle,
                 fmt::format("unknown angle; the nearest is '{}'",
                             nearest_name(posture_angle_names(), table.text(row, angle))));
    }
    if (!(table.number(row, lo) < table.number(row, hi))) table.fail(row, hi, "must be above lo_deg");
    if (!(table.number(row, spread) > 0)) table.fail(row, spread, "must be positive");
    for (const int a : angles) {
      const auto i = static_cast<std::size_t>(a);
      limits.lo[i] = table.number(row, lo) * units::deg;
      limits.hi[i] = table.number(row, hi) * units::deg;
      limits.spread[i] = table.number(row, spread) * units::deg;
      seen[i] = true;
    }
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) table.fail(table.rows() - 1, angle, fmt::format("there is no row for {}", posture_angle_names()[i]));
  }
  return limits;
}

}  // namespace foramen
