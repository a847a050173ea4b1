#pragma once

/// Water that a disc loses under load and takes up at rest: creep over minutes to hours.

namespace foramen {

/// Rate at which the nucleus' volume, as a share of its volume over a day's mean, changes under `pressure` [Pa] →
/// [1/s]. Water flows until the swelling pressure, which rises as the nucleus shrinks, balances the pressure in it.
/// Throws std::invalid_argument for a share that is not positive.
[[nodiscard]] double nucleus_volume_rate(double share, double pressure);

}  // namespace foramen
