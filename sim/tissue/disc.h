#pragma once

/// The intervertebral disc as an elastic body between two rigid endplates: energy → force → stiffness, with the nucleus
/// pressure and the bulging contour the roots feel.

#include <array>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/base/types.h"

namespace foramen {

/// Points of the mid-height contour, equally spaced in phi from anterior (0) over right; see disc_outline.
inline constexpr int kContourPoints = 40;

/// Displacement q of the upper vertebra from the reference, in D: (rotation vector [rad], translation of the upper
/// vertebra's copy of the disc centre [m]). A law's energy E(q) gives the generalised force dE/dq that must be applied.
struct DiscState {
  double energy = 0;                           ///< [J]
  Vec6 gradient = Vec6::Zero();                ///< dE/dq
  Mat6 hessian = Mat6::Zero();                 ///< d²E/dq²
  double nucleus_pressure = 0;                 ///< [Pa]
  std::array<double, kContourPoints> bulge{};  ///< outward displacement of the wall at mid-height [m]
  double bulge_posterior = 0;                  ///< largest over the posterior quarter [m]
  double height = 0;                           ///< at the centre [m]
  Convergence convergence;
};

class DiscLaw {
 public:
  explicit DiscLaw(const DiscGeometry& geometry);
  [[nodiscard]] DiscState evaluate(const Vec6& q) const;
  [[nodiscard]] const DiscGeometry& geometry() const { return geometry_; }

 private:
  DiscGeometry geometry_;
  std::array<Vec3, kContourPoints> contour_;  ///< of the unbulged wall at mid-height, in D [m]
};

}  // namespace foramen
