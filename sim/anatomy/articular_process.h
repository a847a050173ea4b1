#pragma once

/// The articular processes of a vertebra: plates behind their facets.

#include "sim/anatomy/implicit_primitives.h"
#include "sim/anatomy/implicit_vertebra.h"

namespace foramen {

/// Right superior process, reaching `root` [m] below its facet, before the joint space is taken out of it.
[[nodiscard]] implicit::EllipticCone superior_process(const VertebraDimensions& dimensions, double root);

/// Right inferior process, reaching `root` [m] above its facet. Its articular surface passes through the facet's centre
/// and is part of a cylinder along the process.
[[nodiscard]] implicit::EllipticCone inferior_process(const VertebraDimensions& dimensions, double root);

/// The knob on the hind margin of the right superior process.
[[nodiscard]] implicit::EllipticCone mammillary_process(const VertebraDimensions& dimensions);

/// Room for the right inferior process of the vertebra above: no bone of this vertebra lies there. Its face is the
/// hollow articular surface of the superior process, through the facet's centre.
[[nodiscard]] implicit::EllipticCone joint_space(const VertebraDimensions& dimensions);

/// Room for the right superior process of the vertebra below, in front and to the side of the inferior one.
[[nodiscard]] implicit::EllipticCone room_for_superior_process(const VertebraDimensions& dimensions);

}  // namespace foramen
