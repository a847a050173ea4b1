#pragma once

/// The words of a drawing: colour scales, text panel, labels.

#include <array>

#include "sim/anatomy/subject.h"
#include "sim/nerve/nerve.h"
#include "sim/report/texts.h"
#include "sim/run/frame.h"
#include "viz/scene/drawing.h"
#include "viz/scene/scene_options.h"
#include "viz/scene/views.h"

namespace foramen::scene {

/// The scales of what is shown, in the units people read, with the thresholds of nerve compression and of lifting.
[[nodiscard]] std::vector<Legend> legends(const Subject& subject, const ColourRanges& ranges,
                                          const SceneOptions& options, const Texts& texts);

/// Time, load of the lowest disc, the most pressed root and what presses it.
[[nodiscard]] std::vector<Row> panel_rows(const Frame& frame, const Texts& texts);

/// What a reader must know before trusting the numbers; empty when there is nothing.
[[nodiscard]] std::string warning_of(const Frame& frame, const Texts& texts);

/// Names of the vertebrae, and the finding at the most pressed root from `kFindingFrom` on.
[[nodiscard]] std::vector<Label> labels(const Subject& subject, const Frame& frame, const Texts& texts);

/// Front, back, head, feet, right, left.
[[nodiscard]] std::array<std::string, 6> side_words(const Texts& texts);

/// What a section across the spine goes through: "L4–L5", "L5".
[[nodiscard]] std::string section_name(const Subject& subject, const Frame& frame, const Plane& plane);

}  // namespace foramen::scene
