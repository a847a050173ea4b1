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
constexpr double kFirstShift = 10;       ///< added to an indefinite matrix's diagonal [N/m]
constexpr double kLongestStep = 2.5e-3;  ///< [m]

/// Where a term adds itself: gradient and Hessian may be absent.
struct Sum {
  double energy = 0;
  std::vector<Vec3>* gradient = nullptr;
  BlockBand* hessian = nullptr;
};

void add_to_node(const NodeContact& what, std::size_t node, Sum& sum) {
  sum.energy += what.energy;
  if (sum.gradient) (*sum.gradient)[node] += what.gradient;
  if (sum.hessian) (*sum.hessian)[node].diagonal += SymmetricBlock(what.hessian);
}

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
    const auto K = SymmetricBlock::outer((law.stiffness * per_rest - across) * per_length * per_length, along, across);
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

void add_bed_and_contact(const CableTerms& terms, std::vector<CourseCurve::RestingFoot>& feet,
                         const ContactField& contact, const std::vector<Vec3>& x, Sum& sum) {
  for (std::size_t i = 0; i < x.size(); ++i) {
    const BedPull pull = terms.curve.pull(i, x[i], terms.beds[i], feet[i]);
    sum.energy += pull.energy;
    if (sum.gradient) (*sum.gradient)[i] += pull.gradient;
    if (sum.hessian) (*sum.hessian)[i].diagonal += pull.hessian;
    NodeContact touch;
    if (contact(i, x[i], sum.gradient != nullptr, touch)) add_to_node(touch, i, sum);
  }
}

/// The side of the sac, which resists a node that leaves its course towards it.
void add_sac_side(const Cable& c, const std::vector<Vec3>& x, Sum& sum) {
  for (std::size_t i = 0; i < c.sac_way.size() && c.sac_beside[i] > 0; ++i) {
    const Vec3& way = c.sac_way[i];
    const EnergyLaw law = sac_side((x[i] - c.course[i]).dot(way), c.sac_pressure);
    if (law.force == 0) continue;
    const double length = c.sac_beside[i] * c.tributary[i];
    sum.energy += length * law.energy;
    if (sum.gradient) (*sum.gradient)[i] += length * law.force * way;
    if (sum.hessian) (*sum.hessian)[i].diagonal += SymmetricBlock::outer(length * law.stiffness, way, 0);
  }
}

/// Of a strand whose end has moved against it by `retreat`.
EnergyLaw strand_law(const Cable& c, const Strand& s, double retreat) {
  return s.share == 0 ? EnergyLaw{} : root_axial((s.stretch + retreat) / s.length, s.share * c.axial_factor);
}

/// A strand that is lengthened by how far the end moves against `out`.
void add_strand(const Cable& c, const Strand& strand, const Vec3& out, const Vec3& off, NodeContact& sum) {
  if (strand.share == 0) return;
  const EnergyLaw law = strand_law(c, strand, -off.dot(out));
  sum.energy += strand.length * law.energy;
  sum.gradient -= law.force * out;
  sum.hessian += law.stiffness / strand.length * out * out.transpose();
}

/// What holds the first node: sac and fibres inside it.
NodeContact first_end(const Cable& c, const Vec3& x) {
  const Vec3 tie = x - c.sac_anchor;
  NodeContact end{0.5 * c.sac_tie * tie.squaredNorm(), c.sac_tie * tie, c.sac_tie * Mat3::Identity()};
  add_strand(c, c.intradural, -c.tangent.front(), x - c.course.front(), end);
  return end;
}

/// What pulls on the last node.
NodeContact last_end(const Cable& c, const Vec3& x) {
  const Vec3 off = x - c.course.back();
  NodeContact end{-c.distal_pull * off.dot(c.tangent.back()), -c.distal_pull * c.tangent.back()};
  for (const Strand& tract : c.tracts) add_strand(c, tract, c.tangent.back(), off, end);
  return end;
}

/// Energy, and if asked gradient and Hessian, at `x`; `first` is the part of the first node's end.
double add_all(const Cable& c, const CableTerms& terms, std::vector<CourseCurve::RestingFoot>& feet,
               const ContactField& contact, const std::vector<Vec3>& x, std::vector<Vec3>* gradient, BlockBand* hessian,
               const NodeContact& first) {
  if (gradient) gradient->assign(x.size(), Vec3::Zero());
  if (hessian) *hessian = terms.constant;
  Sum sum{0, gradient, hessian};
  add_axial(c, terms, x, sum);
  add_bending(c, terms, x, sum);
  add_bed_and_contact(terms, feet, contact, x, sum);
  add_sac_side(c, x, sum);
  add_to_node(first, 0, sum);
  add_to_node(last_end(c, x.back()), x.size() - 1, sum);
  return sum.energy;
}

std::vector<CourseCurve::RestingFoot> first_feet(const CourseCurve& curve, std::size_t nodes) {
  std::vector<CourseCurve::RestingFoot> feet;
  feet.reserve(nodes);
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
      c.bed_along.size() != n || c.traction_tie.size() != n || c.sac_way.size() != c.sac_beside.size() ||
      c.sac_way.size() > n)
    throw std::invalid_argument(fmt::format("cable of {} nodes with {} segments", n, c.rest.size()));
  require_finite(c.course);
}

}  // namespace

CableTerms::CableTerms(const Cable& c) : curve((require_fitting(c), c.course), c.tangent), constant(c.course.size()) {
  const std::size_t n = c.course.size();
  per_rest.reserve(n - 1);
  for (const double rest : c.rest) per_rest.push_back(1 / rest);
  beds.reserve(n);
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
      constant[i - 1 + a].diagonal.add_to_diagonal(k * w[a] * w[a]);
    }
    constant[i].first.add_to_diagonal(k * w[0] * w[1]);
    constant[i + 1].first.add_to_diagonal(k * w[1] * w[2]);
    constant[i + 1].second += k * w[0] * w[2];
  }
}

double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                    std::vector<Vec3>* gradient) {
  const CableTerms terms(cable);
  std::vector<CourseCurve::RestingFoot> feet = first_feet(terms.curve, position.size());
  return add_all(cable, terms, feet, contact, position, gradient, nullptr, first_end(cable, position.front()));
}

CableSolver::CableSolver(const Cable& cable)
    : cable_(cable),
      terms_(cable),
      feet_(first_feet(terms_.curve, cable.course.size())),
      trial_position_(cable.course.size()),
      factors_(cable.course.size()),
      first_shift_(kFirstShift) {}

void CableSolver::assemble(const ContactField& contact, const std::vector<Vec3>& x, Assembly& at) {
  at.first = first_end(cable_, x.front());
  at.energy = add_all(cable_, terms_, feet_, contact, x, &at.gradient, &at.hessian, at.first);
}

void CableSolver::lay(const ContactField& contact, std::vector<Vec3> position, int free) {
  if (position.size() != cable_.course.size())
    throw std::invalid_argument(
        fmt::format("cable of {} nodes with {} start positions", cable_.course.size(), position.size()));
  require_finite(position);
  position_ = std::move(position);
  assemble(contact, position_, at_);
  factored_ = false;
  free_ = free;
}

double CableSolver::residual() const {
  return largest(at_.gradient);
}

void CableSolver::factor() {
  if (factored_) return;
  double shift = 0;
  while (!factors_.factor(at_.hessian, shift)) shift = shift == 0 ? first_shift_ : 10 * shift;
  if (shift > 0) first_shift_ = 0.3 * shift;
  first_compliance_ = factors_.first_compliance();
  step_ = at_.gradient;
  factors_.reduce(step_);
  factored_ = true;
}

CableEnd CableSolver::end(double tolerance) {
  const Vec3& along = cable_.tangent.front();
  CableEnd end;
  end.sleeve = (position_.front() - cable_.course.front()).dot(along);
  if (residual() >= tolerance) factor();
  const double give = factored_ ? -(*first_compliance_ * step_.front()).dot(along) : 0;
  end.compliance = along.dot(*first_compliance_ * along);
  const EnergyLaw law = strand_law(cable_, cable_.intradural, end.sleeve);
  end.intradural_stiffness = law.stiffness / cable_.intradural.length;
  end.intradural_tension = law.force + end.intradural_stiffness * give;
  end.sleeve += give;
  return end;
}

void CableSolver::end_moved() {
  const NodeContact now = first_end(cable_, position_.front());
  const Vec3 more = now.gradient - at_.first.gradient;
  at_.energy += now.energy - at_.first.energy;
  at_.gradient.front() += more;
  if (factored_)
    step_.front() += more;  // it is reduced last
  else
    at_.hessian[0].diagonal += SymmetricBlock(now.hessian - at_.first.hessian);
  at_.first = now;
}

void CableSolver::step(const ContactField& contact) {
  factor();
  factors_.expand(step_);
  double slope = 0;
  for (std::size_t i = 0; i < step_.size(); ++i) slope -= step_[i].dot(at_.gradient[i]);
  // The first trial is nearly always taken: it is assembled whole, so that it serves the next step.
  double fraction = std::min(1.0, kLongestStep / largest(step_));
  for (int halving = 0; halving < 40; ++halving, fraction *= 0.5) {
    for (std::size_t i = 0; i < step_.size(); ++i) trial_position_[i] = position_[i] - fraction * step_[i];
    assemble(contact, trial_position_, trial_);
    if (free_ > 0 || trial_.energy <= at_.energy + 1e-4 * fraction * slope + 1e-15) break;
  }
  position_.swap(trial_position_);
  std::swap(at_, trial_);
  factored_ = false;
  ++steps_;
  if (free_ > 0) --free_;
}

Convergence CableSolver::relax(const ContactField& contact, double tolerance) {
  Convergence convergence{false, 0, residual(), {}};
  for (; convergence.residual >= tolerance; convergence.residual = residual()) {
    if (convergence.iterations == kMostIterations) {
      convergence.reason = "the root did not come to rest";
      return convergence;
    }
    step(contact);
    ++convergence.iterations;
  }
  convergence.converged = true;
  return convergence;
}

CableState CableSolver::state() const {
  const Cable& c = cable_;
  CableState state;
  state.position = position_;
  state.energy = at_.energy;
  state.tension.reserve(position_.size() - 1);
  for (std::size_t i = 0; i + 1 < position_.size(); ++i) {
    const double strain = (position_[i + 1] - position_[i]).norm() / c.rest[i] - 1;
    state.tension.push_back(root_axial(strain, c.axial_factor).force);
  }
  state.sleeve = (position_.front() - c.course.front()).dot(c.tangent.front());
  state.intradural_tension = strand_law(c, c.intradural, state.sleeve).force;
  const double retreat = (c.course.back() - position_.back()).dot(c.tangent.back());
  state.distal_tension = c.distal_pull;
  for (const Strand& tract : c.tracts) state.distal_tension += strand_law(c, tract, retreat).force;
  return state;
}

CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start) {
  CableSolver solver(cable);
  solver.lay(contact, start);
  const Convergence convergence = solver.relax(contact, cable.tolerance);
  CableState state = solver.state();
  state.convergence = convergence;
  return state;
}

}  // namespace foramen
