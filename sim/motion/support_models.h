#pragma once

/// What a scenario's `support` means: where it puts the body and how it carries it.

#include <memory>
#include <vector>

#include "sim/motion/posture_kinematics.h"
#include "sim/motion/support.h"

namespace foramen {

/// The bodies of one instant with what they lack: wrenches[Pelvis] is what supports must take (joint_wrenches).
struct UnsupportedBody {
  const BodyPoses& poses;
  const std::array<Wrench, kBodyCount>& wrenches;

  [[nodiscard]] Demand demand() const;
};

class SupportModel {
 public:
  virtual ~SupportModel() = default;

  /// Places the pelvis in the floor frame (x forward, y up from the supporting surface, origin midway between the
  /// ankles; lying: on the bed below the pelvis) and turns those joints that follow from the support.
  virtual void place(MovingAngles& angles, TreeMotion& tree) const = 0;

  [[nodiscard]] virtual SupportForces carry(const UnsupportedBody& body) const = 0;
};

/// On the feet, which stay flat where they are: the ankles follow, the pelvis is placed by the legs. The foot that is
/// lower at every keyframe carries alone; within 1 cm of each other both do. Throws InputError if the feet take turns.
[[nodiscard]] std::unique_ptr<SupportModel> stand_on_feet(const Subject& subject,
                                                          const std::vector<MovingAngles>& keyframes);

/// On a seat at the height that leaves the lower foot on the floor in the first keyframe; the hips stay where they are.
/// Sitting bones, thighs and those feet that touch the floor carry.
[[nodiscard]] std::unique_ptr<SupportModel> sit_on_seat(const Subject& subject, const MovingAngles& first);

/// On the back on a bed whose pads fit the posture `resting`; the pelvis stays in place and turns by its pitch. A leg
/// that leaves the bed is held at the ankle by somebody else (the examiner of a passive straight leg raise), so that
/// the trunk does not carry it.
[[nodiscard]] std::unique_ptr<SupportModel> lie_on_bed(const Subject& subject, const MovingAngles& resting,
                                                       const LumbarShares& shares);

}  // namespace foramen
