#pragma once

/// How a bed that has taken the shape of a resting body shares its weight.

#include <vector>

#include "sim/motion/support.h"

namespace foramen {

/// The push of each pad [N] under a body that rests at ease: the pushes, none below a tenth of its share in
/// `even_pushes`, that leave the least flexion moment in all joints, since a relaxed body sinks in until its joints
/// carry nothing; where that leaves a choice, those nearest to `even_pushes`. Weight and moment of the whole body are
/// balanced.
[[nodiscard]] std::vector<double> resting_pushes(const Subject& subject, const TreeMotion& resting,
                                                 const std::vector<Pad>& pads, const std::vector<double>& even_pushes);

}  // namespace foramen
