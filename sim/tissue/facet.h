#pragma once

/// One facet joint: smooth one-sided contact between the articular surface that the upper vertebra carries and the
/// plane of the lower one.

#include "sim/anatomy/subject.h"
#include "sim/base/types.h"

namespace foramen {

struct FacetState {
  double energy = 0;
  Vec6 gradient = Vec6::Zero();
  Mat6 hessian = Mat6::Zero();
  double force = 0;  ///< normal contact force [N]
};

/// At level displacement q (see DiscState).
[[nodiscard]] FacetState evaluate_facet(const FacetGeometry& geometry, const Vec6& q);

}  // namespace foramen
