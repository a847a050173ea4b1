#pragma once

/// Floor, seat and bed: the forces that carry whatever weight, inertia and hand loads leave over.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"

namespace foramen {

/// What the supports must exert on the body in all, about a point [N, N·m], world axes.
struct Demand {
  Vec3 about_W = Vec3::Zero();  ///< [m]
  Wrench wrench;

  /// Moment about another point.
  [[nodiscard]] Vec3 moment_about(const Vec3& point_W) const;
};

/// The forces of the supports. They always sum to the demand; where the supports could not deliver it by pushing alone,
/// `overreach` says how far the centre of pressure lies outside them.
struct SupportForces {
  std::vector<ExternalForce> forces;
  double overreach = 0;                      ///< 0: in balance [m]
  Vec3 centre_of_pressure_W = Vec3::Zero();  ///< of the demand, on the supporting plane [m]
};

/// Where a horizontal plane at `height` could carry the demand by a force and a moment about the vertical alone. The
/// vertical force of the demand must be positive.
[[nodiscard]] Vec3 centre_of_pressure(const Demand& demand, double height);

/// The part of a standing body that may press on the floor, from the ankle's centre, foot flat [m].
struct Sole {
  double heel = 0, toe = 0;  ///< x of the ends
  double half_width = 0;     ///< to either side
  double floor = 0;          ///< y of the floor
};
/// Ends from Segment::sole_B, breadth 0.055 of stature (Drillis and Contini 1966). Throws std::invalid_argument for a
/// foot without sole points.
[[nodiscard]] Sole sole(const Subject& subject);

/// Standing on one foot or both: the resultant acts at the centre of pressure, split between two feet by its lateral
/// place. The floor is at height 0. Throws std::invalid_argument without a foot.
[[nodiscard]] SupportForces stand(const Demand& demand, const std::vector<Side>& feet,
                                  const std::array<Vec3, 2>& ankles_W, const Sole& sole);

/// A place that gives way in proportion to how deep the body sinks in, and only pushes.
struct Pad {
  Body body = Body::Pelvis;
  Vec3 point_W = Vec3::Zero();  ///< [m]
  double stiffness = 0;         ///< [N/m]
  double lift = 0;              ///< how far the body has risen off its resting place there [m]
};

/// A leg held from outside by a hand under its ankle, pushing upwards, so that `share` of the hip's flexion moment left
/// by the pads under the leg vanishes.
struct HeldLeg {
  Side side = Side::Left;
  double share = 0;  ///< 0: nobody holds it
  Vec3 hip_W = Vec3::Zero();
  Vec3 ankle_W = Vec3::Zero();
  double hip_moment_z = 0;  ///< that the leg exerts on the pelvis without any support [N·m]
};

/// Rests the body on pads: finds the sink (height, pitch and roll of the whole body) at which pads, friction at the
/// pads and held legs carry the demand. Friction shares the horizontal demand among the pads by their push.
[[nodiscard]] SupportForces rest_on_pads(const Demand& demand, const std::vector<Pad>& pads,
                                         const std::vector<HeldLeg>& legs);

}  // namespace foramen
