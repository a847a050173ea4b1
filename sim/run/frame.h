#pragma once

/// The immutable snapshot of one instant: the only thing that leaves the solving loop.

#include <string>

#include "sim/motion/motion.h"
#include "sim/nerve/root_state.h"
#include "sim/spine/spine.h"

namespace foramen {

struct Frame {
  double time = 0;  ///< [s]
  Instant instant;  ///< posture, poses of the reference, external forces
  NetLoads net;     ///< what the levels must carry
  SpineState spine;
  NerveState nerve;

  /// Every stage converged: the numbers can be shown.
  [[nodiscard]] bool converged() const;

  /// What carries the body can do so by pushing.
  [[nodiscard]] bool supported() const { return instant.balance_offset <= kBalanceTolerance; }

  /// Converged, and the subject is strong enough.
  [[nodiscard]] bool valid() const { return converged() && spine.strength_suffices; }

  /// Empty when all is well; otherwise one line per stage that failed or strength that did not suffice.
  [[nodiscard]] std::string complaint() const;
};

}  // namespace foramen
