#pragma once

/// Where a root is felt: a drawing of both legs from in front and behind.

#include <string>

#include "sim/base/names.h"
#include "sim/report/texts.h"

namespace foramen {

/// One <svg> with the root's usual area on one side coloured (after the evidence-based map of Lee 2008; a sketch).
[[nodiscard]] std::string leg_picture(Root root, Side side, const Texts& texts);

}  // namespace foramen
