#include "sim/tissue/segment.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "sim/tissue/facet.h"
#include "sim/tissue/ligament.h"

namespace foramen {

namespace {

/// Turns moments into forces of like size, for one residual and one step norm [m].
constexpr double kArm = 0.03;
constexpr int kMostIterations = 100;
constexpr double kTolerance = 1e-4;    ///< [N]
constexpr double kLongestStep = 3e-3;  ///< of one Newton step, rotations times the arm [m]

/// While more than this is unbalanced [N], the disc's wall is settled to the second only [N].
constexpr double kRoughResidual = 1, kRoughShape = 1e-2;

/// Bone that bridges a fused disc space: 30 % of the disc's area filled with cancellous bone of 200 MPa (interbody
/// grafts cover 30 % or more of the endplate, Closkey 1993; modulus of vertebral cancellous bone 100–400 MPa).
constexpr double kBridgeShare = 0.3;
constexpr double kBridgeModulus = 200e6;
constexpr double kBridgePoisson = 0.3;

Vec6 scaled(const Vec6& generalised_force) {
  Vec6 v = generalised_force;
  v.head<3>() /= kArm;
  return v;
}

/// Newton step of a possibly indefinite 6×6: the Hessian is shifted until it has a Cholesky factor.
Vec6 newton_step(const Mat6& hessian, const Vec6& residual) {
  double shift = 0;
  for (int i = 0; i < 30; ++i) {
    Mat6 shifted = hessian;
    shifted.diagonal().head<3>().array() += shift * kArm * kArm;
    shifted.diagonal().tail<3>().array() += shift;
    const Eigen::LLT<Mat6> factor(shifted);
    if (factor.info() == Eigen::Success) return factor.solve(residual);
    shift = shift == 0 ? 1e3 : 4 * shift;
  }
  return residual * 1e-9;
}

/// Minimises energy(q) − load·q from a start that has been evaluated, over all of q or over the translation alone where
/// the rotation is held.
SegmentSolution minimise(const SegmentLaw& law, const Vec6& load, SegmentSolution s, bool rotation_held) {
  s.convergence = {false, 0, 0, ""};
  for (; s.convergence.iterations < kMostIterations; ++s.convergence.iterations) {
    Vec6 residual = load - s.state.gradient;
    if (rotation_held) residual.head<3>().setZero();
    s.convergence.residual = scaled(residual).norm();
    const double tolerance = s.convergence.residual > kRoughResidual ? kRoughShape : DiscShape{}.tolerance;
    if (s.convergence.residual < kTolerance && s.shape.tolerance > tolerance) {
      s.shape.tolerance = tolerance;
      s.state = law.evaluate(s.q, &s.shape);
      continue;
    }
    s.shape.tolerance = tolerance;
    if (s.convergence.residual < kTolerance) {
      s.convergence.converged = s.state.disc.convergence.converged;
      s.convergence.reason = s.state.disc.convergence.reason;
      return s;
    }
    Vec6 step = Vec6::Zero();
    if (rotation_held) {
      step.tail<3>() = s.state.hessian.bottomRightCorner<3, 3>().ldlt().solve(residual.tail<3>());
    } else {
      step = newton_step(s.state.hessian, residual);
    }
    Vec6 lengths = step;
    lengths.head<3>() *= kArm;
    if (lengths.norm() > kLongestStep) step *= kLongestStep / lengths.norm();
    const double merit = s.state.energy - load.dot(s.q), slope = -residual.dot(step);
    double fraction = 1;
    for (int halving = 0; halving < 30; ++halving, fraction *= 0.5) {
      const Vec6 trial = s.q + fraction * step;
      DiscShape shape = s.shape;
      SegmentState next = law.evaluate(trial, &shape);
      if (next.energy - load.dot(trial) <= merit + 1e-4 * fraction * slope + 1e-13 * std::abs(merit)) {
        s.q = trial;
        s.state = std::move(next);
        s.shape = std::move(shape);
        break;
      }
    }
  }
  s.convergence.reason = "the segment's Newton iteration used all its steps";
  return s;
}

/// The undisplaced segment, as a start.
SegmentSolution undisplaced(const SegmentLaw& law) {
  SegmentSolution start;
  start.state = law.evaluate(start.q, &start.shape);
  return start;
}

/// A block of bone between the endplates, unstressed at the reference.
void add_bridge(const DiscGeometry& disc, const Vec6& q, SegmentState& state) {
  const double area = kBridgeShare * disc.area, height = disc.height_mean();
  const double about_x = area * disc.width * disc.width / 16, about_z = area * disc.depth * disc.depth / 16;
  const double shear = kBridgeModulus / (2 * (1 + kBridgePoisson));
  Vec6 stiffness;
  stiffness << kBridgeModulus * about_x, shear * (about_x + about_z), kBridgeModulus * about_z, shear * area,
      kBridgeModulus * area, shear * area;
  stiffness /= height;
  state.energy += 0.5 * q.dot(stiffness.cwiseProduct(q));
  state.gradient += stiffness.cwiseProduct(q);
  state.hessian.diagonal() += stiffness;
}

}  // namespace

SegmentLaw::SegmentLaw(const MotionSegment& segment, DiscResolution resolution)
    : segment_(segment),
      resolution_(resolution),
      disc_(segment.disc, segment.tears, segment.nucleus_share, resolution),
      flavum_strain_(evaluate_ligaments(segment.ligaments, Vec6::Zero()).flavum_strain) {}

SegmentLaw SegmentLaw::with_reference(const SegmentSolution& standing) const {
  SegmentLaw law = *this;
  law.reference_ = reference_ + standing.q;
  law.flavum_strain_ = evaluate_ligaments(segment_.ligaments, law.reference_).flavum_strain;
  return law;
}

SegmentLaw SegmentLaw::with_nucleus(double share) const {
  SegmentLaw law = *this;
  law.segment_.nucleus_share *= share;
  law.disc_ = DiscLaw(segment_.disc, segment_.tears, law.segment_.nucleus_share, resolution_);
  return law;
}

SegmentState SegmentLaw::evaluate(const Vec6& q, DiscShape* shape) const {
  SegmentState state;
  const Vec6 from_unloaded = q + reference_;
  state.disc = disc_.evaluate(from_unloaded, shape);
  const LigamentState ligaments = evaluate_ligaments(segment_.ligaments, from_unloaded);
  state.energy = state.disc.energy + ligaments.energy;
  state.gradient = state.disc.gradient + ligaments.gradient;
  state.hessian = state.disc.hessian + ligaments.hessian;
  for (std::size_t side = 0; side < 2; ++side) {
    const FacetState facet = evaluate_facet(segment_.facets[side], from_unloaded);
    state.energy += facet.energy;
    state.gradient += facet.gradient;
    state.hessian += facet.hessian;
    state.facet_force[side] = facet.force;
  }
  if (segment_.fused) add_bridge(segment_.disc, q, state);
  for (const double tension : ligaments.tension) state.ligament_force += tension;
  // The flavum keeps its volume: what it loses in length it gains in thickness.
  state.flavum_thickness = segment_.flavum_thickness * (1 + flavum_strain_) / (1 + ligaments.flavum_strain);
  return state;
}

SegmentSolution solve_segment(const SegmentLaw& law, const Vec6& load, const SegmentSolution* start) {
  return minimise(law, load, start ? *start : undisplaced(law), false);
}

SegmentSolution solve_translation(const SegmentLaw& law, const SegmentSolution& start, const Vec3& force) {
  Vec6 load = Vec6::Zero();
  load.tail<3>() = force;
  return minimise(law, load, start, true);
}

}  // namespace foramen
