#include <Eigen/Geometry>
#include <cmath>

#include "sim/body/kinematics.h"

namespace foramen {

namespace {

/// A joint's rotation with its angular velocity and acceleration, all in the axes of the joint frame on the parent.
struct JointKinematics {
  Mat3 R;
  Vec3 velocity;
  Vec3 acceleration;
};

/// Columns of R: the moving axes after Rz(c)·Rx(a)·Ry(b).
Mat3 rotation_of(const Vec3& angle, Vec3& x_axis, Vec3& y_axis) {
  const double sa = std::sin(angle.x()), ca = std::cos(angle.x());
  const double sb = std::sin(angle.y()), cb = std::cos(angle.y());
  const double sc = std::sin(angle.z()), cc = std::cos(angle.z());
  x_axis = {cc, sc, 0};              // Rz x: the axis of the second turn
  y_axis = {-sc * ca, cc * ca, sa};  // Rz Rx y: the axis of the third turn
  const Vec3 z_axis(sc * sa, -cc * sa, ca);
  Mat3 R;
  R.col(0) = cb * x_axis - sb * z_axis;
  R.col(1) = y_axis;
  R.col(2) = sb * x_axis + cb * z_axis;
  return R;
}

JointKinematics joint_kinematics(const JointMotion& joint) {
  Vec3 x_axis, y_axis;
  JointKinematics k;
  k.R = rotation_of(joint.angle, x_axis, y_axis);
  const Vec3 first(0, 0, joint.rate.z());
  const Vec3 second = joint.rate.x() * x_axis;
  const Vec3 third = joint.rate.y() * y_axis;
  k.velocity = first + second + third;
  k.acceleration = Vec3(0, 0, joint.acceleration.z()) + joint.acceleration.x() * x_axis +
                   joint.acceleration.y() * y_axis + first.cross(second) + (first + second).cross(third);
  return k;
}

/// X_PB for a joint turned by R.
Pose place_in_parent(const Segment& segment, const Mat3& R) {
  const Mat3 R_PB = segment.X_PJ.R * R * segment.X_BJ.R.transpose();
  return {R_PB, segment.X_PJ.p - R_PB * segment.X_BJ.p};
}

}  // namespace

Mat3 JointMotion::rotation() const {
  Vec3 x_axis, y_axis;
  return rotation_of(angle, x_axis, y_axis);
}

Vec3 BodyMotion::point_velocity(const Vec3& point_B) const {
  return velocity + angular_velocity.cross(pose.R * point_B);
}

Vec3 BodyMotion::point_acceleration(const Vec3& point_B) const {
  const Vec3 r = pose.R * point_B;
  return acceleration + angular_acceleration.cross(r) + angular_velocity.cross(angular_velocity.cross(r));
}

BodyPoses place_bodies(const Subject& subject, const TreeMotion& motion) {
  BodyPoses poses;
  poses[0] = {motion.joints[0].rotation(), motion.pelvis_position};
  for (int b = 1; b < kBodyCount; ++b) {
    const Segment& segment = subject.segments[b];
    poses[b] = poses[index(segment.parent)] * place_in_parent(segment, motion.joints[b].rotation());
  }
  return poses;
}

BodyMotions move_bodies(const Subject& subject, const TreeMotion& motion) {
  BodyMotions bodies;
  const JointKinematics root = joint_kinematics(motion.joints[0]);
  bodies[0] = {{root.R, motion.pelvis_position},
               root.velocity,
               motion.pelvis_velocity,
               root.acceleration,
               motion.pelvis_acceleration};
  for (int b = 1; b < kBodyCount; ++b) {
    const Segment& segment = subject.segments[b];
    const BodyMotion& parent = bodies[index(segment.parent)];
    const JointKinematics joint = joint_kinematics(motion.joints[b]);
    const Mat3 R_WJ = parent.pose.R * segment.X_PJ.R;
    const Vec3 spin = R_WJ * joint.velocity;

    BodyMotion& body = bodies[b];
    body.pose = parent.pose * place_in_parent(segment, joint.R);
    body.angular_velocity = parent.angular_velocity + spin;
    body.angular_acceleration =
        parent.angular_acceleration + R_WJ * joint.acceleration + parent.angular_velocity.cross(spin);
    // From the parent's origin to the joint centre with the parent, on to this body's origin with this body.
    const Vec3 r = body.pose.R * -segment.X_BJ.p;
    body.velocity = parent.point_velocity(segment.X_PJ.p) + body.angular_velocity.cross(r);
    body.acceleration = parent.point_acceleration(segment.X_PJ.p) + body.angular_acceleration.cross(r) +
                        body.angular_velocity.cross(body.angular_velocity.cross(r));
  }
  return bodies;
}

Vec3 centre_of_mass(const Subject& subject, const BodyPoses& poses) {
  double mass = 0;
  Vec3 moment = Vec3::Zero();
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& segment = subject.segments[b];
    mass += segment.mass;
    moment += segment.mass * (poses[b] * segment.com_B);
  }
  return moment / mass;
}

}  // namespace foramen
