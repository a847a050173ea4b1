#include <Eigen/Geometry>

#include "sim/body/kinematics.h"

namespace foramen {

NetLoads net_loads(const Subject& subject, const BodyPoses& poses,
                   const std::array<Wrench, kBodyCount>& joint_wrenches) {
  NetLoads loads;
  for (const Level level : kLevels) {
    const int upper = index(body_of(upper_vertebra(level)));
    const int lower = index(body_of(lower_vertebra(level)));
    const Pose X_WD = poses[lower] * subject.levels[index(level)].X_LD;
    const Vec3 joint_W = poses[upper] * subject.segments[upper].X_BJ.p;
    const Wrench& at_joint = joint_wrenches[upper];
    const Vec3 moment_W = at_joint.moment + (joint_W - X_WD.p).cross(at_joint.force);
    loads[index(level)] = {X_WD.R.transpose() * at_joint.force, X_WD.R.transpose() * moment_W};
  }
  return loads;
}

std::array<double, 2> hip_flexion(const BodyPoses& poses, const std::array<Wrench, kBodyCount>& joint_wrenches) {
  const Vec3 to_the_right = poses[static_cast<std::size_t>(index(Body::Pelvis))].R.col(2);
  return {-to_the_right.dot(joint_wrenches[static_cast<std::size_t>(index(Body::ThighLeft))].moment),
          -to_the_right.dot(joint_wrenches[static_cast<std::size_t>(index(Body::ThighRight))].moment)};
}

}  // namespace foramen
