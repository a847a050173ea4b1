#pragma once

/// A number that carries its gradient in space (forward differentiation), and the smooth minimum and maximum, so that a
/// distance is written once and gives value or value and gradient alike.

#include <cmath>

namespace foramen::implicit {

/// Value and partial derivatives along x, y, z.
struct Jet {
  double v = 0, x = 0, y = 0, z = 0;

  Jet() = default;
  Jet(double value) : v(value) {}  // NOLINT: constants mix freely with jets
  Jet(double value, double dx, double dy, double dz) : v(value), x(dx), y(dy), z(dz) {}
};

inline Jet operator+(const Jet& a, const Jet& b) {
  return {a.v + b.v, a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Jet operator-(const Jet& a, const Jet& b) {
  return {a.v - b.v, a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Jet operator+(const Jet& a, double b) {
  return {a.v + b, a.x, a.y, a.z};
}
inline Jet operator+(double a, const Jet& b) {
  return b + a;
}
inline Jet operator-(const Jet& a, double b) {
  return {a.v - b, a.x, a.y, a.z};
}
inline Jet operator-(double a, const Jet& b) {
  return {a - b.v, -b.x, -b.y, -b.z};
}
inline Jet operator-(const Jet& a) {
  return {-a.v, -a.x, -a.y, -a.z};
}
inline Jet operator*(const Jet& a, double b) {
  return {a.v * b, a.x * b, a.y * b, a.z * b};
}
inline Jet operator*(double a, const Jet& b) {
  return b * a;
}
inline Jet operator*(const Jet& a, const Jet& b) {
  return {a.v * b.v, a.x * b.v + a.v * b.x, a.y * b.v + a.v * b.y, a.z * b.v + a.v * b.z};
}
inline Jet operator/(const Jet& a, const Jet& b) {
  const double i = 1.0 / b.v, q = a.v / b.v;
  return {q, (a.x - q * b.x) * i, (a.y - q * b.y) * i, (a.z - q * b.z) * i};
}
inline Jet sqrt(const Jet& a) {
  const double root = std::sqrt(a.v), half = root > 0 ? 0.5 / root : 0.0;
  return {root, half * a.x, half * a.y, half * a.z};
}

inline double value(double a) {
  return a;
}
inline double value(const Jet& a) {
  return a.v;
}

/// Smooth minimum: the smaller of the two once they differ by `blend`, else lower by up to blend/4 (quadratic, Quilez
/// 2013). Never above min(a, b); symmetric in its arguments to the last bit.
template <class T>
T smooth_min(const T& a, const T& b, double blend) {
  const double gap = value(a) - value(b);
  if (gap >= blend) return b;
  if (gap <= -blend) return a;
  const T overlap = gap < 0 ? blend + (a - b) : blend + (b - a);
  return (gap < 0 ? a : b) - overlap * overlap * (0.25 / blend);
}

template <class T>
T smooth_max(const T& a, const T& b, double blend) {
  return -smooth_min(T(-a), T(-b), blend);
}

/// Maximum with a circular edge of `radius`, for faces that meet at about a right angle; never below max(a, b).
template <class T>
T round_max(const T& a, const T& b, double radius) {
  using std::sqrt;
  const bool first = value(a) > value(b);
  const T& larger = first ? a : b;
  const T& smaller = first ? b : a;
  if (value(smaller) <= -radius) return larger;
  const T u = larger + radius, v = smaller + radius;
  const T edge = sqrt(u * u + v * v);
  return edge - radius;
}

}  // namespace foramen::implicit
