#pragma once

/// Disc, ligaments and facets of one level together.

#include <array>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/tissue/disc.h"

namespace foramen {

struct SegmentState {
  double energy = 0;
  Vec6 gradient = Vec6::Zero();  ///< dE/dq: generalised force (moment, force) that the upper vertebra must be given
  Mat6 hessian = Mat6::Zero();
  DiscState disc;
  std::array<double, 2> facet_force{};  ///< by Side [N]
  double ligament_force = 0;            ///< sum of tensions [N]
  double flavum_thickness = 0;          ///< [m]
};

class SegmentLaw {
 public:
  explicit SegmentLaw(const MotionSegment& segment);

  /// The same tissues, their disc's stress-free shape chosen such that at q = 0 (standing) the segment carries `load`:
  /// generalised force (moment, force) on the upper vertebra. `convergence` says whether the offsets were found.
  [[nodiscard]] SegmentLaw with_reference(const Vec6& load, Convergence* convergence = nullptr) const;

  [[nodiscard]] SegmentState evaluate(const Vec6& q) const;
  [[nodiscard]] const Vec6& disc_offset() const { return offset_; }

 private:
  MotionSegment segment_;
  DiscLaw disc_;
  Vec6 offset_ = Vec6::Zero();  ///< of the standing shape from the disc's stress-free shape
};

/// Displacement at which the segment carries `load` (moment, force) on the upper vertebra.
struct SegmentSolution {
  Vec6 q = Vec6::Zero();
  SegmentState state;
  Convergence convergence;  ///< residual in N (moments divided by 30 mm)
};
[[nodiscard]] SegmentSolution solve_segment(const SegmentLaw& law, const Vec6& load);

}  // namespace foramen
