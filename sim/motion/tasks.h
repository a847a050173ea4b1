#pragma once

/// Lifts, carrying and pushing in words, written out as keyframes and loads.

#include <string>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/motion/motion.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// The scenario with its [lift], [carry] or [push] replaced by the keyframes and the load it stands for; the same
/// scenario where it has none. Angles are rounded to 0.01°, so that the written scenario runs to the same bits.
///
/// A lift: the person stands, moves to the load (as long as the lift takes, but no faster than at normal pace: it is
/// the lift that is hurried), takes it over in 0.25 s, lifts it, and holds it for 0.5 s or gives it back in 0.25 s and
/// straightens up. Postures at both ends come from reach_with_body with the technique's preferences; where the hands
/// take the load over or give it away the body is balanced with it and without. find_way joins them. Durations of the
/// paces: kLiftSeconds.
///
/// Throws InputError where the task stands: together with keyframes, loads or another task; off the feet; a golfer's
/// lift with both hands; hands that cannot reach (by how much), or a body that would topple.
/// `warnings`, where given, takes a line for each way on which joints or balance keep the hands off their path by more
/// than a centimetre.
[[nodiscard]] Scenario expand_tasks(const Subject& subject, const PostureLibrary& postures, const Scenario& scenario,
                                    std::vector<std::string>* warnings = nullptr);

/// Of a lift by Pace [s]. Chosen: self-paced lifts of 10–15 kg from floor to waist take 1.2–1.6 s; "fast" is as fast as
/// people were asked to lift in the studies of lifting speed (Bush-Joseph et al. 1988 Spine 13:1009), 0.8 s.
inline constexpr std::array<double, 3> kLiftSeconds{2.2, 1.4, 0.8};

}  // namespace foramen
