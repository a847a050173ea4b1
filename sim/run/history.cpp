#include "sim/run/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/run/simulate.h"
#include "sim/tissue/disc_fluid.h"

namespace foramen {

namespace {

/// Longest step of the integration [s]; short beside the hours over which discs creep.
constexpr double kStep = 300;

}  // namespace

Motion holding(const std::shared_ptr<const Subject>& subject, const PostureLibrary& postures, const HistoryItem& item) {
  Scenario scenario;
  scenario.motion.support = item.support;
  Keyframe keyframe;
  keyframe.posture = item.posture;
  keyframe.file = item.file;
  keyframe.line = item.line;
  keyframe.column = item.column;
  scenario.motion.keyframes = {keyframe};
  if (item.load > 0) {
    HandLoad load;
    load.mass = item.load;
    scenario.loads = {load};
  }
  return Motion(subject, postures, scenario);
}

std::array<double, kLevelCount> nucleus_after(const std::shared_ptr<const Subject>& subject, const SpineModel& spine,
                                              const PostureLibrary& postures, const std::vector<HistoryItem>& history) {
  std::array<double, kLevelCount> share;
  share.fill(1);
  for (const HistoryItem& item : history) {
    const Motion motion = holding(subject, postures, item);
    const Instant instant = supported(spine, motion, 0);
    const NetLoads net = net_loads(*subject, instant.poses, joint_wrenches(*subject, instant.tree, instant.external));
    const auto steps = static_cast<int>(std::ceil(item.duration / kStep));
    for (int i = 0; i < steps; ++i) {
      const SpineState state = spine.with_nucleus(share).solve(instant.tree, instant.poses, net);
      if (!state.convergence.converged) {
        throw std::runtime_error(
            fmt::format("history: {} after {:.0f} min: {}", item.posture, i * kStep / 60, state.convergence.reason));
      }
      for (std::size_t l = 0; l < kLevelCount; ++l)
        share[l] += item.duration / steps * nucleus_volume_rate(share[l], state.levels[l].disc.nucleus_pressure);
    }
  }
  return share;
}

}  // namespace foramen
