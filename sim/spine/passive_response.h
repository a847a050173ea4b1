#pragma once

/// What the passive tissues of a level carry, and how that answers to its rotation and to the force on it.

#include "sim/tissue/segment.h"

namespace foramen {

/// Moment that disc, ligaments and facets carry about the reference disc centre: the generalised moment turned into a
/// physical one, and the force's arm from the displaced centre [N·m].
[[nodiscard]] Vec3 passive_moment(const SegmentState& state, const Vec6& q);

/// How a level's passive moment answers: to its rotation with the translations free to follow [N·m/rad], and to the
/// force it carries with the rotation held [m]. Derivatives of passive_moment; that of the Jacobian to second order.
struct PassiveResponse {
  Mat3 by_rotation, by_force;
};
[[nodiscard]] PassiveResponse passive_response(const SegmentState& state, const Vec6& q);

}  // namespace foramen
