#pragma once

/// The body as a tree of rigid segments with elastic joints on springs: small displacements under forces, in a time
/// that grows with the number of segments.

#include <Eigen/Cholesky>
#include <array>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen {

/// Folds segments into their parents from the limbs' ends to the pelvis as the articulated-body method does
/// (Featherstone 2008), with springs in place of inertias. Spatial vectors are (linear, angular): a motion is that of
/// the point at the pelvis' origin and the turn, a wrench the force and its moment about that point; world axes.
class ElasticTree {
 public:
  using Motions = std::array<Vec6, kBodyCount>;  ///< of the segments that are used
  using Loads = std::array<Vec6, kBodyCount>;    ///< wrenches that push against the motions
  using Springs = std::array<Mat6, kBodyCount>;  ///< wrench against the motion per motion of the segment

  /// What the joints and the pelvis are given beside springs and loads; nothing at first.
  struct Given {
    std::array<Vec3, kBodyCount> moment;  ///< turns the joint by compliance × moment [N·m]
    Vec6 pelvis = Vec6::Zero();           ///< moves the pelvis: a wrench

    Given() { moment.fill(Vec3::Zero()); }
  };

  /// `compliance`: turn of each joint per moment [rad/(N·m)], that of the pelvis is not used. `root`: stiffness of the
  /// weak springs that hold the pelvis, per component [N/m, N·m/rad].
  ElasticTree(const Subject& subject, const BodyPoses& poses, const std::array<double, kBodyCount>& compliance,
              const Vec6& root);

  /// Marks a segment whose motion is asked for, or that carries a spring.
  void use(Body body);

  /// Factors the tree on these springs; false where they hold it in no equilibrium (not positive definite).
  [[nodiscard]] bool fold(const Springs& springs);

  /// Motions in equilibrium on the springs last folded.
  [[nodiscard]] Motions move(const Loads& loads, const Given& given) const;

  /// Of a point of the segment, `r` from the pelvis' origin.
  [[nodiscard]] static Vec3 displacement(const Vec6& motion, const Vec3& r) {
    return motion.head<3>() + motion.tail<3>().cross(r);
  }

 private:
  struct Folded {
    Eigen::Matrix<double, 6, 3> coupling;  ///< wrench passed to the parent per turn of the joint
    Mat3 turn;                             ///< of the joint per moment, with all that it carries
  };

  const Subject& subject_;
  std::array<double, kBodyCount> compliance_;
  Vec6 root_;
  std::array<Vec3, kBodyCount> centres_;  ///< of the joints, from the pelvis' origin [m]
  std::array<bool, kBodyCount> used_{};
  std::array<Folded, kBodyCount> folded_;
  Eigen::LLT<Mat6> pelvis_;
};

}  // namespace foramen
