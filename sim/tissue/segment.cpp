#include "sim/tissue/segment.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "sim/tissue/facet.h"
#include "sim/tissue/ligament.h"

namespace foramen {

namespace {

/// Turns moments into forces of like size, for one residual and one step norm [m].
constexpr double kArm = 0.03;
constexpr int kMostIterations = 60;
constexpr double kTolerance = 1e-8;  ///< [N]

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

/// Minimises energy(q) − load·q; `evaluate(q)` returns energy, gradient, hessian.
template <class Evaluate>
Convergence minimise(const Evaluate& evaluate, const Vec6& load, Vec6& q) {
  Convergence result{false, 0, 0, ""};
  auto state = evaluate(q);
  for (; result.iterations < kMostIterations; ++result.iterations) {
    const Vec6 residual = load - state.gradient;
    result.residual = scaled(residual).norm();
    if (result.residual < kTolerance) {
      result.converged = true;
      return result;
    }
    const Vec6 step = newton_step(state.hessian, residual);
    const double merit = state.energy - load.dot(q), slope = -residual.dot(step);
    double fraction = 1;
    for (int halving = 0; halving < 30; ++halving, fraction *= 0.5) {
      const Vec6 trial = q + fraction * step;
      auto next = evaluate(trial);
      if (next.energy - load.dot(trial) <= merit + 1e-4 * fraction * slope + 1e-14 * std::abs(merit)) {
        q = trial;
        state = next;
        break;
      }
    }
  }
  result.reason = "the segment's Newton iteration used all its steps";
  return result;
}

}  // namespace

SegmentLaw::SegmentLaw(const MotionSegment& segment) : segment_(segment), disc_(segment.disc) {}

SegmentLaw SegmentLaw::with_reference(const Vec6& load, Convergence* convergence) const {
  SegmentLaw law = *this;
  law.offset_.setZero();
  SegmentState others = evaluate(Vec6::Zero());
  const DiscState disc = disc_.evaluate(offset_);
  const Vec6 disc_load = load - (others.gradient - disc.gradient);
  const Convergence result = minimise([&](const Vec6& q) { return disc_.evaluate(q); }, disc_load, law.offset_);
  if (convergence) *convergence = result;
  return law;
}

SegmentState SegmentLaw::evaluate(const Vec6& q) const {
  SegmentState state;
  state.disc = disc_.evaluate(q + offset_);
  const LigamentState ligaments = evaluate_ligaments(segment_.ligaments, q);
  state.energy = state.disc.energy + ligaments.energy;
  state.gradient = state.disc.gradient + ligaments.gradient;
  state.hessian = state.disc.hessian + ligaments.hessian;
  for (std::size_t side = 0; side < 2; ++side) {
    const FacetState facet = evaluate_facet(segment_.facets[side], q);
    state.energy += facet.energy;
    state.gradient += facet.gradient;
    state.hessian += facet.hessian;
    state.facet_force[side] = facet.force;
  }
  for (const double tension : ligaments.tension) state.ligament_force += tension;
  // The flavum keeps its volume: what it loses in length it gains in thickness.
  state.flavum_thickness = segment_.flavum_thickness / (1 + ligaments.flavum_strain);
  return state;
}

SegmentSolution solve_segment(const SegmentLaw& law, const Vec6& load) {
  SegmentSolution solution;
  solution.convergence = minimise([&](const Vec6& q) { return law.evaluate(q); }, load, solution.q);
  solution.state = law.evaluate(solution.q);
  return solution;
}

}  // namespace foramen
