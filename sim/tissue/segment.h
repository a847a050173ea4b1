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

struct SegmentSolution;

class SegmentLaw {
 public:
  /// The unloaded, recumbent specimen: at q = 0 it has the shape of the tables, with the ligaments' in-situ strain and
  /// the nucleus' swelling.
  explicit SegmentLaw(const MotionSegment& segment, DiscResolution resolution = {});

  /// The same tissues measured from standing: q = 0 is where `standing`, a solution of this law, lies. Loads of standing
  /// press the specimen without turning it, so it carries a moment there too; a bridge of bone is unstressed there.
  [[nodiscard]] SegmentLaw with_reference(const SegmentSolution& standing) const;

  /// The same with another nucleus volume, as a share of the present one (creep), and the same reference.
  [[nodiscard]] SegmentLaw with_nucleus(double share) const;

  /// `shape`, if given: where the disc wall's search starts, see DiscLaw::evaluate.
  [[nodiscard]] SegmentState evaluate(const Vec6& q, DiscShape* shape = nullptr) const;

  /// Where q = 0 lies, seen from the unloaded specimen.
  [[nodiscard]] const Vec6& reference() const { return reference_; }

 private:
  MotionSegment segment_;
  DiscResolution resolution_;
  DiscLaw disc_;
  Vec6 reference_ = Vec6::Zero();
  double flavum_strain_ = 0;  ///< at the reference
};

/// Displacement at which the segment carries `load` (moment, force) on the upper vertebra.
struct SegmentSolution {
  Vec6 q = Vec6::Zero();
  SegmentState state;
  DiscShape shape;
  Convergence convergence;  ///< residual in N (moments divided by 30 mm)
};
/// `start`: the law's solution under another load to begin from; the undisplaced segment without it.
[[nodiscard]] SegmentSolution solve_segment(const SegmentLaw& law, const Vec6& load,
                                            const SegmentSolution* start = nullptr);

/// The same with the rotation held: the load's force is met by translation alone, its moment is ignored.
[[nodiscard]] SegmentSolution solve_translation(const SegmentLaw& law, const SegmentSolution& start, const Vec3& force);

}  // namespace foramen
