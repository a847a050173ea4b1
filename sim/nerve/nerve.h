#pragma once

/// The nerve roots L1–S1 on both sides as elastic cables among bone, disc, facet and flavum (model.md §7).

#include <memory>
#include <string_view>

#include "sim/nerve/root_state.h"
#include "sim/scenario/posture_angles.h"
#include "sim/spine/spine.h"

namespace foramen {

/// Nodes of a root: twice as many change peak pressures by less than a twentieth.
inline constexpr int kRootNodes = 40;

/// Whether a root that rests on one side of a herniation could rest on its other side too.
struct OtherSide {
  enum class Outcome {
    NoProtrusion,  ///< no herniation reaches it
    Bone,          ///< bone bars the way
    SlidesBack,    ///< it does not stay there
    Unsolved,      ///< it did not come to rest
    Rests
  };
  Outcome outcome = Outcome::NoProtrusion;
  RootState root = {};  ///< as it rests there; otherwise empty
};
/// "none", "bone in the way", "slides back", "unsolved", "rests"
[[nodiscard]] std::string_view name(OtherSide::Outcome outcome);

class NerveModel {
 public:
  /// `nodes` per root.
  explicit NerveModel(std::shared_ptr<const Subject> subject, int nodes = kRootNodes);
  ~NerveModel();
  NerveModel(NerveModel&&) noexcept;

  /// Pure function of its arguments: the spine in balance and the joint angles that pull the nerve tract. Contact
  /// forces are not returned to the spine: roots are too soft to move bone.
  [[nodiscard]] NerveState solve(const SpineState& spine, const PostureAngles& angles) const;

  /// Lifts a root over the herniation it rests on, with the sac and all other roots as they are.
  [[nodiscard]] OtherSide across_herniation(const SpineState& spine, const PostureAngles& angles, Root root,
                                            Side side) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen
