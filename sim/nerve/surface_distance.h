#pragma once

/// How far a point is from a surface, with derivatives.

#include <algorithm>

#include "sim/base/types.h"

namespace foramen {

/// Signed measure of how far a point is from a surface [m] (negative inside; zero on it), its exact gradient and second
/// derivative, world axes.
struct SurfaceDistance {
  double value = 0;
  Vec3 gradient = Vec3::Zero();
  Mat3 hessian = Mat3::Zero();

  /// To first order (Taubin 1994) [m].
  [[nodiscard]] double distance() const { return value / std::max(0.5, gradient.norm()); }
  /// That distance with its exact gradient, where the slope is at least a half; its second derivative but for the
  /// measure's third.
  [[nodiscard]] SurfaceDistance normalised() const {
    const double slope = std::max(0.5, gradient.norm());
    const Vec3 normal = gradient / slope, bend = hessian * normal;
    const Mat3 mixed = normal * bend.transpose();
    const Mat3 slope_bend = (hessian * hessian - bend * bend.transpose()) / slope;
    return {value / slope, normal - value / (slope * slope) * bend,
            (hessian - mixed - mixed.transpose() - value / slope * (slope_bend - 2 / slope * bend * bend.transpose())) /
                slope};
  }
};

}  // namespace foramen
