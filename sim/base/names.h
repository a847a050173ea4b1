#pragma once

/// The enumerations of the model, each with one table of the names that files and people use.

#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace foramen {

/// Motion segments, cranial to caudal.
enum class Level { L1L2, L2L3, L3L4, L4L5, L5S1 };
inline constexpr std::array kLevels{Level::L1L2, Level::L2L3, Level::L3L4, Level::L4L5, Level::L5S1};
inline constexpr int kLevelCount = 5;

/// Bones of the lumbar spine, cranial to caudal. S1 is the sacrum, rigid with the pelvis.
enum class Vertebra { L1, L2, L3, L4, L5, S1 };
inline constexpr std::array kVertebrae{Vertebra::L1, Vertebra::L2, Vertebra::L3,
                                       Vertebra::L4, Vertebra::L5, Vertebra::S1};
inline constexpr int kVertebraCount = 6;

/// Nerve roots. Root Ln leaves under pedicle Ln, through the foramen between Ln and the bone below; S1 through the
/// first sacral foramen.
enum class Root { L1, L2, L3, L4, L5, S1 };
inline constexpr std::array kRoots{Root::L1, Root::L2, Root::L3, Root::L4, Root::L5, Root::S1};
inline constexpr int kRootCount = 6;

enum class Side { Left, Right };
inline constexpr std::array kSides{Side::Left, Side::Right};

/// Rigid segments of the body tree; parents come before children.
enum class Body {
  Pelvis, L5, L4, L3, L2, L1, Thorax, Head,
  UpperArmLeft, ForearmLeft, HandLeft, UpperArmRight, ForearmRight, HandRight,
  ThighLeft, ShankLeft, FootLeft, ThighRight, ShankRight, FootRight
};
inline constexpr int kBodyCount = 20;

template <class Enum>
[[nodiscard]] constexpr int index(Enum value) {
  return static_cast<int>(value);
}

/// Sign of the z coordinate on a side: −1 left, +1 right.
[[nodiscard]] constexpr double side_sign(Side side) { return side == Side::Left ? -1.0 : 1.0; }
[[nodiscard]] constexpr Side opposite(Side side) { return side == Side::Left ? Side::Right : Side::Left; }

[[nodiscard]] constexpr Vertebra upper_vertebra(Level level) { return static_cast<Vertebra>(index(level)); }
[[nodiscard]] constexpr Vertebra lower_vertebra(Level level) { return static_cast<Vertebra>(index(level) + 1); }
/// The root that leaves through the foramen of this level (L4 at L4–L5).
[[nodiscard]] constexpr Root exiting_root(Level level) { return static_cast<Root>(index(level)); }
/// The root that crosses this level's disc on its way to the foramen below (L5 at L4–L5).
[[nodiscard]] constexpr Root traversing_root(Level level) { return static_cast<Root>(index(level) + 1); }

/// Body of the tree that carries a vertebra (S1 → Pelvis).
[[nodiscard]] constexpr Body body_of(Vertebra v) {
  return v == Vertebra::S1 ? Body::Pelvis : static_cast<Body>(index(Body::L1) - index(v));
}
[[nodiscard]] constexpr Body on_side(Body left, Side side) {
  return side == Side::Left ? left
                            : static_cast<Body>(index(left) + (index(left) < index(Body::ThighLeft)
                                                                   ? index(Body::UpperArmRight) - index(Body::UpperArmLeft)
                                                                   : index(Body::ThighRight) - index(Body::ThighLeft)));
}

[[nodiscard]] std::string_view name(Level level);        ///< "L4-L5"
[[nodiscard]] std::string_view name(Vertebra vertebra);  ///< "L4"
[[nodiscard]] std::string_view name(Root root);          ///< "L5"
[[nodiscard]] std::string_view name(Side side);          ///< "left"
[[nodiscard]] std::string_view name(Body body);          ///< "pelvis", "upper_arm_left"

/// All names of an enumeration in the order of its values.
[[nodiscard]] std::span<const std::string_view> level_names();
[[nodiscard]] std::span<const std::string_view> root_names();
[[nodiscard]] std::span<const std::string_view> side_names();
[[nodiscard]] std::span<const std::string_view> body_names();

/// Position of `text` in `names`, or nothing.
[[nodiscard]] std::optional<int> find_name(std::span<const std::string_view> names, std::string_view text);

/// The entry of `names` closest to `text` by edit distance; empty when `names` is empty.
[[nodiscard]] std::string_view nearest_name(std::span<const std::string_view> names, std::string_view text);

}  // namespace foramen
