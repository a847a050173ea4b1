#pragma once

/// What the discs went through before the frames: creep, integrated once.

#include <array>
#include <vector>

#include "sim/motion/motion.h"
#include "sim/spine/spine.h"

namespace foramen {

/// The motion of holding one posture still, perhaps with something in the hands. Throws InputError.
[[nodiscard]] Motion holding(const std::shared_ptr<const Subject>& subject, const PostureLibrary& postures,
                             const HistoryItem& item);

/// Nucleus volumes after holding the postures of `history` in order, as shares of the volume in the reference. Throws
/// InputError for an unknown posture, std::runtime_error where a posture finds no equilibrium.
[[nodiscard]] std::array<double, kLevelCount> nucleus_after(const std::shared_ptr<const Subject>& subject,
                                                            const SpineModel& spine, const PostureLibrary& postures,
                                                            const std::vector<HistoryItem>& history);

}  // namespace foramen
