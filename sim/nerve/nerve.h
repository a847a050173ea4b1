#pragma once

/// The nerve roots L1–S1 on both sides as elastic cables among bone, disc, facet and flavum (model.md §7).

#include <memory>
#include <optional>

#include "sim/nerve/root_state.h"
#include "sim/scenario/posture_angles.h"
#include "sim/spine/spine.h"

namespace foramen {

/// Nodes of a root: twice as many change peak pressures by less than a twentieth.
inline constexpr int kRootNodes = 40;

class NerveModel {
 public:
  /// `nodes` per root.
  explicit NerveModel(std::shared_ptr<const Subject> subject, int nodes = kRootNodes);
  ~NerveModel();
  NerveModel(NerveModel&&) noexcept;

  /// Pure function of its arguments: the spine in balance and the joint angles that pull the nerve tract. Contact
  /// forces are not returned to the spine: roots are too soft to move bone.
  [[nodiscard]] NerveState solve(const SpineState& spine, const PostureAngles& angles) const;

  /// A root that rests on one side of a herniation may be able to rest on its other side too. The root there, with the
  /// sac and all other roots as they are; nothing where it cannot stay.
  [[nodiscard]] std::optional<RootState> across_herniation(const SpineState& spine, const PostureAngles& angles,
                                                           Root root, Side side) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen
