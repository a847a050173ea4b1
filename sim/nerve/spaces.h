#pragma once

/// Room for the roots: foramina, recesses, canal and sac.

#include "sim/nerve/obstacles.h"

namespace foramen {

/// Measures of one level among the surroundings of one instant. Foramen: height between the pedicles, edge to edge;
/// section and least width in the sagittal plane through the middle of the upper pedicle, from disc wall or body to
/// facet, flavum or pars, five widths over the height (the least of those that are open), the capsule bridging the
/// facet joint. Canal: between the disc's wall and the flavum in the disc's mid-plane, from facet joint to facet joint.
/// Recess: what the tables and conditions give at the pedicles; it does not change with posture.
[[nodiscard]] LevelSpaces measure_spaces(const Surroundings& around, const SpineState& spine, Level level);

/// Pressure on the dural sac of a section [m²] → [Pa]: none above 77 mm², 50 mmHg when 19 % smaller, 100 mmHg when 26 %
/// smaller (Schonstrom 1984, cadavers), a power law through these.
[[nodiscard]] double sac_pressure(double sac_area);

}  // namespace foramen
