#include "sim/tissue/root_material.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/tissue/ligament.h"

namespace foramen {

namespace {

constexpr double kStiffness = 90;     ///< EA beyond the toe [N]
constexpr double kToe = 0.015;        ///< strain at the end of the toe
constexpr double kTransverse = 60e3;  ///< E_t [Pa]
constexpr double kHardening = 4;      ///< cubic hardening of the transverse law
constexpr double kOnset = 0.05e-3;    ///< width of the smooth onset of contact [m]

void require_finite(double value, const char* what) {
  if (!std::isfinite(value)) throw std::invalid_argument(fmt::format("{} is {}", what, value));
}

struct Softplus {
  double value, slope, curvature;
};
Softplus softplus(double x) {
  const double u = x / kOnset;
  if (u > 40) return {x, 1, 0};
  if (u < -40) return {0, 0, 0};
  const double sigmoid = 1 / (1 + std::exp(-u));
  return {kOnset * std::log1p(std::exp(u)), sigmoid, sigmoid * (1 - sigmoid) / kOnset};
}

}  // namespace

EnergyLaw root_axial(double strain, double factor) {
  require_finite(strain, "root strain");
  const FibreTension t = fibre_tension(strain, kToe, factor * kStiffness);
  return {t.energy_per_length, t.tension, t.slope};
}

double root_strain_at(double tension, double factor) {
  require_finite(tension, "root tension");
  if (tension <= 0) return 0;
  const double stiffness = factor * kStiffness, at_toe = stiffness * kToe / 2;
  return tension < at_toe ? std::sqrt(2 * kToe * tension / stiffness) : kToe + (tension - at_toe) / stiffness;
}

EnergyLaw root_contact(double distance, double radius) {
  require_finite(distance, "distance to a surface");
  const Softplus d = softplus(radius - distance);
  if (d.value == 0) return {};
  const double width = 2 * radius, s = d.value / width;
  const double load = kTransverse * width * (s + kHardening * s * s * s);  // dΦ/dδ
  const double stiffness = kTransverse * (1 + 3 * kHardening * s * s);     // d²Φ/dδ²
  const double energy = kTransverse * width * width * (s * s / 2 + kHardening * s * s * s * s / 4);
  return {energy, load * d.slope, stiffness * d.slope * d.slope + load * d.curvature};
}

double root_pressure(double line_load, double radius) {
  return line_load / (2 * radius);
}

EnergyLaw sac_side(double depth, double pressure) {
  if (depth <= 0) return {};
  const double stiffness = 0.75 * std::acos(-1.0) * pressure;
  return {0.5 * stiffness * depth * depth, stiffness * depth, stiffness};
}

double root_section_loss(double distance, double radius) {
  // A circle cut by a chord at `distance` from its centre: area of the segment cut off.
  const double c = std::clamp(distance / radius, -1.0, 1.0);
  return (std::acos(c) - c * std::sqrt(1 - c * c)) / std::acos(-1.0);
}

}  // namespace foramen
