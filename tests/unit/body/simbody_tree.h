#pragma once

/// A tree of bodies built in Simbody, behind plain Eigen types: Simbody 3.7's headers are C++17 (their comparison
/// operators are ambiguous in C++20), ours are C++20, so neither may see the other.

#include <Eigen/Core>
#include <vector>

namespace foramen::testing {

/// A frame in a body: p_B = R · p_F + p [m].
struct PlainFrame {
  Eigen::Matrix3d R;
  Eigen::Vector3d p;
};

/// One body, its joint and how the joint moves (turns about z, x, y of the moving frame [rad, rad/s, rad/s²]).
struct PlainBody {
  int parent = 0;  ///< of the first body: itself; it moves freely in the world
  PlainFrame X_PJ, X_BJ;
  double mass = 0;            ///< [kg]
  Eigen::Vector3d com_B;      ///< [m]
  Eigen::Matrix3d inertia_B;  ///< about the centre of mass [kg·m²]
  Eigen::Vector3d angle, rate, acceleration;
};

/// Place of the first body in the world [m, m/s, m/s²].
struct PlainRoot {
  Eigen::Vector3d position, velocity, acceleration;
};

struct PlainForce {
  int body = 0;
  Eigen::Vector3d point_W, force_W, moment_W;  ///< [m, N, N·m]
};

/// Generalised forces that the motion needs beyond gravity (along −y) and the forces, body by body: about z, x, y of
/// the joint; of the first body also along z, x, y.
[[nodiscard]] std::vector<Eigen::VectorXd> needed_in_simbody(const std::vector<PlainBody>& bodies,
                                                             const PlainRoot& root,
                                                             const std::vector<PlainForce>& forces, double gravity);

}  // namespace foramen::testing
