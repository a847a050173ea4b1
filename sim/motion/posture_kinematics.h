#pragma once

/// From the angles a posture is described by to the joints of the body tree.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "sim/motion/jet.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// The coordinates of a moving person [rad].
struct MovingAngles {
  std::array<Jet, kPostureAngleCount> posture{};

  [[nodiscard]] Jet& operator[](PostureAngle angle) { return posture[index(angle)]; }
  [[nodiscard]] const Jet& operator[](PostureAngle angle) const { return posture[index(angle)]; }
};

/// The angle of one side, given the left one.
[[nodiscard]] constexpr PostureAngle on_side(PostureAngle left, Side side) {
  return static_cast<PostureAngle>(index(left) + index(side));
}

/// How a total lumbar rotation splits over the joints below the thorax. Each row sums to 1 over L1–L2 … L5–S1; T12–L1
/// turns in addition to the total L1–S1.
struct LumbarShares {
  std::array<double, kLevelCount> flexion{}, bend{}, twist{};  ///< by Level
  double flexion_T12L1 = 0;                                    ///< per total L1–S1
};

/// Flexion after the scenario's shares (T12–L1 … L5–S1, default Arjmand and Shirazi-Adl 2006), bend and twist after
/// Christophy et al. (2012, axial shares as updated to sum to 1). Throws InputError for negative shares or a zero sum.
[[nodiscard]] LumbarShares lumbar_shares(const SolverOptions& options);

/// Every joint of the tree except the placement of the pelvis, which gets its own turn only. Flexion of the spine
/// turns about −z, bend to the right about +x, twist to the left about +y of each joint's frame. The thorax is one
/// body: thoracic angles turn T12–L1.
[[nodiscard]] TreeMotion turn_joints(const MovingAngles& angles, const LumbarShares& shares);

/// A vector of the pelvis in the axes of the world: Rz(−pitch)·Rx(bend)·Ry(turn)·v.
[[nodiscard]] JetVec3 turned_with_pelvis(const MovingAngles& angles, const JetVec3& v);

/// Centre of the ankle joint from the pelvis' origin, in the axes of the world, the pelvis being turned [m].
[[nodiscard]] JetVec3 ankle_from_pelvis(const Subject& subject, const MovingAngles& angles, Side side);

/// Where the middle of the ankles of the standing feet is, floor frame: over the origin, or beside it on one foot [m].
[[nodiscard]] Vec3 middle_of_stance(const Subject& subject, const std::vector<Side>& feet, double floor);

/// Turns the ankle of one side so that the foot keeps the direction it has in standing, whatever the leg does, and
/// writes the dorsiflexion this takes into `angles`.
void flatten_foot(MovingAngles& angles, Side side, TreeMotion& tree);

}  // namespace foramen
