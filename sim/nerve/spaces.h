#pragma once

/// Room for the roots: foramina, recesses, canal and sac.

#include "sim/nerve/obstacles.h"

namespace foramen {

/// Measures of one level among the surroundings of one instant.
[[nodiscard]] LevelSpaces measure_spaces(const Surroundings& around, const SpineState& spine, Level level);

/// Pressure on the dural sac of a section [m²] → [Pa]: none above 77 mm², 50 mmHg when 19 % smaller, 100 mmHg when 26 %
/// smaller (Schonstrom 1984, cadavers), a power law through these.
[[nodiscard]] double sac_pressure(double sac_area);

}  // namespace foramen
