#pragma once

/// Words for what carries the body, the same in scenarios and in posture files.

#include <array>
#include <string_view>

namespace foramen {

inline constexpr std::array<std::string_view, 7> kSupportNames{"feet",     "seat", "backrest", "bed", "hands_and_knees",
                                                               "forearms", "floor"};
inline constexpr std::array<std::string_view, 5> kOrientationNames{"upright", "supine", "prone", "left_side",
                                                                   "right_side"};
inline constexpr std::array<std::string_view, 4> kHandsOnNames{"nothing", "thighs", "desk", "shanks"};
inline constexpr std::array<std::string_view, 2> kMusclesNames{"relaxed", "active"};
inline constexpr std::array<std::string_view, 2> kHeldFeetNames{"free", "held"};
/// Range of the angle between seat and backrest, of the height of its upper edge over the seat [m], and of a
/// coefficient of friction.
inline constexpr double kLeastBackrest_deg = 80, kLargestBackrest_deg = 170, kLeastBackrestHeight = 0.1,
                        kLargestBackrestHeight = 1.2, kLargestFriction = 2;

}  // namespace foramen
