#include "sim/tissue/disc_fluid.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace foramen {

namespace {

/// Swelling pressure of the day's mean volume [Pa]: between 0.1 MPa lying and 0.5 MPa standing (Wilke 1999).
constexpr double kSwellingPressure = 0.35e6;
/// Steepness of swelling pressure against volume: the 16 % by which disc volume changes in a day (Botsford 1994 Spine
/// 19:935) between the pressures that the model finds lying and standing, 0.3 and 0.6 MPa.
constexpr double kSteepness = 4;
/// Time in which a step of pressure is answered to 63 % [s]: half of the day's stature loss comes in the first hour
/// (Tyrrell 1985 Spine 10:161), so some two hours.
constexpr double kTime = 2 * 3600.0;

}  // namespace

double nucleus_volume_rate(double share, double pressure) {
  if (!(share > 0)) throw std::invalid_argument(fmt::format("nucleus volume share {}: must be positive", share));
  const double swelling = kSwellingPressure * std::pow(share, -kSteepness);
  return (swelling - pressure) / (kSteepness * kSwellingPressure * kTime);
}

}  // namespace foramen
