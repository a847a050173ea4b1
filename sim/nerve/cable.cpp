#include "sim/nerve/cable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/nerve/block_band.h"
#include "sim/nerve/course_curve.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr double kEndTie = 50;  ///< the last node leaves the region on its course: bed stiffness factor there
constexpr int kMostIterations = 100;
constexpr double kFirstShift = 10;       ///< added to an indefinite matrix's diagonal [N/m]
constexpr double kLongestStep = 1.5e-3;  ///< [m]

/// Where a term adds itself: gradient and Hessian may be absent.
struct Sum {
  double energy = 0;
  std::vector<Vec3>* gradient = nullptr;
  BlockBand* hessian = nullptr;
};

void add_axial(const Cable& c, const std::vector<Vec3>& x, Sum& sum) {
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const Vec3 along = x[i + 1] - x[i];
    const double length = along.norm();
    const EnergyLaw law = root_axial(length / c.rest[i] - 1, c.axial_factor);
    sum.energy += c.rest[i] * law.energy;
    if (!sum.gradient || law.force == 0) continue;
    const Vec3 t = along / length, pull = law.force * t;
    (*sum.gradient)[i] -= pull;
    (*sum.gradient)[i + 1] += pull;
    if (!sum.hessian) continue;
    const double across = law.force / length;
    Mat3 K = (law.stiffness / c.rest[i] - across) * t * t.transpose();
    K.diagonal().array() += across;
    (*sum.hessian)[i].diagonal += K;
    (*sum.hessian)[i + 1].diagonal += K;
    (*sum.hessian)[i + 1].first -= K;
  }
}

/// Bending about the curvature of the course, by second divided differences.
void add_bending(const Cable& c, const std::vector<Vec3>& x, Sum& sum) {
  if (c.bending_stiffness == 0) return;
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const double before = c.rest[i - 1], after = c.rest[i], both = before + after;
    const std::array<double, 3> w{2 / (before * both), -2 / (before * after), 2 / (after * both)};
    const double k = c.bending_stiffness * c.tributary[i];
    Vec3 bend = Vec3::Zero();
    for (std::size_t a = 0; a < 3; ++a) bend += w[a] * (x[i - 1 + a] - c.course[i - 1 + a]);
    sum.energy += 0.5 * k * bend.squaredNorm();
    if (!sum.gradient) continue;
    for (std::size_t a = 0; a < 3; ++a) (*sum.gradient)[i - 1 + a] += k * w[a] * bend;
    if (!sum.hessian) continue;
    for (std::size_t a = 0; a < 3; ++a) (*sum.hessian)[i - 1 + a].diagonal.diagonal().array() += k * w[a] * w[a];
    (*sum.hessian)[i].first.diagonal().array() += k * w[0] * w[1];
    (*sum.hessian)[i + 1].first.diagonal().array() += k * w[1] * w[2];
    (*sum.hessian)[i + 1].second.diagonal().array() += k * w[0] * w[2];
  }
}

/// The curve of a cable's course, and where on it the nodes' feet were last.
struct Bed {
  explicit Bed(const Cable& cable) : curve(cable.course, cable.tangent) {
    for (std::size_t i = 0; i < cable.course.size(); ++i) feet.push_back(curve.start(i));
  }
  CourseCurve curve;
  std::vector<CourseCurve::Foot> feet;
};

void add_bed_and_contact(const Cable& c, Bed& bed, const ContactField& contact, const std::vector<Vec3>& x, Sum& sum) {
  NodeContact touch;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double length = c.tributary[i];
    const NodeBed springs{c.bed_across[i] * length * (i + 1 == x.size() ? kEndTie : 1.0), c.bed_along[i] * length,
                          c.traction_tie[i] * length};
    const BedPull pull = bed.curve.pull(i, x[i], springs, bed.feet[i]);
    touch = {};
    contact(i, x[i], sum.gradient != nullptr, touch);
    sum.energy += pull.energy + touch.energy;
    if (sum.gradient) (*sum.gradient)[i] += pull.gradient + touch.gradient;
    if (sum.hessian) (*sum.hessian)[i].diagonal += pull.hessian + touch.hessian;
  }
}

/// A strand that is lengthened by how far the end moves against `out`.
void add_strand(const Cable& c, const Strand& strand, const Vec3& out, std::size_t node, const Vec3& off, Sum& sum) {
  if (strand.share == 0) return;
  const double retreat = -off.dot(out);
  const EnergyLaw law = root_axial((strand.stretch + retreat) / strand.length, strand.share * c.axial_factor);
  sum.energy += strand.length * law.energy;
  if (sum.gradient) (*sum.gradient)[node] -= law.force * out;
  if (sum.hessian) (*sum.hessian)[node].diagonal += law.stiffness / strand.length * out * out.transpose();
}

void add_ends(const Cable& c, const std::vector<Vec3>& x, Sum& sum) {
  const Vec3 tie = x.front() - c.sac_anchor;
  sum.energy += 0.5 * c.sac_tie * tie.squaredNorm();
  if (sum.gradient) sum.gradient->front() += c.sac_tie * tie;
  if (sum.hessian) (*sum.hessian)[0].diagonal.diagonal().array() += c.sac_tie;
  add_strand(c, c.intradural, -c.tangent.front(), 0, x.front() - c.course.front(), sum);
  const std::size_t last = x.size() - 1;
  const Vec3 off = x.back() - c.course.back();
  sum.energy -= c.distal_pull * off.dot(c.tangent.back());
  if (sum.gradient) sum.gradient->back() -= c.distal_pull * c.tangent.back();
  for (const Strand& tract : c.tracts) add_strand(c, tract, c.tangent.back(), last, off, sum);
}

/// Energy, and if asked gradient and Hessian, at `x`.
double assemble(const Cable& c, Bed& bed, const ContactField& contact, const std::vector<Vec3>& x,
                std::vector<Vec3>* gradient, BlockBand* hessian) {
  if (gradient) gradient->assign(x.size(), Vec3::Zero());
  if (hessian) hessian->clear();
  Sum sum{0, gradient, hessian};
  add_axial(c, x, sum);
  add_bending(c, x, sum);
  add_bed_and_contact(c, bed, contact, x, sum);
  add_ends(c, x, sum);
  return sum.energy;
}

double largest(const std::vector<Vec3>& v) {
  double most = 0;
  for (const Vec3& e : v) most = std::max(most, e.squaredNorm());
  return std::sqrt(most);
}

void require_fitting(const Cable& c, const std::vector<Vec3>& start) {
  const std::size_t n = c.course.size();
  if (n < 4 || start.size() != n || c.rest.size() + 1 != n || c.tangent.size() != n || c.tributary.size() != n ||
      c.bed_across.size() != n || c.bed_along.size() != n || c.traction_tie.size() != n) {
    throw std::invalid_argument(
        fmt::format("cable of {} nodes with {} start positions and {} segments", n, start.size(), c.rest.size()));
  }
  for (std::size_t i = 0; i < n; ++i) {
    if (!start[i].allFinite() || !c.course[i].allFinite())
      throw std::invalid_argument(fmt::format("cable: node {} is nowhere", i));
  }
}

double strand_tension(const Cable& c, const Strand& s, double retreat) {
  return s.share == 0 ? 0 : root_axial((s.stretch + retreat) / s.length, s.share * c.axial_factor).force;
}

/// Tensions, and how the sleeve would give.
void report(const Cable& c, BlockBand& hessian, CableState& state) {
  for (std::size_t i = 0; i + 1 < state.position.size(); ++i) {
    const double strain = (state.position[i + 1] - state.position[i]).norm() / c.rest[i] - 1;
    state.tension.push_back(root_axial(strain, c.axial_factor).force);
  }
  state.sleeve = (state.position.front() - c.course.front()).dot(c.tangent.front());
  state.intradural_tension = strand_tension(c, c.intradural, state.sleeve);
  const double retreat = (c.course.back() - state.position.back()).dot(c.tangent.back());
  state.distal_tension = c.distal_pull;
  for (const Strand& tract : c.tracts) state.distal_tension += strand_tension(c, tract, retreat);
  std::vector<Vec3> unit(state.position.size(), Vec3::Zero());
  unit.front() = c.tangent.front();
  hessian.add_diagonal(1e-9);
  if (!hessian.factor()) return;
  hessian.solve(unit);
  state.compliance = unit.front().dot(c.tangent.front());
}

}  // namespace

double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                    std::vector<Vec3>* gradient) {
  Bed bed(cable);
  return assemble(cable, bed, contact, position, gradient, nullptr);
}

CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start) {
  require_fitting(cable, start);
  const std::size_t n = start.size();
  Bed bed(cable);
  CableState state;
  state.position = start;
  state.convergence.converged = false;
  std::vector<Vec3> gradient, trial(n), trial_gradient, step(n);
  BlockBand hessian(n), trial_hessian(n), factored(n);
  double first_shift = kFirstShift;
  state.energy = assemble(cable, bed, contact, state.position, &gradient, &hessian);
  for (int& iteration = state.convergence.iterations; iteration < kMostIterations; ++iteration) {
    state.convergence.residual = largest(gradient);
    if (state.convergence.residual < cable.tolerance) {
      state.convergence.converged = true;
      break;
    }
    for (double shift = 0;; shift = shift == 0 ? first_shift : 10 * shift) {
      factored = hessian;
      if (shift > 0) factored.add_diagonal(shift);
      if (!factored.factor()) continue;
      if (shift > 0) first_shift = 0.3 * shift;
      break;
    }
    for (std::size_t i = 0; i < n; ++i) step[i] = -gradient[i];
    factored.solve(step);
    double slope = 0;
    for (std::size_t i = 0; i < n; ++i) slope += step[i].dot(gradient[i]);
    // The first trial is nearly always taken: it is assembled whole, so that it serves the next iteration.
    double fraction = std::min(1.0, kLongestStep / largest(step));
    for (int halving = 0; halving < 40; ++halving, fraction *= 0.5) {
      for (std::size_t i = 0; i < n; ++i) trial[i] = state.position[i] + fraction * step[i];
      const double energy = assemble(cable, bed, contact, trial, &trial_gradient, &trial_hessian);
      if (energy > state.energy + 1e-4 * fraction * slope + 1e-15 && halving < 39) continue;
      state.energy = energy;
      state.position.swap(trial);
      gradient.swap(trial_gradient);
      std::swap(hessian, trial_hessian);
      break;
    }
  }
  if (!state.convergence.converged) state.convergence.reason = "the root did not come to rest";
  report(cable, hessian, state);
  return state;
}

}  // namespace foramen
