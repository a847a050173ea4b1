#pragma once

/// Roots that are not as usual: conjoined with the root above, or stuck to a disc.

#include <optional>
#include <vector>

#include "sim/anatomy/subject.h"

namespace foramen {

/// Thickens the part of a conjoined root that shares its sleeve with the root above: from both roots' section at the
/// sac to its own in the recess. `place`: of each node on the course in waypoint units; `radius` per node [m].
void thicken_conjoined(const Subject& subject, Root root, Side side, const std::vector<double>& place,
                       std::vector<double>& radius);

/// The node where a tethered root sticks to its disc; nothing for a free root.
[[nodiscard]] std::optional<std::size_t> stuck_node(const Subject& subject, Root root, Side side,
                                                    const std::vector<double>& place);

/// Stiffness of the scar that holds a tethered root to its disc [N/m]: under the 2 N of a leg raise it gives way by a
/// tenth of a millimetre (estimate).
inline constexpr double kScar = 20e3;

}  // namespace foramen
