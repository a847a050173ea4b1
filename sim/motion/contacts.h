#pragma once

/// Compliant places that the body leans on, and how they share its weight.

#include <string_view>
#include <vector>

#include "sim/motion/support.h"

namespace foramen {

/// One place where the body may be pushed, never pulled: a pad that gives way, with friction.
struct Contact {
  SupportPlace place = SupportPlace::Bed;
  Body body = Body::Pelvis;
  std::optional<Body> leans_on;  ///< another segment of the same body takes the opposite force
  Vec3 point_W = Vec3::Zero();   ///< [m]
  Vec3 normal_W = {0, 1, 0};     ///< unit, towards the body
  double gap = 0;                ///< how far the body must sink before it touches [m]
  double compliance = 1e-4;      ///< sink per push [m/N]
  double preload = 0;            ///< push at which the pad has its shape: bedding that fits the resting body [N]
  double friction = 0;           ///< coefficient
};

/// A body does not sink deeper than this to find a pad: over the gap the pad's stiffness fades to nothing, without a
/// jump, and who needs a farther one is out of balance [m]. Estimate.
inline constexpr double kContactReach = 0.05;

/// How much a joint turns per moment about any of its axes [rad/(N·m)]: at rest it gives way, held by its muscles it
/// hardly does. The pelvis has no joint.
[[nodiscard]] double joint_compliance(Body body, Muscles muscles);

/// The pushes that carry the body. They minimise the complementary energy of all pads and of the joints above them,
///   Σ ½ a (N − preload)² + gap·N + ½ b |T|²  +  Σ ½ c |M − rest|²,   N ≥ 0, T within the friction pyramid,
/// with M the moments in the joints, subject to balance of the whole body: that is the equilibrium of a tree of bodies
/// with elastic joints on pads that only push. A joint that turns from its posture by c·(M − rest) carries M. A resting
/// person's weight goes where muscles have least to do, on stretched ligaments if need be, since relaxed joints give
/// way long before a pad does; one who holds a posture is stiff and shares the weight as the pads do, without pushing
/// limbs apart. Strictly convex, so the forces are unique, mirror with the body, and follow poses, weight and hand
/// loads without a jump. `wrenches`: joint_wrenches without any support. What pushing cannot carry is reported by
/// `overreach` and applied to the pelvis as a force of no place.
[[nodiscard]] SupportForces carry_by_contacts(const Subject& subject, const BodyPoses& poses,
                                              const std::array<Wrench, kBodyCount>& wrenches,
                                              const std::vector<Contact>& contacts, Muscles muscles,
                                              const RestMoments& rest);

}  // namespace foramen
