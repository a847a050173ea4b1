#pragma once

/// Intra-abdominal pressure from the moment the trunk must hold, what it does to a level, and what the abdominal wall
/// must pull to hold it.

#include "sim/anatomy/subject.h"
#include "sim/base/types.h"

namespace foramen {

/// Pressure that a net extension moment demand at L5–S1 [N·m] raises [Pa]: Mairiaux 1984 regression 0.079·M − 1.127
/// kPa, smoothly held above 0.5 kPa (rest) and below 25 kPa.
[[nodiscard]] double abdominal_pressure(double flexion_demand);

/// Wrench of the pressure on the part above a level, about its disc centre, axes of D: the diaphragm (243 cm², 38 mm in
/// front of the disc; McGill & Norman 1987) is pushed up, the pelvic floor down.
[[nodiscard]] Wrench abdominal_wrench(double pressure);

/// Hoop tension that holds the pressure, both sides of the wall together [N]: 2 × pressure × radius × height.
[[nodiscard]] double hoop_tension(const AbdominalWall& wall, double pressure);

/// Share of a fascicle's tension that runs along the hoop of the abdominal wall: the horizontal part of its direction
/// at standing for the obliques, 0 for every other muscle.
[[nodiscard]] double hoop_share(const MuscleFascicle& fascicle, const std::array<Pose, kBodyCount>& standing);

}  // namespace foramen
