#include "sim/tissue/muscle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace foramen {

namespace {

constexpr double kActiveWidth = 0.45;   ///< Thelen 2003
constexpr double kPassiveShape = 5.0;   ///< Thelen 2003
constexpr double kPassiveStrain = 0.6;  ///< Thelen 2003, young adults

}  // namespace

FascicleForce fascicle_force(const MuscleFascicle& fascicle, double path_length, double active_stress,
                             double passive_stress) {
  if (!std::isfinite(path_length) || !(fascicle.optimal_length > 0)) {
    throw std::invalid_argument(
        fmt::format("{}: path length {} m, optimal length {} m", fascicle.name, path_length, fascicle.optimal_length));
  }
  const double fibre =
      std::max(0.0, path_length - fascicle.tendon_slack) / (fascicle.optimal_length * std::cos(fascicle.pennation));
  const double section = fascicle.pcsa * std::cos(fascicle.pennation);
  const double off = fibre - 1;
  const double passive = off > 0 ? std::expm1(kPassiveShape * off / kPassiveStrain) / std::expm1(kPassiveShape) : 0;
  return {section * active_stress * std::exp(-off * off / kActiveWidth), section * passive_stress * passive};
}

}  // namespace foramen
