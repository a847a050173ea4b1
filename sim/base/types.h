#pragma once

/// Linear-algebra aliases, rigid poses and wrenches.
///
/// Conventions used everywhere in Foramen
/// - SI units: m, kg, s, N, Pa, rad. A value that is not SI carries its unit in its name (`height_mm`).
/// - Axes (ISB, OpenSim): x anterior, y up, z to the subject's right. +x rotation is right bend, +y rotation is left
///   twist, +z rotation is extension.
/// - `p_AB_W` is the position of B from A, in the axes of W; `X_AB` places frame B in frame A: p_A = X_AB * p_B.

#include <Eigen/Core>
#include <Eigen/Geometry>

namespace foramen {

using Vec2 = Eigen::Vector2d;
using Vec3 = Eigen::Vector3d;
using Mat3 = Eigen::Matrix3d;
using Vec6 = Eigen::Matrix<double, 6, 1>;
using Mat6 = Eigen::Matrix<double, 6, 6>;

inline constexpr double kPi = 3.14159265358979323846;
inline constexpr double kGravity = 9.80665;  ///< standard acceleration of free fall [m/s²]

/// Rigid placement of one frame in another: p_A = R·p_B + p.
struct Pose {
  Mat3 R = Mat3::Identity();
  Vec3 p = Vec3::Zero();

  [[nodiscard]] Vec3 operator*(const Vec3& point) const { return R * point + p; }
  [[nodiscard]] Pose operator*(const Pose& other) const { return {R * other.R, R * other.p + p}; }
  [[nodiscard]] Pose inverse() const { return {R.transpose(), -(R.transpose() * p)}; }
};

/// Force and the moment about a stated point, in stated axes.
struct Wrench {
  Vec3 force = Vec3::Zero();   ///< [N]
  Vec3 moment = Vec3::Zero();  ///< [N·m]

  Wrench& operator+=(const Wrench& other) {
    force += other.force;
    moment += other.moment;
    return *this;
  }
};

/// Rotation matrix of the rotation vector `theta` (axis times angle) [rad].
[[nodiscard]] Mat3 rotation_from_vector(const Vec3& theta);

/// Rotation vector of `R`; angles up to pi. Inverse of rotation_from_vector.
[[nodiscard]] Vec3 vector_from_rotation(const Mat3& R);

/// Cross-product matrix: skew(a)·b = a × b.
[[nodiscard]] Mat3 skew(const Vec3& a);

/// Left Jacobian of the rotation vector: angular velocity = left_jacobian(theta)·d(theta)/dt.
[[nodiscard]] Mat3 left_jacobian(const Vec3& theta);

/// Reflection in the sagittal plane (z → −z) of a point or force.
[[nodiscard]] inline Vec3 mirrored(const Vec3& v) { return {v.x(), v.y(), -v.z()}; }

}  // namespace foramen
