#include "sim/nerve/bone_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>
#include <stdexcept>

namespace foramen {

namespace {

/// Spacing of the lattice [m]: half of the smallest fillets of the bones, a third of a root's radius.
constexpr double kSpacing = 1.25e-3;
/// What is outside the box is this far off [m].
constexpr double kOutside = 10e-3;
/// Between two solids, and beside a small one, a bone's measure reads short: over its slope it is a distance, to first
/// order (Taubin 1994), down to this slope.
constexpr double kLeastSlope = 0.5;

/// Weights of a uniform cubic B-spline and their derivatives by the place within a cell.
struct Weights {
  std::array<double, 4> w, d, dd;
};
Weights weights(double t) {
  const double s = 1 - t;
  return {{s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6},
          {-s * s / 2, (3 * t * t - 4 * t) / 2, -(3 * s * s - 4 * s) / 2, t * t / 2},
          {s, 3 * t - 2, 3 * s - 2, t}};
}

}  // namespace

void BoneField::Lattice::resize(std::size_t count) {
  bits_.reset(static_cast<std::uint32_t*>(std::calloc(count, sizeof(std::uint32_t))));
  if (!bits_) throw std::bad_alloc();
}

BoneField::BoneField(Distance distance, const Vec3& lower, const Vec3& upper, bool mirrored)
    : distance_(std::move(distance)), mirrored_(mirrored) {
  // The lattice lies the same for every box. Coefficients need a sample on each side, cells one more on each side.
  constexpr int kMargin = 3;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto k = static_cast<Eigen::Index>(axis);
    const double low = mirrored && k == 2 ? 0 : lower[k];
    first_[axis] = static_cast<int>(std::floor(low / kSpacing)) - kMargin;
    count_[axis] = static_cast<int>(std::ceil(upper[k] / kSpacing)) + kMargin - first_[axis] + 1;
  }
  const std::size_t n = at(count_[0] - 1, count_[1] - 1, count_[2] - 1) + 1;
  samples_.resize(n);
  coefficients_.resize(n);
  measures_.resize(n);
}

float BoneField::sample(int i, int j, int k) const {
  const std::size_t place = at(i, j, k);
  float value = samples_[place];
  if (value == value) return value;
  const Vec3 p = kSpacing * Vec3(i + first_[0], j + first_[1], k + first_[2]);
  Vec3 gradient;
  const double measure = distance_(p, &gradient);
  value = static_cast<float>(measure / std::max(kLeastSlope, gradient.norm()));
  if (!std::isfinite(value))
    throw std::logic_error(fmt::format("distance to a bone at {} {} {} is {}", p.x(), p.y(), p.z(), value));
  samples_.store(place, value);
  return value;
}

float BoneField::coefficient(int i, int j, int k) const {
  // Quasi-interpolation: f − Δ²f/6 makes up for what the B-spline smooths away, to third order.
  const float here = sample(i, j, k);
  const float around = sample(i - 1, j, k) + sample(i + 1, j, k) + sample(i, j - 1, k) + sample(i, j + 1, k) +
                       sample(i, j, k - 1) + sample(i, j, k + 1);
  return here - (around - 6 * here) / 6;
}

void BoneField::fill(const Cell& cell) const {
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      for (int k = 0; k < 4; ++k) {
        const int a = cell.corner[0] + i, b = cell.corner[1] + j, c = cell.corner[2] + k;
        const std::size_t place = at(a, b, c);
        const float value = coefficients_[place];
        if (value != value) coefficients_.store(place, coefficient(a, b, c));
      }
}

bool BoneField::find(const Vec3& p, Cell& cell) const {
  cell.left = mirrored_ && p.z() < 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto k = static_cast<Eigen::Index>(axis);
    const double at = (cell.left && k == 2 ? -p[k] : p[k]) / kSpacing - first_[axis];
    const double below = std::floor(at);
    if (!(below >= 2) || !(below + 4 <= count_[axis])) return false;
    cell.corner[axis] = static_cast<int>(below) - 1;
    cell.within[k] = at - below;
  }
  return true;
}

double BoneField::bound(const Vec3& p) const {
  const Vec3 here = mirrored_ && p.z() < 0 ? Vec3(p.x(), p.y(), -p.z()) : p;
  std::array<int, 3> nearest;
  Vec3 off;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto k = static_cast<Eigen::Index>(axis);
    const double along = here[k] / kSpacing - first_[axis];
    if (!(along >= 0 && along < count_[axis] - 1)) return measure(p);
    nearest[axis] = static_cast<int>(along + 0.5);
    off[k] = along - nearest[axis];
  }
  const std::size_t place = at(nearest[0], nearest[1], nearest[2]);
  float known = measures_[place];
  if (known != known) {
    known = static_cast<float>(measure(here - kSpacing * off));
    measures_.store(place, known);
  }
  return static_cast<double>(known) - kLipschitz * kSpacing * off.norm();
}

double BoneField::value(const Vec3& p) const {
  Cell cell;
  if (!find(p, cell)) return kOutside;
  const Weights x = weights(cell.within.x()), y = weights(cell.within.y()), z = weights(cell.within.z());
  for (;;) {
    double sum = 0;
    for (int i = 0; i < 4; ++i)
      for (int j = 0; j < 4; ++j) {
        const std::size_t row = at(cell.corner[0] + i, cell.corner[1] + j, cell.corner[2]);
        double along = 0;
        for (std::size_t k = 0; k < 4; ++k) along += z.w[k] * static_cast<double>(coefficients_[row + k]);
        sum += x.w[static_cast<std::size_t>(i)] * y.w[static_cast<std::size_t>(j)] * along;
      }
    if (sum == sum) return sum;
    fill(cell);
  }
}

SurfaceDistance BoneField::jet(const Vec3& p) const {
  Cell cell;
  if (!find(p, cell)) return {kOutside, Vec3::Zero(), Mat3::Zero()};
  const Weights x = weights(cell.within.x()), y = weights(cell.within.y()), z = weights(cell.within.z());
  double v = 0, vx = 0, vy = 0, vz = 0, vxx = 0, vyy = 0, vzz = 0, vxy = 0, vxz = 0, vyz = 0;
  for (;;) {
    v = vx = vy = vz = vxx = vyy = vzz = vxy = vxz = vyz = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      double s = 0, sy = 0, syy = 0, sz = 0, syz = 0, szz = 0;  // sums over y and z
      for (std::size_t j = 0; j < 4; ++j) {
        const std::size_t row =
            at(cell.corner[0] + static_cast<int>(i), cell.corner[1] + static_cast<int>(j), cell.corner[2]);
        double f = 0, fz = 0, fzz = 0;
        for (std::size_t k = 0; k < 4; ++k) {
          const auto c = static_cast<double>(coefficients_[row + k]);
          f += z.w[k] * c;
          fz += z.d[k] * c;
          fzz += z.dd[k] * c;
        }
        s += y.w[j] * f;
        sy += y.d[j] * f;
        syy += y.dd[j] * f;
        sz += y.w[j] * fz;
        syz += y.d[j] * fz;
        szz += y.w[j] * fzz;
      }
      v += x.w[i] * s;
      vx += x.d[i] * s;
      vxx += x.dd[i] * s;
      vy += x.w[i] * sy;
      vxy += x.d[i] * sy;
      vyy += x.w[i] * syy;
      vz += x.w[i] * sz;
      vxz += x.d[i] * sz;
      vyz += x.w[i] * syz;
      vzz += x.w[i] * szz;
    }
    if (v == v) break;
    fill(cell);
  }
  const double flip = cell.left ? -1 : 1;
  constexpr double a = 1 / kSpacing, aa = a * a;
  SurfaceDistance d;
  d.value = v;
  d.gradient = a * Vec3(vx, vy, flip * vz);
  d.hessian << vxx, vxy, flip * vxz, vxy, vyy, flip * vyz, flip * vxz, flip * vyz, vzz;
  d.hessian *= aa;
  return d;
}

}  // namespace foramen
