#include "sim/motion/rhythm.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "sim/anatomy/tables.h"

namespace foramen {

Bend split_bend(const LumbopelvicRhythm& rhythm, HamstringLength hamstrings, double inclination, double per_lumbar) {
  if (rhythm.stages.empty()) throw std::invalid_argument("split_bend: no rhythm");
  const double hip_share = rhythm.hip_share[static_cast<std::size_t>(index(hamstrings))];
  const double sign = inclination < 0 ? -1 : 1;
  Bend bend;
  double left = std::abs(inclination), from = 0;
  for (std::size_t i = 0; i < rhythm.stages.size() && left > 0; ++i) {
    const LumbopelvicRhythm::Stage& stage = rhythm.stages[i];
    // Of a radian of the published bend the lumbar spine takes r/(1+r), the hips the rest.
    const double lumbar = stage.lumbar_per_hip / (1 + stage.lumbar_per_hip);
    const double hips = hip_share * (1 - lumbar);
    const double tips = lumbar * per_lumbar + hips;
    const bool last = i + 1 == rhythm.stages.size() || inclination < 0;
    const double bent = last ? left / tips : std::min(stage.to - from, left / tips);
    bend.lumbar += sign * lumbar * bent;
    bend.pelvis += sign * hips * bent;
    left -= tips * bent;
    from = stage.to;
    if (last) break;
  }
  return bend;
}

LumbopelvicRhythm load_rhythm(const std::filesystem::path& data) {
  const FactTable table(data / "rhythm.csv");
  LumbopelvicRhythm rhythm;
  for (int i = 1; table.has(fmt::format("bend {}", i), "to"); ++i) {
    const std::string item = fmt::format("bend {}", i);
    rhythm.stages.push_back({table.at(item, "to"), table.at(item, "lumbar_per_hip")});
  }
  rhythm.hip_share = {table.at("hamstrings short", "hip_share"), table.at("hamstrings normal", "hip_share"),
                      table.at("hamstrings long", "hip_share")};
  return rhythm;
}

}  // namespace foramen
