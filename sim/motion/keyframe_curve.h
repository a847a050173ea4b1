#pragma once

/// A twice continuously differentiable curve through keyframes.

#include <vector>

#include "sim/motion/jet.h"

namespace foramen {

/// Rises from 0 to 1 over [0, 1] with zero first and second derivative at both ends (the minimum-jerk profile of Flash
/// and Hogan 1985): 10s³ − 15s⁴ + 6s⁵, constant outside.
[[nodiscard]] Jet smooth_step(const Jet& s);

/// Quintic pieces with zero acceleration at every keyframe, hence C2. Velocity at a keyframe is zero at the ends and
/// where the curve turns or pauses, and the harmonic mean of the neighbouring slopes where it passes through (Fritsch
/// and Butland 1984); that keeps every piece monotone, so a joint never swings beyond the angles the keyframes ask for,
/// which a cubic spline does. Between two keyframes alone this is the minimum-jerk movement people make from rest to
/// rest.
class KeyframeCurve {
 public:
  KeyframeCurve() = default;
  /// Times increase strictly; one knot makes a constant. Throws std::invalid_argument otherwise, or if not finite.
  KeyframeCurve(std::vector<double> times, std::vector<double> values);

  /// Held at its end values, at rest, outside the keyframes.
  [[nodiscard]] Jet at(double time) const;

  [[nodiscard]] const std::vector<double>& times() const { return times_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

  /// The curve with the value `value` at `time`: a keyframe there is replaced, otherwise one is added.
  [[nodiscard]] KeyframeCurve with(double time, double value) const;

 private:
  std::vector<double> times_;
  std::vector<double> values_;
  std::vector<double> velocities_;
};

}  // namespace foramen
