#pragma once

/// The curve through a root's course, along which its bed lets it slide.

#include <vector>

#include "sim/base/types.h"

namespace foramen {

class CourseCurve {
 public:
  /// The cubic spline with two continuous derivatives through `points`, straight beyond its ends, where it has the first
  /// and last of the unit `tangents`. `points` must outlive this.
  CourseCurve(const std::vector<Vec3>& points, const std::vector<Vec3>& tangents);

  /// Nearest point of the curve to a node's place.
  struct Foot {
    Vec3 off = Vec3::Zero();       ///< from the foot to the node
    double along = 0;              ///< how far the node has slid along the curve [m]
    Vec3 gradient = Vec3::Zero();  ///< of `along` by the place
    Vec3 tangent = Vec3::Zero();   ///< unit, at the foot
    double bend = 1;               ///< tangential second derivative of ½|off|² is 1 − bend
  };
  [[nodiscard]] Foot foot(std::size_t node, const Vec3& place) const;

 private:
  const std::vector<Vec3>& points_;
  std::vector<Vec3> tangents_;  ///< derivatives by the way
  std::vector<double> way_;  ///< from the first point to each [m]
};

}  // namespace foramen
