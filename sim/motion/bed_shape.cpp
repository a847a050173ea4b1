#include "sim/motion/bed_shape.h"

#include <Eigen/QR>
#include <algorithm>

namespace foramen {

namespace {

constexpr double kLeastShare = 0.1;     ///< of an even push: foam is everywhere
constexpr double kEvenness = 0.02;      ///< weighs an uneven newton against a newton metre in a joint [m]
constexpr double kBalanceWeight = 1e3;  ///< weighs the balance of the whole body against moments in joints

/// Flexion moments of all joints, then vertical force and flexion moment left on the whole body, with their weights.
Eigen::VectorXd moments(const Subject& subject, const TreeMotion& resting, const std::vector<ExternalForce>& forces) {
  const auto wrenches = joint_wrenches(subject, resting, forces);
  Eigen::VectorXd rows(kBodyCount + 1);
  for (int b = 1; b < kBodyCount; ++b) rows[b] = wrenches[b].moment.z();
  rows[0] = kBalanceWeight * wrenches[0].moment.z();
  rows[kBodyCount] = kBalanceWeight * wrenches[0].force.y();
  return rows;
}

/// Least squares of A·x + b with x kept at or above `low`: entries that would fall below are fixed there in turn.
Eigen::VectorXd bounded_least_squares(const Eigen::MatrixXd& A, const Eigen::VectorXd& b, const Eigen::VectorXd& low) {
  std::vector<Eigen::Index> free;
  for (Eigen::Index i = 0; i < A.cols(); ++i) free.push_back(i);
  Eigen::VectorXd x = low;
  while (!free.empty()) {
    Eigen::VectorXd fixed = low;
    fixed(free).setZero();
    // Orthogonal, not by normal equations: left and right must come out equal in spite of the large balance weights.
    x(free) = A(Eigen::all, free).householderQr().solve(-b - A * fixed);
    const auto below = [&](Eigen::Index i) { return x[i] < low[i]; };
    if (std::none_of(free.begin(), free.end(), below)) break;
    std::erase_if(free, below);
    x = x.cwiseMax(low);
  }
  return x;
}

}  // namespace

std::vector<double> resting_pushes(const Subject& subject, const TreeMotion& resting, const std::vector<Pad>& pads,
                                   const std::vector<double>& even_pushes) {
  const Eigen::Index n = static_cast<Eigen::Index>(pads.size()), joints = kBodyCount + 1;
  const Eigen::VectorXd weight = moments(subject, resting, {});
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(joints + n, n);
  Eigen::VectorXd b = Eigen::VectorXd::Zero(joints + n), low(n);
  b.head(joints) = weight;
  for (Eigen::Index i = 0; i < n; ++i) {
    const Pad& pad = pads[static_cast<std::size_t>(i)];
    const double even = even_pushes[static_cast<std::size_t>(i)];
    A.col(i).head(joints) = moments(subject, resting, {{pad.body, pad.point_W, Vec3(0, 1, 0), Vec3::Zero()}}) - weight;
    A(joints + i, i) = kEvenness;
    b[joints + i] = -kEvenness * even;
    low[i] = kLeastShare * even;
  }
  const Eigen::VectorXd pushes = bounded_least_squares(A, b, low);
  return {pushes.data(), pushes.data() + n};
}

}  // namespace foramen
