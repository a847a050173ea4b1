#pragma once

/// A box as a rigid body: it rests on what is under it until hands lift it off, and is set down again.

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "sim/base/types.h"

namespace foramen {

/// Where the two grips of the hands are at an instant, and how fast [m, m/s], world axes.
struct MovingGrips {
  std::array<Vec3, 2> place{Vec3::Zero(), Vec3::Zero()};
  std::array<Vec3, 2> velocity{Vec3::Zero(), Vec3::Zero()};
  std::array<double, 2> firmness{};  ///< 0: open hand … 1: holds
};

struct BoxHandling {
  double mass = 0;                                          ///< [kg]
  Vec3 half_size = Vec3(0.15, 0.125, 0.18);                 ///< forward, up, right [m]
  Vec3 centre = Vec3::Zero();                               ///< where it is at the start, level [m]
  std::array<Vec3, 2> handles{Vec3::Zero(), Vec3::Zero()};  ///< on the box, from its centre [m]
  double start = 0, end = 0;                                ///< [s]
  bool rests_at_start = true;                               ///< on the floor, or on a shelf under it
  bool lowered = false;                                     ///< goes down from its shelf, which then makes way
  double leave = 0;                                         ///< when the shelf it stood on may make way [s]
  std::optional<double> arrive;                             ///< when a shelf comes under it, where it then is [s]
  std::function<MovingGrips(double)> grips;
};

/// What the box did, in steps of kBoxStep from `start`.
struct BoxTrack {
  double start = 0;
  std::vector<Vec3> centre;                ///< [m]
  std::vector<std::array<Vec3, 2>> force;  ///< on each hand [N]
  std::vector<Vec3> moment;                ///< on both hands together, from keeping it level [N·m]
};

inline constexpr double kBoxStep = 1e-3;  ///< [s]

/// Steps the box through its handling at 1 kHz on one thread; the same input gives the same bits. Grips are springs and
/// dampers of hand and handle (kGripStiffness); they also keep the box level. Throws std::invalid_argument for a box
/// without mass or size.
[[nodiscard]] BoxTrack handle_box(const BoxHandling& handling);

/// Of one hand on a handle [N/m]. Estimate: soft tissue and fingers give a few millimetres under a hundred newtons.
inline constexpr double kGripStiffness = 2e4;

}  // namespace foramen
