#pragma once

/// The part of the field table that describes postures over time and loads.

#include <array>
#include <string_view>
#include <vector>

#include "sim/scenario/fields.h"

namespace foramen {

/// Names of LoadKind, Hands and LoadBody.
inline constexpr std::array<std::string_view, 3> kLoadNames{"box", "bag", "point"};
inline constexpr std::array<std::string_view, 3> kHandNames{"both", "left", "right"};
inline constexpr std::array<std::string_view, 2> kLoadBodyNames{"carried", "rigid"};

/// Appends the keys of [motion], its keyframes and [[load]].
void add_motion_fields(std::vector<Field>& f);

}  // namespace foramen
