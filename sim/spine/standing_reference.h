#pragma once

/// Standing, from which a spine's displacements count: where the unloaded specimens settle under its weight.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/spine/muscle_forces.h"
#include "sim/spine/spine.h"
#include "sim/tissue/segment.h"

namespace foramen {

struct StandingReference {
  std::vector<SegmentSolution> segments;  ///< of the unloaded laws: in standing, seen from the specimen
  double weight = 0;                      ///< that L5–S1 carries [N]
};

/// The unloaded specimen has the shape of standing; the loads of standing press it without turning it, and muscles hold
/// what moment the tissues leave. How hard muscles press and what moment pressed tissues carry are found together.
[[nodiscard]] StandingReference rest_in_standing(const Subject& subject, const MuscleBelt& belt,
                                                 const SpineOptions& options);

}  // namespace foramen
