#pragma once

/// A twice continuously differentiable curve through keyframes.

#include <Eigen/Core>
#include <vector>

#include "sim/motion/jet.h"

namespace foramen {

/// Rises from 0 to 1 over [0, 1] with zero first and second derivative at both ends (the minimum-jerk profile of Flash
/// and Hogan 1985): 10s³ − 15s⁴ + 6s⁵, constant outside.
[[nodiscard]] Jet smooth_step(const Jet& s);

/// Quintic pieces, C2. The curve rests at its ends and where it turns or pauses; between two rests it passes its
/// keyframes with the least jerk, as people's movements through via-points do (Flash and Hogan 1985), tamed where it
/// would swing beyond the angles the keyframes ask for: every piece is monotone. Knots that flow are passed with the
/// least jerk even where the curve turns, which may be a little beside them: a rest there would be a jolt.
class KeyframeCurve {
 public:
  KeyframeCurve() = default;
  /// Times increase strictly; one knot makes a constant. `flows`: by knot, whether it flows; empty: none does. Throws
  /// std::invalid_argument otherwise, or if not finite.
  KeyframeCurve(std::vector<double> times, std::vector<double> values, std::vector<bool> flows = {});

  /// Held at its end values, at rest, outside the keyframes.
  [[nodiscard]] Jet at(double time) const;

  [[nodiscard]] const std::vector<double>& times() const { return times_; }
  [[nodiscard]] const std::vector<double>& values() const { return values_; }

  /// The curve with the value `value` at `time`: a keyframe there is replaced, otherwise one is added.
  [[nodiscard]] KeyframeCurve with(double time, double value) const;

 private:
  void pass_between(std::size_t first, std::size_t last);
  [[nodiscard]] Eigen::VectorXd least_jerk(std::size_t first, std::size_t last) const;

  std::vector<double> times_;
  std::vector<double> values_;
  std::vector<bool> flows_;
  std::vector<double> velocities_, accelerations_;
};

}  // namespace foramen
