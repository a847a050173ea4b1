#include "viz/session/leg_raise.h"

#include <array>

#include "sim/base/units.h"
#include "viz/scene/views.h"

namespace foramen::session {
namespace {

constexpr double kStep = 5 * units::deg, kFine = 0.5 * units::deg;

/// The leg held at an angle: each angle is a motion of one instant, so that nothing swings.
Motion raised(const Scenario& scenario, const Person& person, const PostureLibrary& postures, Side side, double angle) {
  Scenario lying = scenario;
  lying.motion = {};
  lying.loads.clear();
  lying.motion.support = Support::Bed;
  Keyframe keyframe;
  keyframe.posture = "supine";
  const PostureAngle hip = side == Side::Left ? PostureAngle::HipFlexionLeft : PostureAngle::HipFlexionRight;
  keyframe.overrides[static_cast<std::size_t>(index(hip))] = angle;
  lying.motion.keyframes = {keyframe};
  return Motion(person.subject, postures, lying);
}

}  // namespace

LegRaise leg_raise(const Scenario& scenario, const Person& person, const PostureLibrary& postures, Side side,
                   const std::function<bool()>& cancelled) {
  LegRaise found;
  found.side = side;
  const auto press = [&](double angle) {
    const Motion motion = raised(scenario, person, postures, side, angle);
    const Frame frame = solve_frame(person, motion, motion.start());
    found.converged = found.converged && frame.converged();
    return scene::highest_root(frame);
  };
  const auto keep = [&](const scene::RootPeak& peak) {
    found.root = peak.root;
    found.root_side = peak.side;
    found.pressure = peak.pressure;
  };
  double free = 0.0;
  for (double angle = 0.0; angle <= kLegRaiseEnd + 1e-9; angle += kStep) {
    if (cancelled()) {
      found.cancelled = true;
      return found;
    }
    found.highest_angle = angle;
    const scene::RootPeak peak = press(angle);
    if (peak.pressure > kVenulesClose) {
      found.angle = angle;
      keep(peak);
      break;
    }
    if (peak.pressure >= found.pressure) keep(peak);
    free = angle;
  }
  while (found.angle && *found.angle - free > kFine) {
    const double middle = 0.5 * (free + *found.angle);
    const scene::RootPeak peak = press(middle);
    if (peak.pressure > kVenulesClose) {
      found.angle = middle;
      keep(peak);
    } else {
      free = middle;
    }
  }
  return found;
}

}  // namespace foramen::session
