#pragma once

/// The immutable snapshot of one instant: the only thing that leaves the solving loop.

#include "sim/motion/motion.h"
#include "sim/nerve/root_state.h"
#include "sim/spine/spine.h"

namespace foramen {

struct Frame {
  double time = 0;    ///< [s]
  Instant instant;    ///< posture, poses of the reference, external forces
  NetLoads net;       ///< what the levels must carry
  SpineState spine;
  NerveState nerve;

  /// All stages converged and the subject is strong enough.
  [[nodiscard]] bool valid() const;
};

}  // namespace foramen
