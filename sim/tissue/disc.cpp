#include "sim/tissue/disc.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/tissue/moving_point.h"

namespace foramen {

namespace {

// Starting law: published stiffness per direction, scaled by area and height; one energy, so that force and stiffness
// agree. Reference disc: L4–L5 of 1622 mm², 54 × 39.5 mm, 13.2 mm high (Remus 2021).

/// Axial stress and strain scales: with them 500, 1000 and 2000 N compress the reference disc by 0.55, 0.83 and 1.17 mm
/// (measured 0.3–0.6, 0.5–1.0, 0.8–1.6 mm; Brown 1957, Markolf 1972, Berkson 1979).
constexpr double kAxialStress = 0.208e6;
constexpr double kAxialStrain = 0.046;

/// Bending of the disc alone, unloaded: moment per angle times height over second moment of area [Pa]. 45 N·m/rad in
/// flexion of the reference disc: with ligaments and facets a segment then turns 4–5° at 7.5 N·m (Panjabi 1994, Heuer
/// 2007).
constexpr double kBendingModulus = 45 * 13.2e-3 / (1622e-6 * 39.5e-3 * 39.5e-3 / 16);
/// Rotation at which bending has doubled its stiffness [rad]; large moments stiffen 1.5–6 fold (Miller 1986).
constexpr double kBendingStiffening = 0.25;
/// Small rotations stiffen with preload, about twofold at 500 N (Gardner-Morse & Stokes 2004, test amplitude 1–1.5°);
/// the gain is lost beyond that amplitude.
constexpr double kPreloadGain = 1.5;
constexpr double kPreloadStress = 0.35e6;
constexpr double kPreloadAmplitude = 0.026;

/// Shear stiffness of the disc, 260 N/mm at 150 N (Markolf 1970), as a modulus: k·H/A.
constexpr double kShearModulus = 260e3 * 13.2e-3 / 1622e-6;
/// Torsional stiffness without facets, 2.5 N·m/° (review PMC4844119, table 3), per polar moment of area and height.
constexpr double kTorsionModulus = 143 * 13.2e-3 / 4.5e-7;
/// Rotation at which torsion has doubled its stiffness [rad]; an estimate: annular fibres tighten within 3–5°.
constexpr double kTorsionStiffening = 0.06;

/// Nucleus pressure over mean stress by Pfirrmann grade, swelling apart; together normal 1.5, degenerated 1.2–1.5
/// (Nachemson 1959).
constexpr std::array kPressureIndex{1.35, 1.35, 1.30, 1.20, 1.10};
/// Pressure of the unloaded disc by swelling: 0.03–0.10 MPa healthy; falls with grade (estimate in proportion to
/// water).
constexpr std::array kSwellingPressure{0.07e6, 0.06e6, 0.04e6, 0.02e6, 0.01e6};
/// Outward displacement of the wall per nucleus pressure: 0.2–1.0 mm at 1000 N, that is at about 0.9 MPa (Brinckmann &
/// Horst 1985, Heuer 2008), and per compression of the wall beneath it.
constexpr double kBulgePerPressure = 0.55e-3 / 0.9e6;
constexpr double kBulgePerCompression = 0.35;
/// Bulge of degenerated discs against healthy ones under the same load (Brinckmann 1985: larger; factor an estimate).
constexpr std::array kBulgeOfGrade{1.0, 1.05, 1.2, 1.4, 1.5};

/// Stress against compressive strain: exponential in compression, linear in tension.
struct Axial {
  double energy, stress, modulus;
};
Axial axial_law(double strain) {
  if (strain < 0) {
    const double modulus = kAxialStress / kAxialStrain;
    return {0.5 * modulus * strain * strain, modulus * strain, modulus};
  }
  const double e = std::exp(strain / kAxialStrain);
  return {kAxialStress * (kAxialStrain * (e - 1) - strain), kAxialStress * (e - 1), kAxialStress / kAxialStrain * e};
}

/// Gain of small-rotation stiffness by compressive stress, with derivatives by stress; none in tension.
struct Gain {
  double value, slope, curvature;
};
Gain preload_gain(double stress) {
  if (stress <= 0) return {0, 0, 0};
  // Starts with zero slope, so that stiffness stays continuous where compression begins.
  const double u = stress / kPreloadStress, e = std::exp(-u * u / (1 + u));
  const double du = (2 * u + u * u) / ((1 + u) * (1 + u)), ddu = 2 / ((1 + u) * (1 + u) * (1 + u));
  return {kPreloadGain * (1 - e), kPreloadGain * e * du / kPreloadStress,
          kPreloadGain * e * (ddu - du * du) / (kPreloadStress * kPreloadStress)};
}

/// Adds k·θ²/2 stiffening with θ, and the gained part that saturates at the preload amplitude, to the energy of one
/// bending axis.
void add_bending(double k, int axis, const Vec6& q, const Gain& gain, double stress_by_rise, double stress_by_rise2,
                 DiscState& state) {
  constexpr int kRise = 4;
  const double theta = q[axis], ratio = theta * theta / (kBendingStiffening * kBendingStiffening);
  state.energy += k * theta * theta * (0.5 + 0.25 * ratio);
  state.gradient[axis] += k * theta * (1 + ratio);
  state.hessian(axis, axis) += k * (1 + 3 * ratio);
  const double a = kPreloadAmplitude, root = std::sqrt(1 + theta * theta / (a * a));
  const double shape = k * a * a * (root - 1), shape1 = k * theta / root, shape2 = k / (root * root * root);
  state.energy += gain.value * shape;
  state.gradient[axis] += gain.value * shape1;
  state.hessian(axis, axis) += gain.value * shape2;
  state.gradient[kRise] += gain.slope * stress_by_rise * shape;
  const double cross = gain.slope * stress_by_rise * shape1;
  state.hessian(axis, kRise) += cross;
  state.hessian(kRise, axis) += cross;
  state.hessian(kRise, kRise) +=
      (gain.curvature * stress_by_rise * stress_by_rise + gain.slope * stress_by_rise2) * shape;
}

}  // namespace

DiscLaw::DiscLaw(const DiscGeometry& geometry) : geometry_(geometry) {
  if (!(geometry.height_anterior > 0 && geometry.height_posterior > 0 && geometry.area > 0)) {
    throw std::invalid_argument(fmt::format("disc heights {} and {} m, area {} m²: all must be positive",
                                            geometry.height_anterior, geometry.height_posterior, geometry.area));
  }
  if (geometry.pfirrmann < 1 || geometry.pfirrmann > 5) {
    throw std::invalid_argument(fmt::format("Pfirrmann grade {}: must be 1 to 5", geometry.pfirrmann));
  }
  for (int i = 0; i < kContourPoints; ++i) {
    const Vec2 rim = disc_outline(geometry, 2 * kPi * i / kContourPoints);
    contour_[static_cast<std::size_t>(i)] = {rim.x(), 0, rim.y()};
  }
}

DiscState DiscLaw::evaluate(const Vec6& q) const {
  if (!q.allFinite()) throw std::invalid_argument("disc displacement is not finite");
  DiscState state;
  const auto grade = static_cast<std::size_t>(geometry_.pfirrmann - 1);
  const double height = geometry_.height_mean(), area = geometry_.area;
  const Axial axial = axial_law(-q[4] / height);
  state.energy = area * height * axial.energy;
  state.gradient[4] = -area * axial.stress;
  state.hessian(4, 4) = area * axial.modulus / height;
  const Gain gain = preload_gain(axial.stress);
  const double by_rise = -axial.modulus / height;
  const double by_rise2 = q[4] < 0 ? axial.modulus / (kAxialStrain * height * height) : 0;
  const double about_x = kBendingModulus * area * geometry_.width * geometry_.width / (16 * height);
  const double about_z = kBendingModulus * area * geometry_.depth * geometry_.depth / (16 * height);
  add_bending(about_x, 0, q, gain, by_rise, by_rise2, state);
  add_bending(about_z, 2, q, gain, by_rise, by_rise2, state);

  const double shear = kShearModulus * geometry_.area / height;
  for (const int axis : {3, 5}) {
    state.energy += 0.5 * shear * q[axis] * q[axis];
    state.gradient[axis] += shear * q[axis];
    state.hessian(axis, axis) += shear;
  }
  const double polar = geometry_.area * (geometry_.width * geometry_.width + geometry_.depth * geometry_.depth) / 16;
  const double torsion = kTorsionModulus * polar / height;
  const double ratio = q[1] * q[1] / (kTorsionStiffening * kTorsionStiffening);
  state.energy += torsion * q[1] * q[1] * (0.5 + 0.25 * ratio);
  state.gradient[1] += torsion * q[1] * (1 + ratio);
  state.hessian(1, 1) += torsion * (1 + 3 * ratio);

  state.nucleus_pressure = std::max(0.0, kSwellingPressure[grade] + kPressureIndex[grade] * axial.stress);
  state.height = height + q[4];
  for (int i = 0; i < kContourPoints; ++i) {
    const double phi = 2 * kPi * i / kContourPoints;
    const double compression = -moved_point(contour_[static_cast<std::size_t>(i)], q).y();
    const double bulge =
        kBulgeOfGrade[grade] * (kBulgePerPressure * state.nucleus_pressure + kBulgePerCompression * compression);
    state.bulge[static_cast<std::size_t>(i)] = bulge;
    if (std::abs(phi - kPi) <= kPi / 4 + 1e-9) state.bulge_posterior = std::max(state.bulge_posterior, bulge);
  }
  return state;
}

}  // namespace foramen
