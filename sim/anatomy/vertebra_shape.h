#pragma once

/// What an implicit vertebra holds: the solids of the right half and of the middle. The left half is the right one seen
/// in the mirror, so symmetry is exact.

#include <array>
#include <optional>
#include <vector>

#include "sim/anatomy/implicit_union.h"
#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

struct VertebraShape {
  std::optional<implicit::BodyLoft> body;
  std::vector<implicit::Piece> middle;              ///< cross the mid-plane; symmetric themselves
  std::vector<implicit::Piece> right;               ///< and, mirrored, left
  std::vector<implicit::Piece> holes;               ///< right, and mirrored left; taken out of all but the body
  std::vector<implicit::Piece> middle_holes;        ///< symmetric themselves; taken out of all but the body
  /// Growths by Side, the left ones as seen in the mirror; nothing is taken out of them.
  std::array<std::vector<implicit::Piece>, 2> growths;
  std::optional<implicit::CanalPrism> canal;        ///< taken out of everything but the body
  Vec3 lower = Vec3::Zero(), upper = Vec3::Zero();  ///< bounds

  /// Sets the bounds from the pieces.
  void set_bounds();
};

/// Both take dimensions as `completed` returns them.
[[nodiscard]] VertebraShape lumbar_shape(const VertebraDimensions& dimensions);
[[nodiscard]] VertebraShape sacrum_shape(const VertebraDimensions& dimensions);

}  // namespace foramen
