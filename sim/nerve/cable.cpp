#include "sim/nerve/cable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr double kEndTie = 50;  ///< the last node leaves the region on its course: bed stiffness factor there
constexpr int kMostIterations = 100;
constexpr double kFirstShift = 10;        ///< added to an indefinite matrix's diagonal [N/m]
constexpr double kLongestStep = 2.5e-3;   ///< [m]
constexpr double kLeastStiffness = 1e-9;  ///< of what gives when a cable at rest is pulled on [N/m]

/// Where a term adds itself: gradient and Hessian may be absent.
struct Sum {
  double energy = 0;
  std::vector<Vec3>* gradient = nullptr;
  BlockBand* hessian = nullptr;
};

void add_axial(const Cable& c, const CableTerms& terms, const std::vector<Vec3>& x, Sum& sum) {
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    const Vec3 along = x[i + 1] - x[i];
    const double length = along.norm(), per_rest = terms.per_rest[i];
    const EnergyLaw law = root_axial(length * per_rest - 1, c.axial_factor);
    sum.energy += c.rest[i] * law.energy;
    if (!sum.gradient || law.force == 0) continue;
    const double per_length = 1 / length, across = law.force * per_length;
    const Vec3 pull = across * along;
    (*sum.gradient)[i] -= pull;
    (*sum.gradient)[i + 1] += pull;
    if (!sum.hessian) continue;
    const Vec3 stiff = (law.stiffness * per_rest - across) * per_length * per_length * along;
    Mat3 K = stiff * along.transpose();
    K.diagonal().array() += across;
    (*sum.hessian)[i].diagonal += K;
    (*sum.hessian)[i + 1].diagonal += K;
    (*sum.hessian)[i + 1].first -= K;
  }
}

/// Bending about the curvature of the course; its Hessian is in terms.constant.
void add_bending(const Cable& c, const CableTerms& terms, const std::vector<Vec3>& x, Sum& sum) {
  if (c.bending_stiffness == 0) return;
  for (std::size_t i = 1; i + 1 < x.size(); ++i) {
    const std::array<double, 3>& w = terms.bending[i];
    const double k = c.bending_stiffness * c.tributary[i];
    Vec3 bend = -terms.course_bend[i];
    for (std::size_t a = 0; a < 3; ++a) bend += w[a] * x[i - 1 + a];
    sum.energy += 0.5 * k * bend.squaredNorm();
    if (!sum.gradient) continue;
    bend *= k;
    for (std::size_t a = 0; a < 3; ++a) (*sum.gradient)[i - 1 + a] += w[a] * bend;
  }
}

void add_bed_and_contact(const CableTerms& terms, std::vector<CourseCurve::Foot>& feet, const ContactField& contact,
                         const std::vector<Vec3>& x, Sum& sum) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const BedPull pull = terms.curve.pull(i, x[i], terms.beds[i], feet[i]);
    sum.energy += pull.energy;
    if (sum.gradient) (*sum.gradient)[i] += pull.gradient;
    if (sum.hessian) (*sum.hessian)[i].diagonal += pull.hessian;
    NodeContact touch;
    if (!contact(i, x[i], sum.gradient != nullptr, touch)) continue;
    sum.energy += touch.energy;
    if (sum.gradient) (*sum.gradient)[i] += touch.gradient;
    if (sum.hessian) (*sum.hessian)[i].diagonal += touch.hessian;
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
  add_strand(c, c.intradural, -c.tangent.front(), 0, x.front() - c.course.front(), sum);
  const std::size_t last = x.size() - 1;
  const Vec3 off = x.back() - c.course.back();
  sum.energy -= c.distal_pull * off.dot(c.tangent.back());
  if (sum.gradient) sum.gradient->back() -= c.distal_pull * c.tangent.back();
  for (const Strand& tract : c.tracts) add_strand(c, tract, c.tangent.back(), last, off, sum);
}

/// Energy, and if asked gradient and Hessian, at `x`.
double add_all(const Cable& c, const CableTerms& terms, std::vector<CourseCurve::Foot>& feet,
               const ContactField& contact, const std::vector<Vec3>& x, std::vector<Vec3>* gradient,
               BlockBand* hessian) {
  if (gradient) gradient->assign(x.size(), Vec3::Zero());
  if (hessian) hessian->set(terms.constant);
  Sum sum{0, gradient, hessian};
  add_axial(c, terms, x, sum);
  add_bending(c, terms, x, sum);
  add_bed_and_contact(terms, feet, contact, x, sum);
  add_ends(c, x, sum);
  return sum.energy;
}

std::vector<CourseCurve::Foot> first_feet(const CourseCurve& curve, std::size_t nodes) {
  std::vector<CourseCurve::Foot> feet;
  for (std::size_t i = 0; i < nodes; ++i) feet.push_back(curve.start(i));
  return feet;
}

double largest(const std::vector<Vec3>& v) {
  double most = 0;
  for (const Vec3& e : v) most = std::max(most, e.squaredNorm());
  return std::sqrt(most);
}

void require_finite(const std::vector<Vec3>& places) {
  for (std::size_t i = 0; i < places.size(); ++i)
    if (!places[i].allFinite()) throw std::invalid_argument(fmt::format("cable: node {} is nowhere", i));
}

void require_fitting(const Cable& c) {
  const std::size_t n = c.course.size();
  if (n < 4 || c.rest.size() + 1 != n || c.tangent.size() != n || c.tributary.size() != n || c.bed_across.size() != n ||
      c.bed_along.size() != n || c.traction_tie.size() != n)
    throw std::invalid_argument(fmt::format("cable of {} nodes with {} segments", n, c.rest.size()));
  require_finite(c.course);
}

double strand_tension(const Cable& c, const Strand& s, double retreat) {
  return s.share == 0 ? 0 : root_axial((s.stretch + retreat) / s.length, s.share * c.axial_factor).force;
}

}  // namespace

CableTerms::CableTerms(const Cable& c) : curve((require_fitting(c), c.course), c.tangent), constant(c.course.size()) {
  const std::size_t n = c.course.size();
  for (const double rest : c.rest) per_rest.push_back(1 / rest);
  for (std::size_t i = 0; i < n; ++i) {
    const double length = c.tributary[i];
    beds.push_back(
        {c.bed_across[i] * length * (i + 1 == n ? kEndTie : 1.0), c.bed_along[i] * length, c.traction_tie[i] * length});
  }
  bending.assign(n, {});
  course_bend.assign(n, Vec3::Zero());
  for (std::size_t i = 1; i + 1 < n; ++i) {
    // Second divided differences.
    const double before = c.rest[i - 1], after = c.rest[i], both = before + after;
    const std::array<double, 3> w{2 / (before * both), -2 / (before * after), 2 / (after * both)};
    const double k = c.bending_stiffness * c.tributary[i];
    bending[i] = w;
    for (std::size_t a = 0; a < 3; ++a) {
      course_bend[i] += w[a] * c.course[i - 1 + a];
      constant[i - 1 + a].diagonal.diagonal().array() += k * w[a] * w[a];
    }
    constant[i].first.diagonal().array() += k * w[0] * w[1];
    constant[i + 1].first.diagonal().array() += k * w[1] * w[2];
    constant[i + 1].second += k * w[0] * w[2];
  }
  constant[0].diagonal.diagonal().array() += c.sac_tie;
}

double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                    std::vector<Vec3>* gradient) {
  const CableTerms terms(cable);
  std::vector<CourseCurve::Foot> feet = first_feet(terms.curve, position.size());
  return add_all(cable, terms, feet, contact, position, gradient, nullptr);
}

CableSolver::CableSolver(const Cable& cable)
    : cable_(cable),
      terms_(cable),
      feet_(first_feet(terms_.curve, cable.course.size())),
      at_{0, {}, BlockBand(cable.course.size())},
      trial_{0, {}, BlockBand(cable.course.size())},
      trial_position_(cable.course.size()),
      first_shift_(kFirstShift) {}

void CableSolver::assemble(const ContactField& contact, const std::vector<Vec3>& x, Assembly& at) {
  at.energy = add_all(cable_, terms_, feet_, contact, x, &at.gradient, &at.hessian);
}

void CableSolver::find_step() {
  double shift = 0;
  while (!at_.hessian.factor(shift)) shift = shift == 0 ? first_shift_ : 10 * shift;
  if (shift > 0) first_shift_ = 0.3 * shift;
  step_ = at_.gradient;
  at_.hessian.solve(step_);
  for (Vec3& step : step_) step = -step;
}

void CableSolver::relax(const ContactField& contact, double tolerance, CableState& state) {
  const std::size_t n = cable_.course.size();
  if (state.position.size() != n)
    throw std::invalid_argument(fmt::format("cable of {} nodes with {} start positions", n, state.position.size()));
  require_finite(state.position);
  state.convergence = {false, 0, 0, {}};
  assemble(contact, state.position, at_);
  for (int& iteration = state.convergence.iterations; iteration < kMostIterations; ++iteration) {
    state.convergence.residual = largest(at_.gradient);
    if (state.convergence.residual < tolerance) {
      state.convergence.converged = true;
      break;
    }
    find_step();
    double slope = 0;
    for (std::size_t i = 0; i < n; ++i) slope += step_[i].dot(at_.gradient[i]);
    // The first trial is nearly always taken: it is assembled whole, so that it serves the next iteration.
    double fraction = std::min(1.0, kLongestStep / largest(step_));
    for (int halving = 0; halving < 40; ++halving, fraction *= 0.5) {
      for (std::size_t i = 0; i < n; ++i) trial_position_[i] = state.position[i] + fraction * step_[i];
      assemble(contact, trial_position_, trial_);
      if (trial_.energy > at_.energy + 1e-4 * fraction * slope + 1e-15 && halving < 39) continue;
      state.position.swap(trial_position_);
      std::swap(at_, trial_);
      break;
    }
  }
  if (!state.convergence.converged) state.convergence.reason = "the root did not come to rest";
  report(state);
}

void CableSolver::report(CableState& state) {
  const Cable& c = cable_;
  state.energy = at_.energy;
  state.tension.clear();
  for (std::size_t i = 0; i + 1 < state.position.size(); ++i) {
    const double strain = (state.position[i + 1] - state.position[i]).norm() / c.rest[i] - 1;
    state.tension.push_back(root_axial(strain, c.axial_factor).force);
  }
  state.sleeve = (state.position.front() - c.course.front()).dot(c.tangent.front());
  state.intradural_tension = strand_tension(c, c.intradural, state.sleeve);
  const double retreat = (c.course.back() - state.position.back()).dot(c.tangent.back());
  state.distal_tension = c.distal_pull;
  for (const Strand& tract : c.tracts) state.distal_tension += strand_tension(c, tract, retreat);
  if (state.convergence.iterations == 0 && !response_.empty()) return;  // it has not moved
  response_.assign(state.position.size(), Vec3::Zero());
  if (at_.hessian.factor(kLeastStiffness)) {
    response_.front() = c.tangent.front();
    at_.hessian.solve(response_);
  }
  state.compliance = response_.front().dot(c.tangent.front());
}

void CableSolver::give(double force, CableState& state) const {
  for (std::size_t i = 0; i < response_.size(); ++i) state.position[i] += force * response_[i];
}

CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start) {
  CableState state;
  state.position = start;
  CableSolver(cable).relax(contact, cable.tolerance, state);
  return state;
}

}  // namespace foramen
