#pragma once

/// A load that is a rigid body: what it does to the hands as a function of time, worked out once ahead of the frames.

#include <functional>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "sim/contact/handled_box.h"
#include "sim/scenario/scenario.h"

namespace foramen {

class HandledObject {
 public:
  /// Moves the box of `load` with the hands of `bodies_at` from `start` to `end`. Throws InputError with `key` for a
  /// load that is no box in both hands, has no mass, or whose grips are lower than a resting box's.
  HandledObject(const Subject& subject, const HandLoad& load, double start, double end,
                const std::function<BodyMotions(double)>& bodies_at, const std::string& key);

  /// Adds the forces on the hands at a time, interpolated smoothly (Catmull–Rom) between the steps of 1 ms.
  void add_forces(double time, const Subject& subject, const BodyPoses& poses,
                  std::vector<ExternalForce>& external) const;

  /// Centre of the box [m]; held at the ends.
  [[nodiscard]] Vec3 centre(double time) const;
  /// Weight and inertia that the hands bear, upwards [N].
  [[nodiscard]] double borne(double time) const;

 private:
  BoxTrack track_;
};

}  // namespace foramen
