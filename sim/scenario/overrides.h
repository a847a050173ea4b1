#pragma once

/// Values set over those of an input file ("--set subject.mass_kg=80", the factors of a study).

#include "sim/scenario/problem_list.h"

namespace foramen {

/// Sets each override's value at its dotted key, a number standing for an element of an array; a bare word is a text.
/// What is not there or is no table is a problem where the override was said.
void apply_overrides(const std::vector<Override>& overrides, toml::table& root, ProblemList& problems);

}  // namespace foramen
