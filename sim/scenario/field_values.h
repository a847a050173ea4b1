#pragma once

/// One value of an input file, read as its field says.

#include <optional>
#include <string>

#include "sim/scenario/problem_list.h"

namespace foramen {

/// The value of `node` if its type, its choices or its range allow it; else nothing, and a problem at `path`.
[[nodiscard]] std::optional<FieldValue> field_value(const Field& field, const toml::node& node, const std::string& path,
                                                    ProblemList& problems);

/// A finite number, else nothing and a problem at `path`.
[[nodiscard]] std::optional<double> finite_number(const toml::node& node, const std::string& path,
                                                  ProblemList& problems);

}  // namespace foramen
