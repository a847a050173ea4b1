#include "sim/spine/passive_response.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>

namespace foramen {

namespace {

Mat3 cross_matrix(const Vec3& v) {
  Mat3 m;
  m << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return m;
}

}  // namespace

Vec3 passive_moment(const SegmentState& state, const Vec6& q) {
  const Mat3 Jt = left_jacobian(q.head<3>()).transpose();
  return Jt.partialPivLu().solve(Vec3(state.gradient.head<3>())) +
         Vec3(q.tail<3>()).cross(Vec3(state.gradient.tail<3>()));
}

PassiveResponse passive_response(const SegmentState& state, const Vec6& q) {
  const Mat6& H = state.hessian;
  const Vec3 theta = q.head<3>(), g = state.gradient.head<3>();
  const Mat3 turned = left_jacobian(theta).transpose().inverse(), arm = cross_matrix(q.tail<3>());
  const Mat3 turning =
      -0.5 * cross_matrix(g) - (cross_matrix(theta.cross(g)) + cross_matrix(theta) * cross_matrix(g)) / 12;
  const Mat3 by_theta = turned * H.topLeftCorner<3, 3>() + turning + arm * H.bottomLeftCorner<3, 3>();
  const Mat3 by_shift =
      turned * H.topRightCorner<3, 3>() + arm * H.bottomRightCorner<3, 3>() - cross_matrix(state.gradient.tail<3>());
  const Mat3 by_force = H.bottomRightCorner<3, 3>().ldlt().solve(by_shift.transpose()).transpose();
  return {by_theta - by_force * H.bottomLeftCorner<3, 3>(), by_force};
}

}  // namespace foramen
