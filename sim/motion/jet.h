#pragma once

/// A scalar with its first and second derivative in time, carried exactly through arithmetic (forward-mode
/// differentiation), so that places computed from angles come with exact velocities and accelerations.

#include <cmath>

#include "sim/base/types.h"

namespace foramen {

struct Jet {
  double value = 0;
  double rate = 0;          ///< d/dt
  double acceleration = 0;  ///< d²/dt²
};

inline Jet operator-(const Jet& a) {
  return {-a.value, -a.rate, -a.acceleration};
}
inline Jet operator+(const Jet& a, const Jet& b) {
  return {a.value + b.value, a.rate + b.rate, a.acceleration + b.acceleration};
}
inline Jet operator-(const Jet& a, const Jet& b) {
  return a + -b;
}
inline Jet operator*(double s, const Jet& a) {
  return {s * a.value, s * a.rate, s * a.acceleration};
}
inline Jet operator*(const Jet& a, const Jet& b) {
  return {a.value * b.value, a.rate * b.value + a.value * b.rate,
          a.acceleration * b.value + 2 * a.rate * b.rate + a.value * b.acceleration};
}

/// f(a) from f and its first two derivatives at a.value.
inline Jet chain(const Jet& a, double f, double df, double ddf) {
  return {f, df * a.rate, ddf * a.rate * a.rate + df * a.acceleration};
}
inline Jet sin(const Jet& a) {
  const double s = std::sin(a.value), c = std::cos(a.value);
  return chain(a, s, c, -s);
}
inline Jet cos(const Jet& a) {
  const double s = std::sin(a.value), c = std::cos(a.value);
  return chain(a, c, -s, -c);
}
inline Jet asin(const Jet& a) {
  const double w = 1 / std::sqrt(1 - a.value * a.value);
  return chain(a, std::asin(a.value), w, a.value * w * w * w);
}
inline Jet atan2(const Jet& y, const Jet& x) {
  const double r2 = x.value * x.value + y.value * y.value;
  const double rate = (x.value * y.rate - y.value * x.rate) / r2;
  const double acceleration =
      (x.value * y.acceleration - y.value * x.acceleration - 2 * rate * (x.value * x.rate + y.value * y.rate)) / r2;
  return {std::atan2(y.value, x.value), rate, acceleration};
}

/// A moving point or vector.
struct JetVec3 {
  Jet x, y, z;

  [[nodiscard]] Vec3 value() const { return {x.value, y.value, z.value}; }
  [[nodiscard]] Vec3 rate() const { return {x.rate, y.rate, z.rate}; }
  [[nodiscard]] Vec3 acceleration() const { return {x.acceleration, y.acceleration, z.acceleration}; }
};

inline JetVec3 constant(const Vec3& v) {
  return {{v.x()}, {v.y()}, {v.z()}};
}
inline JetVec3 operator+(const JetVec3& a, const JetVec3& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline JetVec3 operator-(const JetVec3& a, const JetVec3& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline JetVec3 operator*(double s, const JetVec3& a) {
  return {s * a.x, s * a.y, s * a.z};
}

/// Rz(angle)·v
inline JetVec3 turned_z(const JetVec3& v, const Jet& angle) {
  const Jet s = sin(angle), c = cos(angle);
  return {c * v.x - s * v.y, s * v.x + c * v.y, v.z};
}
/// Ry(angle)·v
inline JetVec3 turned_y(const JetVec3& v, const Jet& angle) {
  const Jet s = sin(angle), c = cos(angle);
  return {c * v.x + s * v.z, v.y, c * v.z - s * v.x};
}
/// Rx(angle)·v
inline JetVec3 turned_x(const JetVec3& v, const Jet& angle) {
  const Jet s = sin(angle), c = cos(angle);
  return {v.x, c * v.y - s * v.z, s * v.y + c * v.z};
}

}  // namespace foramen
