#pragma once

/// Objects the hands take over, carry and give back.

#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "sim/motion/jet.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// How much of a load hangs on the hands [kg]. It grows from `from` to `from + grip` and falls from `to − grip` to `to`
/// (smooth_step; both shorten to half the time between where that is less). A load that is there from the first instant
/// of the motion has been taken over before, and one that stays to the last is given back later: neither is ramped.
[[nodiscard]] double held_share(const HandLoad& load, double start, double end, double time);  ///< 0…1
[[nodiscard]] double carried_mass(const HandLoad& load, double start, double end, double time);

/// Adds what the load does to the hands when `held` (0…1) of it is carried: weight and inertia of the mass, which
/// follows the grips without turning, and the load's own force. A box hangs kBoxDrop below the middle between its
/// grips, held level; a bag or a point pulls at the grip. A load on the back rides on the thorax.
void add_load_forces(const Subject& subject, const HandLoad& load, double held, const BodyMotions& bodies,
                     std::vector<ExternalForce>& external);

/// Grips of a box's handles above its centre of mass [m]. Estimate: handles near the upper edge of a crate 25 cm high.
inline constexpr double kBoxDrop = 0.10;

/// Centre of a rucksack behind the centre of mass of the thorax [m]. Estimate: half the depth of the chest (0.11 m) and
/// of a packed rucksack (0.13 m).
inline constexpr double kRucksackBehind = 0.24;
/// The same place in the thorax [m].
[[nodiscard]] Vec3 back_point(const Subject& subject);

/// The sides that hold a load.
[[nodiscard]] std::vector<Side> holding_sides(Hands hands);

}  // namespace foramen
