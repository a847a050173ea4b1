#include "sim/anatomy/implicit_primitives.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <stdexcept>

namespace foramen::implicit {

EllipticCone EllipticCone::between(const Vec3& from, const Vec3& to, const Vec3& across, const Vec2& half_from,
                                   const Vec2& half_to, double squareness) {
  EllipticCone cone;
  cone.start = from;
  cone.length = (to - from).norm();
  if (!(cone.length > 0)) throw std::invalid_argument(fmt::format("EllipticCone: length {} m", cone.length));
  cone.axis = (to - from) / cone.length;
  cone.wide = (across - cone.axis * across.dot(cone.axis)).normalized();
  cone.thick = cone.axis.cross(cone.wide);
  cone.wide_start = half_from.x();
  cone.thick_start = half_from.y();
  cone.wide_end = half_to.x();
  cone.thick_end = half_to.y();
  cone.cap_start = half_from.y();
  cone.cap_end = half_to.y();
  cone.squareness = squareness;
  return cone;
}

double EllipticCone::ball_radius() const {
  const double section = std::max(std::hypot(wide_start, thick_start), std::hypot(wide_end, thick_end));
  return std::hypot(section, 0.5 * length + std::max(cap_start, cap_end));
}

std::pair<Vec3, Vec3> EllipticCone::box() const {
  const auto reach = [&](double cap, double w, double t) {
    return Vec3(axis.cwiseAbs() * cap + wide.cwiseAbs() * w + thick.cwiseAbs() * t);
  };
  const Vec3 first = reach(cap_start, wide_start, thick_start), last = reach(cap_end, wide_end, thick_end);
  const Vec3 end = start + length * axis;
  return {(start - first).cwiseMin(end - last), (start + first).cwiseMax(end + last)};
}

std::pair<Vec3, Vec3> BodyLoft::box() const {
  const double half_width = 0.5 * std::max(upper_width, lower_width);
  const double front = std::max(upper_centre_x + 0.5 * upper_depth, lower_centre_x + 0.5 * lower_depth);
  const double back = std::min(upper_centre_x - 0.5 * upper_depth, lower_centre_x - 0.5 * lower_depth) - bend;
  const double top = upper_y + std::max(upper_slope * front, upper_slope * back);
  const double bottom = lower_y + std::min(lower_slope * front, lower_slope * back);
  return {Vec3(back, bottom, -half_width), Vec3(front, top, half_width)};
}

}  // namespace foramen::implicit
