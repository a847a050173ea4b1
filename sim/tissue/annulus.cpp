#include "sim/tissue/annulus.h"

#include <cmath>

namespace foramen {

namespace {

constexpr int kStripOut = 0, kStripRise = 1, kStripTangent = 2, kStripBulge = 3;

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

/// Weight of a squared squeeze over the height beside the squared shears (fitted with the moduli).
constexpr double kSqueezeWeight = 2;

/// Energy density of the wall by its strains: stretch over the height z, radial shear r and tangential shear t over the
/// height, hoop stretch h. First derivatives by (z, r, t, h), second ones without those that vanish.
struct WallEnergy {
  double energy = 0, z = 0, r = 0, t = 0, h = 0;
  double zz = 0, zr = 0, zt = 0, zh = 0, rr = 0, rt = 0, rh = 0, tt = 0, th = 0, hh = 0;
};

struct WallStrain {
  double z, r, t, h;
};

/// C1(I1 − 3), the radial stretch following from incompressibility.
inline void add_matrix(const WallStrain& e, double c1, WallEnergy& w) {
  const double P = 1 / (e.z * e.z * e.h * e.h);  // squared radial stretch
  w.energy += c1 * (P + e.z * e.z + e.h * e.h + e.r * e.r + e.t * e.t - 3);
  w.z += 2 * c1 * (e.z - P / e.z);
  w.r += 2 * c1 * e.r;
  w.t += 2 * c1 * e.t;
  w.h += 2 * c1 * (e.h - P / e.h);
  w.zz += c1 * (2 + 6 * P / (e.z * e.z));
  w.zh += c1 * 4 * P / (e.z * e.h);
  w.hh += c1 * (2 + 6 * P / (e.h * e.h));
  w.rr += 2 * c1;
  w.tt += 2 * c1;
}

/// C2·(γr² + γt² + 2·squeeze²)²: the ground substance stiffens when it is sheared and when it is squeezed, but not when
/// it is pulled.
inline void add_stiffening(const WallStrain& e, double c2, WallEnergy& w) {
  const Ramp squeeze = ramp(1 - e.z, kSqueezeOnset);
  const double S = e.r * e.r + e.t * e.t + kSqueezeWeight * squeeze.value * squeeze.value;
  const double Sz = -2 * kSqueezeWeight * squeeze.value * squeeze.slope, Sr = 2 * e.r, St = 2 * e.t;
  const double twice = 2 * c2, first = twice * S;
  w.energy += c2 * S * S;
  w.z += first * Sz;
  w.r += first * Sr;
  w.t += first * St;
  w.zz += twice * Sz * Sz +
          first * 2 * kSqueezeWeight * (squeeze.slope * squeeze.slope + squeeze.value * squeeze.curvature);
  w.zr += twice * Sz * Sr;
  w.zt += twice * Sz * St;
  w.rr += twice * Sr * Sr + 2 * first;
  w.rt += twice * Sr * St;
  w.tt += twice * St * St + 2 * first;
}

/// k1/(2·k2)·(exp(k2·E²) − 1) for E = I4 − 1 > 0: one family of fibres, `lean` its sign along the tangent.
inline void add_fibres(const WallStrain& e, const WallMaterial& m, double lean, WallEnergy& w) {
  const double s = m.sine, c = m.cosine, ss = s * s, leaning = lean * s;
  const double along = c * e.h + leaning * e.t;
  const Ramp E = ramp(ss * (e.z * e.z + e.r * e.r) + along * along - 1, kFibreOnset);
  if (E.value <= 0) return;
  const double square = E.value * E.value, grown = std::exp(m.k2 * square);
  const double first = m.k1 * E.value * E.slope * grown;
  const double second = m.k1 * grown * (E.slope * E.slope * (1 + 2 * m.k2 * square) + E.value * E.curvature);
  const double Ez = 2 * ss * e.z, Er = 2 * ss * e.r, Et = 2 * leaning * along, Eh = 2 * c * along;
  w.energy += m.k1 / (2 * m.k2) * (grown - 1);
  w.z += first * Ez;
  w.r += first * Er;
  w.t += first * Et;
  w.h += first * Eh;
  w.zz += second * Ez * Ez + first * 2 * ss;
  w.zr += second * Ez * Er;
  w.zt += second * Ez * Et;
  w.zh += second * Ez * Eh;
  w.rr += second * Er * Er + first * 2 * ss;
  w.rt += second * Er * Et;
  w.rh += second * Er * Eh;
  w.tt += second * Et * Et + first * 2 * ss;
  w.th += second * Et * Eh + first * 2 * leaning * c;
  w.hh += second * Eh * Eh + first * 2 * c * c;
}

}  // namespace

StripEnergy strip_energy(const AnnulusStrip& strip, const Vec3& displacement, double outer_bulge,
                         const std::vector<HeightPoint>& heights) {
  const double rise = displacement.y(), k = 1 / strip.height;
  const double bulge = strip.by_bulge * outer_bulge + strip.by_rise * rise;
  // By the displacement of the top and by the bulge of this layer, summed over the height …
  double energy = 0, g_out = 0, g_rise = 0, g_tangent = 0, g_layer = 0;
  double oo = 0, or_ = 0, ot = 0, rr = 0, rt = 0, tt = 0, lo = 0, lr = 0, lt = 0, ll = 0;
  for (const HeightPoint& point : heights) {
    const double shear = point.slope * k, hoop = point.parabola / strip.hoop_arm, v = point.weight * strip.volume;
    const WallStrain e{1 + rise * k, displacement.x() * k + shear * bulge, displacement.z() * k, 1 + hoop * bulge};
    WallEnergy w;
    add_matrix(e, strip.material.c1, w);
    add_stiffening(e, strip.material.c2, w);
    add_fibres(e, strip.material, 1, w);
    add_fibres(e, strip.material, -1, w);
    energy += v * w.energy;
    g_out += v * w.r;
    g_rise += v * w.z;
    g_tangent += v * w.t;
    g_layer += v * (shear * w.r + hoop * w.h);
    oo += v * w.rr;
    or_ += v * w.zr;
    ot += v * w.rt;
    rr += v * w.zz;
    rt += v * w.zt;
    tt += v * w.tt;
    lo += v * (shear * w.rr + hoop * w.rh);
    lr += v * (shear * w.zr + hoop * w.zh);
    lt += v * (shear * w.rt + hoop * w.th);
    ll += v * (shear * shear * w.rr + 2 * shear * hoop * w.rh + hoop * hoop * w.hh);
  }
  // … then by the rise and the outer bulge that the layer's bulge hangs on.
  const double kk = k * k, a = strip.by_rise, b = strip.by_bulge;
  lo *= k;
  lr *= k;
  lt *= k;
  StripEnergy result;
  result.energy = energy;
  result.gradient << k * g_out, k * g_rise + a * g_layer, k * g_tangent, b * g_layer;
  auto& H = result.hessian;
  H(kStripOut, kStripOut) = kk * oo;
  H(kStripOut, kStripRise) = H(kStripRise, kStripOut) = kk * or_ + a * lo;
  H(kStripOut, kStripTangent) = H(kStripTangent, kStripOut) = kk * ot;
  H(kStripOut, kStripBulge) = H(kStripBulge, kStripOut) = b * lo;
  H(kStripRise, kStripRise) = kk * rr + 2 * a * lr + a * a * ll;
  H(kStripRise, kStripTangent) = H(kStripTangent, kStripRise) = kk * rt + a * lt;
  H(kStripRise, kStripBulge) = H(kStripBulge, kStripRise) = b * lr + a * b * ll;
  H(kStripTangent, kStripTangent) = kk * tt;
  H(kStripTangent, kStripBulge) = H(kStripBulge, kStripTangent) = b * lt;
  H(kStripBulge, kStripBulge) = b * b * ll;
  return result;
}

}  // namespace foramen
