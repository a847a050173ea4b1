#pragma once

/// A twice continuously differentiable curve through or near measured samples.

#include <vector>

#include "sim/motion/jet.h"

namespace foramen {

/// The natural cubic spline of least curvature ∫f″² whose samples lie within `noise` (root mean square) of the measured
/// ones (Reinsch 1967, Numer Math 10:177); with no noise it passes through all of them. Its second derivative, which
/// inertia multiplies, is continuous and as small as the noise allows.
class SmoothingSpline {
 public:
  SmoothingSpline() = default;
  /// Times increase strictly; at least two. Throws std::invalid_argument otherwise, or if not finite.
  SmoothingSpline(std::vector<double> times, const std::vector<double>& values, double noise);

  /// Held at its end values, at rest, outside the samples.
  [[nodiscard]] Jet at(double time) const;

 private:
  std::vector<double> times_, values_, bends_;  ///< bends: second derivatives at the samples
};

}  // namespace foramen
