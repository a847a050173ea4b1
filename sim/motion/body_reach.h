#pragma once

/// Bringing hands to places with the whole body: feet planted, joints within their limits, balanced over the feet.

#include <array>
#include <optional>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/motion/joint_limits.h"
#include "sim/motion/posture_kinematics.h"

namespace foramen {

struct ReachRequest {
  PostureAngles start{};      ///< where the search begins: the nearer, the faster [rad]
  PostureAngles preferred{};  ///< what the person would rather do: the technique [rad]
  PostureAngles spread{};     ///< how far each angle readily departs from that; 0 holds it at `start` [rad]
  std::array<std::optional<Vec3>, 2> hands;  ///< places of the grips by Side, floor frame; nothing = anywhere [m]
  Vec3 hand_force = Vec3::Zero();            ///< acts on those hands together, for balance [N]
  bool force_comes_and_goes = false;         ///< the body must be balanced without `hand_force` too
  Vec3 sway = Vec3::Zero();    ///< of the centre of pressure by the body's inertia, on the floor; balance counts it [m]
  std::optional<Vec3> centre;  ///< where the centre of pressure would rather be; nothing: between the feet, about [m]
  std::vector<Side> feet{Side::Left, Side::Right};  ///< on the floor; none: the pelvis stays where `pelvis` has it
  double step = 0;                                  ///< right foot ahead of the left [m]
  Pose pelvis;                                      ///< only without feet
  /// Part of the trunk's inclination that the lumbar spine takes; nothing = whatever the preferences give.
  std::optional<double> lumbar_share;
  LumbarShares shares;  ///< of the lumbar rotation over the levels
};

/// A request that keeps close to `posture`, with the spreads of the limits, standing on both feet.
[[nodiscard]] ReachRequest reach_from(const PostureAngles& posture, const JointLimits& limits,
                                      const LumbarShares& shares);

enum class ReachStatus {
  Reached,
  OutOfReach,   ///< the hands are as near as joints and balance let them
  NotConverged  ///< the search ended early: `angles` is the best so far
};

struct ReachResult {
  PostureAngles angles{};  ///< ankles of standing feet included [rad]
  ReachStatus status = ReachStatus::Reached;
  std::array<Vec3, 2> grips_W;               ///< where the grips are, by Side [m]
  std::array<double, 2> missing{};           ///< from each of them to its place [m]
  double balance_offset = 0;                 ///< how far the centre of pressure lies outside the feet [m]
  Vec3 centre_of_pressure_W = Vec3::Zero();  ///< [m]
  int iterations = 0;
};

/// Least squares over the body's angles: grips at their places (weighted so that preferences move them by less than a
/// tenth of a millimetre), feet where they stand, centre of pressure inside the soles, ankles within their range,
/// then the preferences. Levenberg–Marquardt with exact derivatives and bounds as an active set. A pure function.
/// Throws std::invalid_argument for values that are not finite.
[[nodiscard]] ReachResult reach_with_body(const Subject& subject, const JointLimits& limits,
                                          const ReachRequest& request);

/// Grips nearer than this to their places have reached them [m].
inline constexpr double kReachedWithin = 1e-3;

}  // namespace foramen
