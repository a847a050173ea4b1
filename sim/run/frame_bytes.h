#pragma once

/// A frame as bytes and back, to the last bit: what result directories keep so that nobody has to solve it again.

#include <string>
#include <string_view>

#include "sim/run/frame.h"

namespace foramen {

/// Equal frames give equal bytes. In this machine's byte order.
[[nodiscard]] std::string bytes_of(const Frame& frame);

/// Takes a frame from the front of `bytes`. Throws std::runtime_error where they do not hold one.
[[nodiscard]] Frame take_frame(std::string_view& bytes);

}  // namespace foramen
