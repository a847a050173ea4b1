#include "sim/motion/posture_kinematics.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "sim/base/error.h"

namespace foramen {

namespace {

/// Shares of L1–L2 … L5–S1 in bending and in twist: Christophy et al. 2012, the twist as updated later to sum to 1.
constexpr std::array<double, kLevelCount> kBendShares{0.188, 0.2501285, 0.245332, 0.1810862, 0.1356};
constexpr std::array<double, kLevelCount> kTwistShares{0.1688312, 0.1818182, 0.2207792, 0.2207792, 0.2077922};

std::array<double, kLevelCount> normalised(std::array<double, kLevelCount> shares) {
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

/// A joint that turns by (x, y, z) of jets.
JointMotion joint(const Jet& x, const Jet& y, const Jet& z) {
  return {{x.value, y.value, z.value}, {x.rate, y.rate, z.rate}, {x.acceleration, y.acceleration, z.acceleration}};
}

void turn_spine(const MovingAngles& a, const LumbarShares& shares, TreeMotion& tree) {
  const Jet& flexion = a[PostureAngle::LumbarFlexion];
  const Jet& bend = a[PostureAngle::LumbarBendRight];
  const Jet& twist = a[PostureAngle::LumbarTwistLeft];
  for (int l = 0; l < kLevelCount; ++l) {
    tree.joints[index(body_of(static_cast<Vertebra>(l)))] =
        joint(shares.bend[l] * bend, shares.twist[l] * twist, -shares.flexion[l] * flexion);
  }
  tree.joints[index(Body::Thorax)] = joint(a[PostureAngle::ThoracicBendRight], a[PostureAngle::ThoracicTwistLeft],
                                           -(shares.flexion_T12L1 * flexion) - a[PostureAngle::ThoracicFlexion]);
  tree.joints[index(Body::Head)] = joint({}, {}, -a[PostureAngle::NeckFlexion]);
}

void turn_limbs(const MovingAngles& a, Side side, TreeMotion& tree) {
  const auto angle = [&](PostureAngle left) { return a[on_side(left, side)]; };
  const auto turn = [&](Body left) -> JointMotion& { return tree.joints[index(on_side(left, side))]; };
  // About +x a hanging limb swings to the left: outward for the left arm, inward for the left leg's mirror.
  const double sign = side_sign(side);
  turn(Body::UpperArmLeft) =
      joint(-sign * angle(PostureAngle::ShoulderAbductionLeft), {}, angle(PostureAngle::ShoulderFlexionLeft));
  turn(Body::ForearmLeft) = joint({}, {}, angle(PostureAngle::ElbowFlexionLeft));
  turn(Body::ThighLeft) = joint(sign * angle(PostureAngle::HipAdductionLeft),
                                sign * angle(PostureAngle::HipRotationLeft), angle(PostureAngle::HipFlexionLeft));
  turn(Body::ShankLeft) = joint({}, {}, -angle(PostureAngle::KneeFlexionLeft));
  turn(Body::FootLeft) = joint({}, {}, angle(PostureAngle::AnkleDorsiflexionLeft));
}

/// A vector of the thigh in the axes of the pelvis.
JetVec3 turned_with_thigh(const MovingAngles& a, Side side, const JetVec3& v) {
  const auto angle = [&](PostureAngle left) { return a[on_side(left, side)]; };
  const double sign = side_sign(side);
  return turned_z(
      turned_x(turned_y(v, sign * angle(PostureAngle::HipRotationLeft)), sign * angle(PostureAngle::HipAdductionLeft)),
      angle(PostureAngle::HipFlexionLeft));
}

}  // namespace

LumbarShares lumbar_shares(const SolverOptions& options) {
  double sum = 0;
  for (std::size_t i = 0; i < options.lumbar_shares.size(); ++i) {
    const double share = options.lumbar_shares[i];
    if (!std::isfinite(share) || share < 0) {
      throw InputError(InputProblem{.key = "solver.lumbar_shares",
                                    .message = fmt::format("share {} is {}: none may be negative", i, share)});
    }
    if (i > 0) sum += share;
  }
  if (!(sum > 0))
    throw InputError(InputProblem{.key = "solver.lumbar_shares", .message = "the shares of L1-L2 to L5-S1 sum to 0"});
  LumbarShares shares{{}, normalised(kBendShares), normalised(kTwistShares), options.lumbar_shares[0] / sum};
  for (int l = 0; l < kLevelCount; ++l) shares.flexion[l] = options.lumbar_shares[l + 1] / sum;
  return shares;
}

TreeMotion turn_joints(const MovingAngles& angles, const LumbarShares& shares) {
  TreeMotion tree;
  tree.joints[index(Body::Pelvis)] = joint(angles[PostureAngle::PelvisBendRight], angles[PostureAngle::PelvisTurnLeft],
                                           -angles[PostureAngle::PelvisForwardPitch]);
  turn_spine(angles, shares, tree);
  for (const Side side : kSides) turn_limbs(angles, side, tree);
  return tree;
}

JetVec3 turned_with_pelvis(const MovingAngles& angles, const JetVec3& v) {
  return turned_z(turned_x(turned_y(v, angles[PostureAngle::PelvisTurnLeft]), angles[PostureAngle::PelvisBendRight]),
                  -angles[PostureAngle::PelvisForwardPitch]);
}

JetVec3 ankle_from_pelvis(const Subject& subject, const MovingAngles& angles, Side side) {
  const Segment& thigh = subject.segments[index(on_side(Body::ThighLeft, side))];
  const Segment& shank = subject.segments[index(on_side(Body::ShankLeft, side))];
  const Segment& foot = subject.segments[index(on_side(Body::FootLeft, side))];
  const auto angle = [&](PostureAngle left) { return angles[on_side(left, side)]; };
  // Limb bodies have the world's axes in standing (Segment), so their joint frames only shift.
  JetVec3 r = constant(foot.X_PJ.p - shank.X_BJ.p);
  r = turned_z(r, -angle(PostureAngle::KneeFlexionLeft));
  r = r + constant(shank.X_PJ.p - thigh.X_BJ.p);
  return turned_with_pelvis(angles, turned_with_thigh(angles, side, r) + constant(thigh.X_PJ.p));
}

Vec3 middle_of_stance(const Subject& subject, const std::vector<Side>& feet, double floor) {
  const double beside = feet.size() == 1 ? ankle_from_pelvis(subject, {}, feet.front()).z.value : 0;
  return {0, -floor, beside};
}

void flatten_foot(MovingAngles& angles, Side side, TreeMotion& tree) {
  // The ankle turns the shank's axes back to the world's: its rotation is the transpose of the shank's, resolved here
  // into the joint's own z, x, y angles.
  const Jet knee = angles[on_side(PostureAngle::KneeFlexionLeft, side)];
  const auto shank_axis = [&](const Vec3& axis) {
    return turned_with_pelvis(angles, turned_with_thigh(angles, side, turned_z(constant(axis), -knee)));
  };
  const JetVec3 ex = shank_axis(Vec3::UnitX()), ey = shank_axis(Vec3::UnitY()), ez = shank_axis(Vec3::UnitZ());
  const Jet x = asin(ez.y), y = atan2(-ez.x, ez.z), z = atan2(-ex.y, ey.y);
  tree.joints[index(on_side(Body::FootLeft, side))] = joint(x, y, z);
  angles[on_side(PostureAngle::AnkleDorsiflexionLeft, side)] = z;
}

}  // namespace foramen
