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

}  // namespace foramen::implicit
