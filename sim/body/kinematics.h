#pragma once

/// Forward kinematics and recursive Newton–Euler of the body tree. Knows joint coordinates and forces, not postures.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/names.h"
#include "sim/base/types.h"

namespace foramen {

/// A rotation given by three angles in the order flexion-like about z, then x, then y of the moving frame, with rates.
/// z: extension (+), x: right bend (+), y: left twist (+) [rad, rad/s, rad/s²].
struct JointMotion {
  Vec3 angle = Vec3::Zero();  ///< (about x, about y, about z)
  Vec3 rate = Vec3::Zero();
  Vec3 acceleration = Vec3::Zero();

  [[nodiscard]] Mat3 rotation() const;  ///< Rz(angle.z) · Rx(angle.x) · Ry(angle.y)
};

/// Motion of the whole tree at one instant. `joints[b]` turns body b in its joint frame; for the pelvis it turns the
/// body in the world and `pelvis_position` places its origin.
struct TreeMotion {
  std::array<JointMotion, kBodyCount> joints;
  Vec3 pelvis_position = Vec3::Zero();
  Vec3 pelvis_velocity = Vec3::Zero();
  Vec3 pelvis_acceleration = Vec3::Zero();
};

/// Force from outside the body (floor, seat, bed, hand load) on one segment, world axes.
struct ExternalForce {
  Body body = Body::Pelvis;
  Vec3 point_W = Vec3::Zero();   ///< [m]
  Vec3 force_W = Vec3::Zero();   ///< [N]
  Vec3 moment_W = Vec3::Zero();  ///< [N·m]
};

using BodyPoses = std::array<Pose, kBodyCount>;  ///< X_WB

/// Where every segment is.
[[nodiscard]] BodyPoses place_bodies(const Subject& subject, const TreeMotion& motion);

/// How a segment moves, world axes. Velocity and acceleration are those of the body's origin; gravity is not in them.
struct BodyMotion {
  Pose pose;                                 ///< X_WB
  Vec3 angular_velocity = Vec3::Zero();      ///< [rad/s]
  Vec3 velocity = Vec3::Zero();              ///< [m/s]
  Vec3 angular_acceleration = Vec3::Zero();  ///< [rad/s²]
  Vec3 acceleration = Vec3::Zero();          ///< [m/s²]

  /// The same of a point fixed in the body, given in its axes [m].
  [[nodiscard]] Vec3 point_velocity(const Vec3& point_B) const;
  [[nodiscard]] Vec3 point_acceleration(const Vec3& point_B) const;
};
using BodyMotions = std::array<BodyMotion, kBodyCount>;

/// How every segment moves; the poses are those of place_bodies to the bit.
[[nodiscard]] BodyMotions move_bodies(const Subject& subject, const TreeMotion& motion);

/// Of the whole body [m], world axes.
[[nodiscard]] Vec3 centre_of_mass(const Subject& subject, const BodyPoses& poses);

/// What each joint must carry: the wrench that body b exerts on its parent, about the joint centre, in world axes
/// (standing at rest: a force downwards). The pelvis has no parent: its entry, about its origin, is what the whole body
/// exerts on the world beyond the external forces given, zero when these carry everything; the force that is missing
/// for equilibrium is its opposite. Recursive Newton–Euler (Luh, Walker and Paul 1980) with standard gravity along −y.
[[nodiscard]] std::array<Wrench, kBodyCount> joint_wrenches(const Subject& subject, const TreeMotion& motion,
                                                            const std::vector<ExternalForce>& external);

/// What each lumbar level must carry in all (muscles, disc, ligaments, facets, abdominal pressure): the wrench the
/// parts above exert on those below, about the disc centre, in the axes of the disc frame D of the reference pose.
using NetLoads = std::array<Wrench, kLevelCount>;
[[nodiscard]] NetLoads net_loads(const Subject& subject, const BodyPoses& poses,
                                 const std::array<Wrench, kBodyCount>& joint_wrenches);

/// Flexion moment that the muscles of each hip hold about its flexion axis, by Side; extension is negative [N·m].
[[nodiscard]] std::array<double, 2> hip_flexion(const BodyPoses& poses,
                                                const std::array<Wrench, kBodyCount>& joint_wrenches);

}  // namespace foramen
