#pragma once

#include <vector>

#include "sim/run/simulate.h"

namespace foramen::test {

/// A result whose frames carry given compressions at L4–L5 and pressures of the left L5 root; everything else is zero.
inline Result sample_result(const std::vector<double>& times, const std::vector<double>& compression_N,
                            const std::vector<double>& pressure_Pa) {
  Result result;
  result.scenario.title = "Sample";
  result.scenario.motion.keyframes.push_back({});
  result.scenario.motion.keyframes.back().posture = "standing";
  auto subject = std::make_shared<Subject>();
  subject->muscles.push_back({});
  subject->muscles.back().name = "test, muscle";
  result.subject = subject;
  for (std::size_t i = 0; i < times.size(); ++i) {
    Frame frame;
    frame.time = times[i];
    frame.spine.levels[index(Level::L4L5)].compression = compression_N[i];
    for (auto& unmet : frame.spine.unmet_moment) unmet.setZero();
    frame.spine.activation = {0.5};
    frame.spine.muscle_force = {12.5};
    RootState& root = frame.nerve.roots[index(Root::L5)][index(Side::Left)];
    root.pressure = pressure_Pa[i];
    root.pressed_by = {Structure::Disc, Level::L4L5};
    result.frames.push_back(frame);
  }
  return result;
}

}  // namespace foramen::test
