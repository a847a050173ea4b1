#include "sim/tissue/annulus.h"

#include <array>
#include <cmath>

namespace foramen {

namespace {

constexpr int kStripRise = 1, kStripBulge = 3;
constexpr int kAxial = 0, kRadial = 1, kTangential = 2, kHoop = 3;

/// Positive part with a smooth onset: nought below 0, x − width/2 beyond `width`, with two continuous derivatives, so
/// that Newton's method does not swing about the onset.
struct Ramp {
  double value, slope, curvature;
};
Ramp ramp(double x, double width) {
  if (x <= 0) return {0, 0, 0};
  if (x >= width) return {x - 0.5 * width, 1, 0};
  const double t = x / width;
  return {width * t * t * t * (1 - 0.5 * t), t * t * (3 - 2 * t), 6 * t * (1 - t) / width};
}

/// Squared fibre stretch, and squeeze, over which the tissue comes to bear (chosen small beside physiological strains).
constexpr double kFibreOnset = 0.01, kSqueezeOnset = 0.01;

/// One family of fibres; `sign` of its tangential lean.
void add_fibres(const WallStrain& e, const WallMaterial& material, double sign, WallEnergy& w) {
  const double s = material.sine, c = material.cosine, ss = s * s;
  const double along = c * e.hoop + sign * s * e.tangential_shear;
  const Ramp E = ramp(ss * (e.axial * e.axial + e.radial_shear * e.radial_shear) + along * along - 1, kFibreOnset);
  if (E.value <= 0) return;
  const double square = E.value * E.value, grown = std::exp(material.k2 * square);
  const double first = material.k1 * E.value * E.slope * grown;
  const double second =
      material.k1 * grown * (E.slope * E.slope * (1 + 2 * material.k2 * square) + E.value * E.curvature);
  w.energy += material.k1 / (2 * material.k2) * (grown - 1);
  const Eigen::Vector4d dE(2 * ss * e.axial, 2 * ss * e.radial_shear, 2 * sign * s * along, 2 * c * along);
  w.gradient += first * dE;
  w.hessian.noalias() += (second * dE) * dE.transpose();
  w.hessian(kAxial, kAxial) += first * 2 * ss;
  w.hessian(kRadial, kRadial) += first * 2 * ss;
  w.hessian(kTangential, kTangential) += first * 2 * ss;
  w.hessian(kHoop, kHoop) += first * 2 * c * c;
  w.hessian(kTangential, kHoop) += first * 2 * sign * s * c;
  w.hessian(kHoop, kTangential) += first * 2 * sign * s * c;
}

void add_matrix(const WallStrain& e, const WallMaterial& material, WallEnergy& w) {
  const double P = 1 / (e.axial * e.axial * e.hoop * e.hoop);  // squared radial stretch
  const double I = P + e.axial * e.axial + e.hoop * e.hoop + e.radial_shear * e.radial_shear +
                   e.tangential_shear * e.tangential_shear - 3;
  w.energy += material.c1 * I;
  w.gradient += material.c1 * Eigen::Vector4d(2 * (e.axial - P / e.axial), 2 * e.radial_shear, 2 * e.tangential_shear,
                                              2 * (e.hoop - P / e.hoop));
  w.hessian(kAxial, kAxial) += material.c1 * (2 + 6 * P / (e.axial * e.axial));
  w.hessian(kHoop, kHoop) += material.c1 * (2 + 6 * P / (e.hoop * e.hoop));
  w.hessian(kAxial, kHoop) += material.c1 * 4 * P / (e.axial * e.hoop);
  w.hessian(kHoop, kAxial) += material.c1 * 4 * P / (e.axial * e.hoop);
  w.hessian(kRadial, kRadial) += 2 * material.c1;
  w.hessian(kTangential, kTangential) += 2 * material.c1;
}

/// Weight of a squared squeeze over the height beside the squared shears (fitted with the moduli).
constexpr double kSqueezeWeight = 2;

/// Stiffening of the ground substance when it is sheared and when it is squeezed, but not when it is pulled.
void add_stiffening(const WallStrain& e, double c2, WallEnergy& w) {
  const Ramp squeeze = ramp(1 - e.axial, kSqueezeOnset);
  const double S = e.radial_shear * e.radial_shear + e.tangential_shear * e.tangential_shear +
                   kSqueezeWeight * squeeze.value * squeeze.value;
  const Eigen::Vector3d dS(-2 * kSqueezeWeight * squeeze.value * squeeze.slope, 2 * e.radial_shear,
                           2 * e.tangential_shear);
  w.energy += c2 * S * S;
  w.gradient.head<3>() += (2 * c2 * S) * dS;
  w.hessian.topLeftCorner<3, 3>().noalias() += (2 * c2 * dS) * dS.transpose();
  w.hessian(kAxial, kAxial) +=
      2 * c2 * S * 2 * kSqueezeWeight * (squeeze.slope * squeeze.slope + squeeze.value * squeeze.curvature);
  w.hessian(kRadial, kRadial) += 2 * c2 * S * 2;
  w.hessian(kTangential, kTangential) += 2 * c2 * S * 2;
}

}  // namespace

WallEnergy wall_energy(const WallStrain& strain, const WallMaterial& material) {
  WallEnergy w;
  add_matrix(strain, material, w);
  add_stiffening(strain, material.c2, w);
  add_fibres(strain, material, 1, w);
  add_fibres(strain, material, -1, w);
  return w;
}

StripEnergy strip_energy(const AnnulusStrip& strip, const Vec3& displacement, double outer_bulge,
                         const std::vector<HeightPoint>& heights) {
  StripEnergy result;
  const double rise = displacement.y(), per_height = 1 / strip.height;
  const double bulge = strip.by_bulge * outer_bulge + strip.by_rise * rise;
  for (const HeightPoint& z : heights) {
    const double shear = z.slope * per_height, hoop = z.parabola / strip.hoop_arm;
    const WallEnergy w = wall_energy({1 + rise * per_height, displacement.x() * per_height + shear * bulge,
                                      displacement.z() * per_height, 1 + hoop * bulge},
                                     strip.material);
    const double volume = z.weight * strip.volume;
    result.energy += volume * w.energy;
    // The axial strain follows the rise, the shears the top and the bulge, the hoop strain the bulge: first by the
    // bulge of this layer …
    const Eigen::Vector4d g = volume * w.gradient;
    const Eigen::Matrix4d H = volume * w.hessian;
    const double by_layer = shear * g[kRadial] + hoop * g[kHoop];
    const Eigen::Vector3d strains_top(per_height * g[kRadial], per_height * g[kAxial], per_height * g[kTangential]);
    const Eigen::Vector4d mixed = shear * H.col(kRadial) + hoop * H.col(kHoop);
    const double layer_layer = shear * mixed[kRadial] + hoop * mixed[kHoop];
    const Eigen::Vector3d top_layer(per_height * mixed[kRadial], per_height * mixed[kAxial],
                                    per_height * mixed[kTangential]);
    // … then by the rise and the outer bulge it hangs on.
    result.gradient.head<3>() += strains_top;
    result.gradient[kStripRise] += strip.by_rise * by_layer;
    result.gradient[kStripBulge] += strip.by_bulge * by_layer;
    const double square = per_height * per_height;
    constexpr std::array order{kRadial, kAxial, kTangential};
    for (int a = 0; a < 3; ++a) {
      for (int b = 0; b < 3; ++b)
        result.hessian(a, b) += square * H(order[static_cast<std::size_t>(a)], order[static_cast<std::size_t>(b)]);
      result.hessian(a, kStripRise) += strip.by_rise * top_layer[a];
      result.hessian(kStripRise, a) += strip.by_rise * top_layer[a];
      result.hessian(a, kStripBulge) += strip.by_bulge * top_layer[a];
      result.hessian(kStripBulge, a) += strip.by_bulge * top_layer[a];
    }
    result.hessian(kStripRise, kStripRise) += strip.by_rise * strip.by_rise * layer_layer;
    result.hessian(kStripRise, kStripBulge) += strip.by_rise * strip.by_bulge * layer_layer;
    result.hessian(kStripBulge, kStripRise) += strip.by_rise * strip.by_bulge * layer_layer;
    result.hessian(kStripBulge, kStripBulge) += strip.by_bulge * strip.by_bulge * layer_layer;
  }
  return result;
}

}  // namespace foramen
