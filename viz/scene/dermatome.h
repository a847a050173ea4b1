#pragma once

/// Where a root is felt, painted on the skin.

#include "viz/scene/drawing.h"
#include "viz/scene/skin.h"

namespace foramen::scene {

/// How much of a vertex of the resting skin belongs to a root's usual area, 0…1 with soft edges. A sketch of the
/// evidence-based map (Lee, McPhee and Stringer 2008, Clin Anat 21:363) along the segments of the leg; areas of
/// neighbouring roots overlap in people, and vary.
[[nodiscard]] double dermatome_share(const Subject& subject, const Skin& skin, std::size_t vertex, Root root,
                                     Side side);

/// The part of the posed skin (of pose_skin) that belongs to the root's area, a little outside it.
[[nodiscard]] Shape dermatome_shape(const Subject& subject, const Skin& skin, const TriangleMesh& posed, Root root,
                                    Side side, const Colour& colour);

}  // namespace foramen::scene
