#pragma once

/// How a task's movement goes from one posture to another: hands straight, body balanced as it moves.

#include <vector>

#include "sim/motion/task_postures.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// Where a movement starts or ends, at rest.
struct WayEnd {
  Grasp hands;
  PostureAngles angles{};
  Vec3 centre = Vec3::Zero();  ///< of pressure [m]
};

/// A movement between two ends.
struct Way {
  std::vector<PostureAngles> stations;  ///< evenly spaced in time, without the ends
  double missing = 0;                   ///< the farthest that the hands are off their path [m]
  double when = 0;                      ///< part of the time gone by then
};

/// Who moves, and how.
struct Mover {
  const Subject& subject;
  const TaskPostures& postures;
  const TechniquePreference& technique;
  std::vector<Side> feet;
  double step = 0;  ///< right foot ahead of the left [m]
};

/// The postures of a movement that takes `seconds`, with `held` in the hands all the way. The hands go straight: angles
/// alone would swing a load out in an arc. Weight moves steadily from one centre of pressure to the other; where the
/// inertia of body and load would take the centre of pressure off the soles all the same, the body leans against it,
/// as people do who are about to move (Bouisset and Zattara 1987 J Biomech 20:735).
[[nodiscard]] Way find_way(const Mover& mover, const WayEnd& from, const WayEnd& to, double seconds,
                           const HandLoad* held);

}  // namespace foramen
