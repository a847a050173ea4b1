#pragma once

/// The solids a bone is made of. Each gives a signed distance that is right to first order at its surface: the level
/// function k(p) − 1 divided by |∇k| (Taubin 1994).

#include <algorithm>
#include <utility>

#include "sim/anatomy/implicit_jet.h"
#include "sim/base/types.h"

namespace foramen::implicit {

/// A point whose coordinates are numbers or jets.
template <class T>
struct Point {
  T x, y, z;
};

template <class T>
T dot(const Vec3& a, const Point<T>& p) {
  return a.x() * p.x + a.y() * p.y + a.z() * p.z;
}

template <class T>
Point<T> from(const Point<T>& p, const Vec3& origin) {
  return {p.x - origin.x(), p.y - origin.y(), p.z - origin.z()};
}

/// A cylinder that an articular surface is cut down to.
struct ArticularCut {
  Vec3 axis_point = Vec3::Zero();
  Vec3 direction = Vec3::UnitY();
  double radius = 0;  ///< 0: no cut
  double rounding = 0.0015;
};

/// A rounded cone from `start` to `end` of elliptic section, closed by half ellipsoids. The half axes run linearly.
/// `squareness` leads from an ellipse (2) towards a rounded rectangle (0): k⁴ = Σu⁴ + squareness·Σu²v².
struct EllipticCone {
  Vec3 start = Vec3::Zero();
  Vec3 axis = Vec3::UnitY();   ///< unit
  Vec3 wide = Vec3::UnitX();   ///< unit, across the axis
  Vec3 thick = Vec3::UnitZ();  ///< unit, across both
  double length = 0;
  double wide_start = 0, wide_end = 0;    ///< half axes along `wide`
  double thick_start = 0, thick_end = 0;  ///< half axes along `thick`
  double cap_start = 0, cap_end = 0;      ///< half axes of the ends along the axis
  double squareness = 2;
  ArticularCut cut;

  /// From the two ends; `across` need not be at right angles to the axis.
  static EllipticCone between(const Vec3& from, const Vec3& to, const Vec3& across, const Vec2& half_from,
                              const Vec2& half_to, double squareness = 2.0);

  /// Centre and radius of a ball that holds it.
  [[nodiscard]] Vec3 ball_centre() const { return start + 0.5 * length * axis; }
  [[nodiscard]] double ball_radius() const;

  /// Corners of a box that holds it.
  [[nodiscard]] std::pair<Vec3, Vec3> box() const;

  template <class T>
  [[nodiscard]] T distance(const Point<T>& p) const;
};

/// The vertebral body: kidney-shaped sections (bent superellipses) between two tilted, slightly hollow endplates, with
/// a waist. Origin and axes of the vertebra.
struct BodyLoft {
  double upper_width = 0, upper_depth = 0, lower_width = 0, lower_depth = 0;  ///< full
  double upper_centre_x = 0, lower_centre_x = 0;
  double upper_y = 0, upper_slope = 0;  ///< endplate y = upper_y + upper_slope·x
  double lower_y = 0, lower_slope = 0;
  double waist_lateral = 0, waist_anterior = 0, waist_posterior = 0;  ///< inward, at mid-height
  double bend = 0;                                                    ///< kidney: shift backwards at the side margins
  double squareness = 1.3;
  double hollow_upper = 0, hollow_lower = 0;  ///< depth of the endplate's concavity
  double rim = 0.0025;                        ///< rounding of the rims

  /// Corners of a box that holds it.
  [[nodiscard]] std::pair<Vec3, Vec3> box() const;

  template <class T>
  [[nodiscard]] T distance(const Point<T>& p) const;
};

/// The vertebral canal as a rounded triangle, open above and below: flat in front, parallel sides, a V behind that
/// follows the slope of the laminae.
struct CanalPrism {
  double front_x = 0;
  double half_width = 0;
  double apex_x = 0;  ///< mid-sagittal back wall at apex_y
  double apex_y = 0;
  double lean = 0;        ///< d(apex x)/dy
  double wall_angle = 0;  ///< of the V's walls from the frontal plane [rad]
  double apex_radius = 0;
  double rounding = 0.003;

  template <class T>
  [[nodiscard]] T distance(const Point<T>& p) const;
};

template <class T>
T EllipticCone::distance(const Point<T>& p) const {
  using std::sqrt;
  const Point<T> q = from(p, start);
  const T s = dot(axis, q);
  T t = s * (1.0 / length);
  T w = 0.0;
  if (value(t) < 0) {
    t = T(0.0);
    w = s * (1.0 / cap_start);
  } else if (value(t) > 1) {
    t = T(1.0);
    w = (s - length) * (1.0 / cap_end);
  }
  const double cap = value(t) <= 0 ? cap_start : cap_end;
  const T a = T(1.0) / (wide_start + t * (wide_end - wide_start));
  const T b = T(1.0) / (thick_start + t * (thick_end - thick_start));
  const T u = dot(wide, q) * a, v = dot(thick, q) * b;
  const T uu = u * u, vv = v * v, ww = w * w;
  const T k4 = uu * uu + vv * vv + ww * ww + squareness * (uu * vv + uu * ww + vv * ww);
  constexpr double kCentre = 1e-8;  // no direction is nearest here
  T d;
  if (value(k4) < kCentre) {
    d = T(-std::min(std::min(value(T(1.0) / a), value(T(1.0) / b)), cap));
  } else {
    const double m = 0.5 * squareness;
    const T gu = u * (uu + m * (vv + ww)) * a, gv = v * (vv + m * (uu + ww)) * b,
            gw = w * (ww + m * (uu + vv)) * (1.0 / cap);
    const T k = sqrt(sqrt(k4));
    d = (k - 1.0) * k * k * k / sqrt(gu * gu + gv * gv + gw * gw);
  }
  if (cut.radius <= 0) return d;
  const Point<T> c = from(p, cut.axis_point);
  const T along = dot(cut.direction, c);
  const T reach = sqrt(c.x * c.x + c.y * c.y + c.z * c.z - along * along);
  return smooth_max(d, T(reach - cut.radius), cut.rounding);
}

template <class T>
T BodyLoft::distance(const Point<T>& p) const {
  using std::sqrt;
  const T top = upper_y + upper_slope * p.x, bottom = lower_y + lower_slope * p.x;
  const T height = top - bottom;
  T s = (2.0 * p.y - top - bottom) / height;  // −1 at the lower, +1 at the upper endplate
  const bool within = value(s) > -1 && value(s) < 1;
  if (!within) s = T(value(s) > 0 ? 1.0 : -1.0);
  const T t = 0.5 * (1.0 + s);
  const T waist = 1.0 - s * s;
  const T half_width = 0.5 * (lower_width + t * (upper_width - lower_width)) - waist_lateral * waist;
  const T half_depth =
      0.5 * (lower_depth + t * (upper_depth - lower_depth)) - 0.5 * (waist_anterior + waist_posterior) * waist;
  const T centre =
      lower_centre_x + t * (upper_centre_x - lower_centre_x) - 0.5 * (waist_anterior - waist_posterior) * waist;
  const T b = T(1.0) / half_width, a = T(1.0) / half_depth;
  const T v = p.z * b, vv = v * v;
  const T shift = bend * vv / sqrt(1.0 + vv * vv);
  const T u = (p.x - centre + shift) * a, uu = u * u;
  const T k4 = uu * uu + vv * vv + squareness * uu * vv;
  constexpr double kCentre = 1e-8;
  T side;
  if (value(k4) < kCentre) {
    side = T(-value(half_depth));
  } else {
    const double m = 0.5 * squareness;
    const T ku = u * (uu + m * vv), kv = v * (vv + m * uu);
    const T root = sqrt(1.0 + vv * vv);
    const T shift_slope = 2.0 * bend * v / (root * root * root);  // d(shift)/dv
    const T gx = ku * a, gz = (kv + ku * a * shift_slope) * b;
    T gy = T(0.0);
    if (within) {  // how fast the section changes with height
      const T ds = T(2.0) / height, dwaist = -2.0 * s;
      const T width_slope = (0.25 * (upper_width - lower_width) - waist_lateral * dwaist) * ds;
      const T depth_slope =
          (0.25 * (upper_depth - lower_depth) - 0.5 * (waist_anterior + waist_posterior) * dwaist) * ds;
      const T centre_slope =
          (0.5 * (upper_centre_x - lower_centre_x) - 0.5 * (waist_anterior - waist_posterior) * dwaist) * ds;
      gy = -(gz * v * width_slope + ku * a * (u * depth_slope + centre_slope));
    }
    const T k = sqrt(sqrt(k4));
    side = (k - 1.0) * k * k * k / sqrt(gx * gx + gy * gy + gz * gz);
  }
  const T inner = uu + vv;
  T dish = T(0.0);
  if (value(inner) < 1) dish = (1.0 - inner) * (1.0 - inner);
  const double upper_cos = 1.0 / std::sqrt(1.0 + upper_slope * upper_slope);
  const double lower_cos = 1.0 / std::sqrt(1.0 + lower_slope * lower_slope);
  const T above = (p.y - top + hollow_upper * dish) * upper_cos;
  const T below = (bottom - p.y + hollow_lower * dish) * lower_cos;
  return round_max(round_max(side, above, rim), below, rim);
}

template <class T>
T CanalPrism::distance(const Point<T>& p) const {
  using std::sqrt;
  const double r = apex_radius;
  const T across = sqrt(p.z * p.z + r * r);
  const T apex = apex_x + lean * (p.y - apex_y);
  const T behind = (apex - p.x) * std::cos(wall_angle) + (across - r) * std::sin(wall_angle);
  const T lateral = value(p.z) < 0 ? T(-p.z) : p.z;
  return smooth_max(smooth_max(p.x - front_x, behind, rounding), lateral - half_width, rounding);
}

}  // namespace foramen::implicit
