#pragma once

/// On which side of a root the protrusion that presses it lies.

#include <optional>
#include <string_view>

#include "sim/anatomy/subject.h"
#include "sim/nerve/root_state.h"
#include "sim/spine/spine.h"

namespace foramen {

/// In front of the root, between it and the sac (axilla), or lateral of it (shoulder).
enum class ProtrusionPlace { InFront, Axilla, Shoulder };
/// "in front", "axilla", "shoulder"
[[nodiscard]] std::string_view name(ProtrusionPlace place);

/// Of the nearest protrusion of the disc whose herniation presses the root `state`; nothing else presses: nothing.
[[nodiscard]] std::optional<ProtrusionPlace> protrusion_place(const Subject& subject, const SpineState& spine,
                                                              const RootState& state, Root root, Side side);

}  // namespace foramen
