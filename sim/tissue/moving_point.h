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
  // −[p]× − ½[θ×p]× − ½[θ]×[p]×, and [θ]×[p]× = p·θᵀ − (θ·p)·1.
  const Vec3 theta = q.head<3>(), v = p + 0.5 * theta.cross(p);
  const double along = 0.5 * theta.dot(p);
  PointMotion J;
  J.leftCols<3>() = -0.5 * p * theta.transpose();
  J(0, 0) += along;
  J(1, 1) += along;
  J(2, 2) += along;
  J(0, 1) += v.z();
  J(0, 2) -= v.y();
  J(1, 0) -= v.z();
  J(1, 2) += v.x();
  J(2, 0) += v.y();
  J(2, 1) -= v.x();
  J.rightCols<3>().setIdentity();
  return J;
}

/// Adds an energy e(x(q)) with point gradient `g` [N] and Hessian `H` [N/m] to the generalised gradient and Hessian;
/// `J` is the point's motion at q.
inline void add_point_energy(const Vec3& p, const PointMotion& J, const Vec3& g, const Mat3& H, Vec6& gradient,
                             Mat6& hessian) {
  const Mat3 turn = J.leftCols<3>();
  const Mat3 mixed = turn.transpose() * H;
  gradient.head<3>().noalias() += turn.transpose() * g;
  gradient.tail<3>() += g;
  hessian.topLeftCorner<3, 3>().noalias() += mixed * turn;
  hessian.topLeftCorner<3, 3>() += 0.5 * (g * p.transpose() + p * g.transpose()) - g.dot(p) * Mat3::Identity();
  hessian.topRightCorner<3, 3>() += mixed;
  hessian.bottomLeftCorner<3, 3>() += mixed.transpose();
  hessian.bottomRightCorner<3, 3>() += H;
}
inline void add_point_energy(const Vec3& p, const Vec6& q, const Vec3& g, const Mat3& H, Vec6& gradient,
                             Mat6& hessian) {
  add_point_energy(p, point_motion(p, q), g, H, gradient, hessian);
}

}  // namespace foramen
