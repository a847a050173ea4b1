#pragma once

/// The model beside published figures, for people and for programs.

#include <string>
#include <vector>

#include "sim/assess/published.h"
#include "sim/report/curve_picture.h"

namespace foramen {

[[nodiscard]] std::string validation_json(const std::vector<ValidationRow>& rows);

/// Table, then the curves as SVG.
[[nodiscard]] std::string validation_markdown(const std::vector<ValidationRow>& rows,
                                              const std::vector<CurvePicture>& curves);

/// A table for a terminal.
[[nodiscard]] std::string validation_text(const std::vector<ValidationRow>& rows);

}  // namespace foramen
