#include "sim/tissue/disc.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/tissue/moving_point.h"

namespace foramen {

namespace {

// The disc as a bed of columns over its cross-section, each stiffening exponentially under compression: bending
// stiffness and its growth with preload then follow from the axial law. Values are per area and per height of an L4–L5
// disc of 1622 mm² and 13.2 mm (Remus 2021).

/// Stress scale and strain scale of a column: with them 500, 1000 and 2000 N compress that disc by 0.55, 0.83 and 1.17
/// mm (within the measured 0.3–0.6, 0.5–1.0, 0.8–1.6 mm; Brown 1957, Markolf 1972, Berkson 1979).
constexpr double kColumnStress = 0.208e6;
constexpr double kColumnStrain = 0.046;
/// Shear stiffness of the disc, 260 N/mm at 150 N (Markolf 1970), as a modulus: k·H/A.
constexpr double kShearModulus = 260e3 * 13.2e-3 / 1622e-6;
/// Torsional stiffness without facets, 2.5 N·m/° (review PMC4844119, table 3), per polar moment of area and height.
constexpr double kTorsionModulus = 143 * 13.2e-3 / 4.5e-7;
/// Rotation at which torsion has doubled its stiffness [rad]; an estimate: annular fibres tighten within 3–5°.
constexpr double kTorsionStiffening = 0.06;

/// Nucleus pressure over mean stress by Pfirrmann grade: normal 1.5, degenerated 1.2–1.5 (Nachemson 1959).
constexpr std::array kPressureIndex{1.45, 1.45, 1.40, 1.30, 1.20};
/// Pressure of the unloaded disc by swelling: 0.03–0.10 MPa healthy; falls with grade (estimate in proportion to
/// water).
constexpr std::array kSwellingPressure{0.07e6, 0.06e6, 0.04e6, 0.02e6, 0.01e6};
/// Outward displacement of the wall per nucleus pressure: 0.2–1.0 mm at 1000 N, that is at about 0.9 MPa (Brinckmann &
/// Horst 1985, Heuer 2008), and per compression of the wall beneath it.
constexpr double kBulgePerPressure = 0.55e-3 / 0.9e6;
constexpr double kBulgePerCompression = 0.35;
/// Bulge of degenerated discs against healthy ones under the same load (Brinckmann 1985: larger; factor an estimate).
constexpr std::array kBulgeOfGrade{1.0, 1.05, 1.2, 1.4, 1.5};

constexpr int kSectors = 20;

/// Column force per area against compressive strain: exponential in compression, linear in tension.
struct Column {
  double energy, stress, modulus;
};
Column column(double strain) {
  if (strain < 0) {
    const double modulus = kColumnStress / kColumnStrain;
    return {0.5 * modulus * strain * strain, modulus * strain, modulus};
  }
  const double e = std::exp(strain / kColumnStrain);
  return {kColumnStress * (kColumnStrain * (e - 1) - strain), kColumnStress * (e - 1),
          kColumnStress / kColumnStrain * e};
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
}

DiscState DiscLaw::evaluate(const Vec6& q) const {
  if (!q.allFinite()) throw std::invalid_argument("disc displacement is not finite");
  DiscState state;
  const auto grade = static_cast<std::size_t>(geometry_.pfirrmann - 1);
  const double height = geometry_.height_mean();
  // Gauss points of ∫₀¹ f(r) r dr (two points, weight r) on each of the sectors.
  constexpr std::array kRadius{0.3550510257216822, 0.8449489742783178};
  constexpr std::array kWeight{0.1819586182560228, 0.3180413817439772};
  double axial = 0;
  for (int s = 0; s < kSectors; ++s) {
    const Vec2 rim = disc_outline(geometry_, 2 * kPi * (s + 0.5) / kSectors);
    const Vec2 next = disc_outline(geometry_, 2 * kPi * (s + 1.0) / kSectors);
    const Vec2 before = disc_outline(geometry_, 2 * kPi * s / kSectors);
    const double sector_area =
        std::abs(before.x() * next.y() - before.y() * next.x());  // 2 × triangle, for weights of ∫r dr
    for (std::size_t r = 0; r < kRadius.size(); ++r) {
      const Vec3 p(kRadius[r] * rim.x(), 0, kRadius[r] * rim.y());
      const double area = sector_area * kWeight[r];
      const double rise = moved_point(p, q).y();
      const Column c = column(-rise / height);
      state.energy += area * height * c.energy;
      axial += area * c.stress;
      Mat3 H = Mat3::Zero();
      H(1, 1) = area * c.modulus / height;
      add_point_energy(p, q, Vec3(0, -area * c.stress, 0), H, state.gradient, state.hessian);
    }
  }

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

  state.nucleus_pressure = std::max(0.0, kSwellingPressure[grade] + kPressureIndex[grade] * axial / geometry_.area);
  state.height = height + q[4];
  for (int i = 0; i < kContourPoints; ++i) {
    const double phi = 2 * kPi * i / kContourPoints;
    const Vec2 rim = disc_outline(geometry_, phi);
    const double compression = -moved_point({rim.x(), 0, rim.y()}, q).y();
    const double bulge =
        kBulgeOfGrade[grade] * (kBulgePerPressure * state.nucleus_pressure + kBulgePerCompression * compression);
    state.bulge[static_cast<std::size_t>(i)] = bulge;
    if (std::abs(phi - kPi) <= kPi / 4 + 1e-9) state.bulge_posterior = std::max(state.bulge_posterior, bulge);
  }
  return state;
}

}  // namespace foramen
