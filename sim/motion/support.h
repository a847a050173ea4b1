#pragma once

/// Floor, seat and bed: the forces that carry whatever weight, inertia and hand loads leave over.

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/body/kinematics.h"

namespace foramen {

/// What the supports must exert on the body in all, about a point [N, N·m], world axes.
struct Demand {
  Vec3 about_W = Vec3::Zero();  ///< [m]
  Wrench wrench;

  /// Moment about another point.
  [[nodiscard]] Vec3 moment_about(const Vec3& point_W) const;
};

/// The moments that joints carry without muscles where they are [N·m], world axes, in the sense of joint_wrenches: what
/// discs, ligaments and stretched muscles at rest hold. Zero: the joint hangs loosely.
using RestMoments = std::array<Vec3, kBodyCount>;

/// The same of the lumbar levels, about their disc centres in the axes of D. `unsupported`: what they would have to
/// carry without any support.
using SpineAtRest = std::function<std::array<Vec3, kLevelCount>(const TreeMotion& motion, const BodyPoses& poses,
                                                                const NetLoads& unsupported)>;

/// What pushes on the body.
enum class SupportPlace { Feet, Seat, Backrest, Bed, Knees, Hands, Forearms, Desk, Thighs, Helper, Floor };
inline constexpr int kSupportPlaceCount = 11;
/// In files and messages: "feet", "seat", … "helper" (somebody, or a bar, that holds a leg up or feet down). "thighs": arms that lean on
/// them; "floor": what lies on it and has no name of its own here.
inline constexpr std::array<std::string_view, kSupportPlaceCount> kSupportPlaceNames{
    "feet", "seat", "backrest", "bed", "knees", "hands", "forearms", "desk", "thighs", "helper", "floor"};

/// One push of a support.
struct SupportReaction {
  SupportPlace place = SupportPlace::Feet;
  Body body = Body::Pelvis;
  Vec3 point_W = Vec3::Zero();  ///< [m]
  Vec3 force_W = Vec3::Zero();  ///< on the body [N]
};

/// The forces of the supports. They always sum to the demand; where the supports could not deliver it by pushing alone,
/// `overreach` says how far the centre of pressure lies outside them.
struct SupportForces {
  std::vector<ExternalForce> forces;
  std::vector<SupportReaction> reactions;    ///< the same by place, without what no place carries
  double overreach = 0;                      ///< 0: in balance [m]
  Vec3 centre_of_pressure_W = Vec3::Zero();  ///< of the demand, on the supporting plane [m]
  Convergence convergence;                   ///< of the pads; where they found no equilibrium none of them pushes
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

/// The floor between standing feet that may press: the convex hull of their soles.
class BaseOfSupport {
 public:
  /// One foot or both, by their ankles. `rim`: of the soles, left free [m].
  BaseOfSupport(const Sole& sole, const std::vector<Vec3>& ankles_W, double rim = 0);

  [[nodiscard]] Vec3 middle() const { return {0.5 * (low_.x() + high_.x()), 0, 0.5 * (low_.y() + high_.y())}; }
  /// How far a centre of pressure lies beyond each pair of edges, signed; 0 between them [m].
  struct Beyond {
    double ahead = 0, right = 0;
    double across = 0;  ///< of the line from one foot to the other
  };
  [[nodiscard]] Beyond beyond(const Vec3& centre) const;
  /// The direction of Beyond::across on the floor; zero where the feet stand level, where it would say nothing more.
  [[nodiscard]] const Vec3& across() const { return across_; }
  /// What brings a centre of pressure inside, by the shortest way except near the hull's blunt corners.
  [[nodiscard]] Vec3 back(const Vec3& centre) const;
  /// How far that is; 0 inside [m].
  [[nodiscard]] double outside(const Vec3& centre) const { return back(centre).norm(); }

 private:
  Vec2 low_, high_;  ///< x and z of the rectangle round the hull [m]
  Vec3 across_ = Vec3::Zero();
  double strip_ = 0;  ///< half its width [m]
};

/// Standing on one foot or both: the resultant acts at the centre of pressure, split between two feet by its lateral
/// place. The floor is at height 0. Throws std::invalid_argument without a foot.
[[nodiscard]] SupportForces stand(const Demand& demand, const std::vector<Side>& feet,
                                  const std::array<Vec3, 2>& ankles_W, const Sole& sole);

}  // namespace foramen
