#pragma once

/// The part of the field table that describes lifts, carrying and pushing in words.

#include <span>
#include <string_view>
#include <vector>

#include "sim/scenario/fields.h"

namespace foramen {

/// Appends the keys of [lift], [carry] and [push]; the names are those [[load]] uses.
void add_tasks(std::vector<Field>& f, std::span<const std::string_view> kinds, std::span<const std::string_view> hands,
               std::span<const std::string_view> objects);

/// Names of LiftTechnique.
[[nodiscard]] std::span<const std::string_view> technique_names();

}  // namespace foramen
