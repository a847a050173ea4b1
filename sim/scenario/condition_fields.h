#pragma once

/// The part of the field table that describes rarer conditions of nerve and bone, and what was measured of a level.

#include "sim/scenario/fields.h"

namespace foramen {

/// Appends the fields of `[[subject.osteophyte]]`, `[[subject.root]]`, `[[subject.piriformis]]` and
/// `[subject.measured.LEVEL]`.
void add_condition_fields(std::vector<Field>& fields);

/// The tables with those of the fields above after `subject.surgery[]`.
[[nodiscard]] std::vector<FieldTable> with_condition_tables(std::vector<FieldTable> tables);

}  // namespace foramen
