#pragma once

/// Sensitivity indices as bars.

#include <string>

#include "sim/study/sensitivity.h"

namespace foramen {

/// One <svg>: a panel per output that varies, a bar per factor with its first-order (dark) and total (pale) index and
/// the 95 % intervals.
[[nodiscard]] std::string sensitivity_svg(const Sensitivity& sensitivity);

}  // namespace foramen
