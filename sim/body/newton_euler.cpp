#include <Eigen/Geometry>

#include "sim/body/kinematics.h"

namespace foramen {

namespace {

/// What body b would exert on its surroundings if nothing but itself were there: gravity minus inertia, about its
/// joint.
Wrench own_wrench(const Segment& segment, const BodyMotion& body, const Vec3& joint_W) {
  const Vec3 com_W = body.pose * segment.com_B;
  const Vec3 weight(0, -segment.mass * kGravity, 0);
  const Vec3 force = weight - segment.mass * body.point_acceleration(segment.com_B);
  const Mat3& R = body.pose.R;
  // Euler's equation in the body's axes, where the inertia is constant.
  const Vec3 omega_B = R.transpose() * body.angular_velocity;
  const Vec3 alpha_B = R.transpose() * body.angular_acceleration;
  const Vec3 spin_B = segment.inertia_B * alpha_B + omega_B.cross(segment.inertia_B * omega_B);
  return {force, (com_W - joint_W).cross(force) - R * spin_B};
}

}  // namespace

std::array<Wrench, kBodyCount> joint_wrenches(const Subject& subject, const TreeMotion& motion,
                                              const std::vector<ExternalForce>& external) {
  const BodyMotions bodies = move_bodies(subject, motion);
  std::array<Wrench, kBodyCount> wrenches;
  std::array<Vec3, kBodyCount> joints_W;
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& segment = subject.segments[b];
    joints_W[b] = b == 0 ? bodies[0].pose.p : bodies[b].pose * segment.X_BJ.p;
    wrenches[b] = own_wrench(segment, bodies[b], joints_W[b]);
  }
  for (const ExternalForce& load : external) {
    const int b = index(load.body);
    wrenches[b] += {load.force_W, load.moment_W + (load.point_W - joints_W[b]).cross(load.force_W)};
  }
  for (int b = kBodyCount - 1; b > 0; --b) {  // children come after parents
    const int parent = index(subject.segments[b].parent);
    wrenches[parent] +=
        {wrenches[b].force, wrenches[b].moment + (joints_W[b] - joints_W[parent]).cross(wrenches[b].force)};
  }
  return wrenches;
}

}  // namespace foramen
