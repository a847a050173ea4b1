#pragma once

/// What goes with the hardest instant of a lift: where the load on the lower back comes from, and how the body stands.

#include <string>
#include <vector>

#include "sim/run/simulate.h"

namespace foramen {

/// At one instant, about the centre of the L5–S1 disc; moments bend forward.
struct Circumstances {
  double time = 0;             ///< [s]
  double compression = 0;      ///< L5–S1 [N]
  double moment = 0;           ///< that muscles and passive tissues must hold [N·m]
  double load_mass = 0;        ///< in the hands [kg]
  double load_arm = 0;         ///< of the hands in front of the disc [m]
  double load_moment = 0;      ///< weight of the load times its arm [N·m]
  double body_moment = 0;      ///< weight of trunk, head and arms times theirs [N·m]
  double movement_moment = 0;  ///< the rest: inertia and supports above the pelvis [N·m]
  double trunk_inclination = 0;  ///< of the thorax from the vertical [rad]
  double lumbar_flexion = 0;     ///< [rad]
  double hip_flexion = 0, knee_flexion = 0;  ///< the larger side [rad]
};

/// Of a frame.
[[nodiscard]] Circumstances circumstances(const Frame& frame, const Subject& subject);

/// The converged frame with the highest compression at L5–S1; nothing where none converged.
[[nodiscard]] const Frame* hardest_frame(const Result& result);

/// The converged frame in which a root is pressed hardest, and which; nothing where none converged.
struct PressedRoot {
  const Frame* frame = nullptr;
  Root root = Root::L5;
  Side side = Side::Left;
  [[nodiscard]] const RootState& state() const;
};
[[nodiscard]] PressedRoot most_pressed(const Result& result);

/// Why run `a` loads L5–S1 more than run `b` at its hardest instant: the parts of the moment and the postures that
/// differ, the weightiest first.
struct Reason {
  enum class Kind { LoadArm, LoadMass, BodyMoment, Movement, LumbarFlexion, TrunkInclination };
  Kind kind = Kind::LoadArm;
  double of_a = 0, of_b = 0;      ///< arm [m], mass [kg], inclination or flexion [rad], moment [N·m]
  double moment_difference = 0;   ///< what it adds to a's moment over b's [N·m]; 0 for a posture
};
[[nodiscard]] std::vector<Reason> reasons(const Circumstances& a, const Circumstances& b);

}  // namespace foramen
