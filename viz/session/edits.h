#pragma once

/// Changes to a scenario that sliders and drags make. Each gives a new scenario; all throw InputError with what is
/// allowed.

#include <optional>
#include <string>

#include "sim/motion/motion.h"
#include "sim/scenario/scenario.h"

namespace foramen::session {

/// One key set to a TOML value, as `foramen run --set` does. `file` stands in messages.
[[nodiscard]] Scenario with_value(const Scenario& scenario, const std::string& key, const std::string& value,
                                  const std::string& file);

/// The keyframe nearest to a time [s]. Throws InputError for a scenario without keyframes.
[[nodiscard]] std::size_t nearest_keyframe(const Scenario& scenario, double time);

/// What a keyframe's angle is: its override, else its posture's [rad].
[[nodiscard]] double keyframe_angle(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe,
                                    PostureAngle angle);

/// What carries the person in a keyframe: the scenario's word, else its posture's.
[[nodiscard]] Support keyframe_support(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe);

/// `name` is a posture angle ("hip_flexion_left"), or one without its side for both [rad].
[[nodiscard]] Scenario with_angle(const Scenario& scenario, std::size_t keyframe, const std::string& name,
                                  double value);

/// Tips the pelvis forward to `pitch` [rad] in the hips: the legs stay where they are.
[[nodiscard]] Scenario with_hip_bend(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe,
                                     double pitch);

/// Replaces what a keyframe's posture says by a mixture of stooping (0) and squatting (1) to the floor.
[[nodiscard]] Scenario with_technique(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe,
                                      double squat);

/// How far a keyframe's posture is from stooping (0) towards squatting (1): the nearest mixture of the two. Nothing
/// where the person does not reach down in it.
[[nodiscard]] std::optional<double> technique_of(const Scenario& scenario, const PostureLibrary& postures,
                                                 std::size_t keyframe);

/// Mass in the hands [kg]; where nothing is held, a box is held from start to end.
[[nodiscard]] Scenario with_load(const Scenario& scenario, double mass);

/// Brings the hands, and what they hold, to `hands_W` [m], floor frame.
[[nodiscard]] Scenario with_hands_at(const Scenario& scenario, const Vec3& hands_W);

/// Height of the first herniation [m]; where there is none, a left paracentral one at L4–L5.
[[nodiscard]] Scenario with_herniation(const Scenario& scenario, double protrusion);

/// Depth of canal and recesses as a factor on the person's own.
[[nodiscard]] Scenario with_canal(const Scenario& scenario, double factor);

/// The same person with nothing wrong.
[[nodiscard]] Scenario without_pathology(const Scenario& scenario);

/// The posture of one instant held still, with what is in the hands.
[[nodiscard]] Scenario held(const Scenario& scenario, const Instant& instant);

}  // namespace foramen::session
