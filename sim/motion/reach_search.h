#pragma once

/// The search for the posture of a reach.

#include "sim/motion/reach_problem.h"

namespace foramen {

/// Levenberg–Marquardt within bounds.
class ReachSearch {
 public:
  ReachSearch(ReachProblem& problem, const JointLimits& limits, const PostureAngles& start);

  /// True once the steps are still.
  bool run(int& iterations);

  [[nodiscard]] const PostureAngles& angles() const { return q_; }
  [[nodiscard]] const PlacedBody& placed() const { return placed_; }

 private:
  /// One accepted step; its largest angle, 0 where nothing improves.
  double improve();

  /// An angle at its limit that the gradient would push beyond.
  [[nodiscard]] bool held(int k, double gradient) const;

  ReachProblem& problem_;
  const JointLimits& limits_;
  PostureAngles q_;
  PlacedBody placed_;
  ReachRows r_;
  ReachJacobian J_;
  double damping_ = 1e-3;
};

}  // namespace foramen
