#pragma once

/// Points carried by the upper vertebra as functions of the level displacement q = (rotation vector θ, translation d),
/// and the chain rule from point forces and stiffnesses to generalised ones.

#include "sim/base/types.h"

namespace foramen {

/// x(q) = p + θ×p + ½θ×(θ×p) + d: the rotation to second order. For the rotations of a motion segment (below 15°) and
/// points within 60 mm it errs by less than 0.2 mm, and energies stay exact functions of q with simple derivatives.
[[nodiscard]] inline Vec3 moved_point(const Vec3& p, const Vec6& q) {
  const Vec3 theta = q.head<3>(), turn = theta.cross(p);
  return p + turn + 0.5 * theta.cross(turn) + q.tail<3>();
}

/// dx/dq of moved_point.
using PointMotion = Eigen::Matrix<double, 3, 6>;
[[nodiscard]] inline PointMotion point_motion(const Vec3& p, const Vec6& q) {
  const Vec3 theta = q.head<3>(), turn = theta.cross(p);
  PointMotion J;
  for (int k = 0; k < 3; ++k) {
    const Vec3 e = Vec3::Unit(k), ep = e.cross(p);
    J.col(k) = ep + 0.5 * (e.cross(turn) + theta.cross(ep));
  }
  J.rightCols<3>().setIdentity();
  return J;
}

/// Adds an energy e(x(q)) with point gradient `g` [N] and Hessian `H` [N/m] to the generalised gradient and Hessian.
inline void add_point_energy(const Vec3& p, const Vec6& q, const Vec3& g, const Mat3& H, Vec6& gradient,
                             Mat6& hessian) {
  const PointMotion J = point_motion(p, q);
  gradient.noalias() += J.transpose() * g;
  hessian.noalias() += J.transpose() * (H * J);
  hessian.topLeftCorner<3, 3>() += 0.5 * (g * p.transpose() + p * g.transpose()) - g.dot(p) * Mat3::Identity();
}

}  // namespace foramen
