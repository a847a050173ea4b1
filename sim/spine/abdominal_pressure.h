#pragma once

/// Intra-abdominal pressure from the moment the trunk must hold, and what it does to a level.

#include "sim/base/types.h"

namespace foramen {

/// Pressure for a net extension moment demand at L5–S1 [N·m] → [Pa]: Mairiaux 1984 regression 0.079·M − 1.127 kPa,
/// smoothly held above 0.5 kPa (rest) and below 25 kPa.
[[nodiscard]] double abdominal_pressure(double flexion_demand);

/// Wrench of the pressure on the part above a level, about its disc centre, axes of D: the diaphragm (243 cm², 38 mm in
/// front of the disc; McGill & Norman 1987) is pushed up, the pelvic floor down.
[[nodiscard]] Wrench abdominal_wrench(double pressure);

}  // namespace foramen
