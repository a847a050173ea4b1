#include "sim/nerve/cable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr double kAlongBed =
    0.05;  ///< bed stiffness along the course over that across it: roots slide in their sheath (estimate)
constexpr double kEndTie = 50;  ///< the last node leaves the region on its course: bed stiffness factor there
constexpr int kMostIterations = 60;
constexpr double kFirstShift = 10;       ///< added to an indefinite matrix's diagonal [N/m]
constexpr double kLongestStep = 1.5e-3;  ///< [m]

/// Symmetric matrix of 3×3 blocks that couple a node with the two before it; lower half.
class Banded {
 public:
  explicit Banded(std::size_t nodes) : rows_(nodes) { clear(); }

  /// Adds a block of nodes i ≥ j ≥ i − 2.
  void add(std::size_t node_i, std::size_t node_j, const Mat3& block) { rows_[node_i][node_i - node_j] += block; }
  /// Adds a multiple of the identity block.
  void add(std::size_t node_i, std::size_t node_j, double value) {
    rows_[node_i][node_i - node_j].diagonal().array() += value;
  }
  void clear() {
    for (auto& row : rows_) row.fill(Mat3::Zero());
  }
  void add_diagonal(double shift) {
    for (auto& row : rows_) row[0].diagonal().array() += shift;
  }

  /// In-place block Cholesky; false if not positive definite. The diagonal factors are kept inverted.
  bool factor() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      auto& [diagonal, first, second] = rows_[i];
      if (i > 1) {
        second = (second * rows_[i - 2][0].transpose()).eval();
        first.noalias() -= second * rows_[i - 1][1].transpose();
        diagonal.noalias() -= second * second.transpose();
      }
      if (i > 0) {
        first = (first * rows_[i - 1][0].transpose()).eval();
        diagonal.noalias() -= first * first.transpose();
      }
      if (!invert_factor(diagonal)) return false;
    }
    return true;
  }
  /// Solves with the factors, in place.
  void solve(std::vector<Vec3>& b) const {
    const std::size_t n = rows_.size();
    for (std::size_t i = 0; i < n; ++i) {
      if (i > 0) b[i].noalias() -= rows_[i][1] * b[i - 1];
      if (i > 1) b[i].noalias() -= rows_[i][2] * b[i - 2];
      b[i] = (rows_[i][0] * b[i]).eval();
    }
    for (std::size_t i = n; i-- > 0;) {
      if (i + 1 < n) b[i].noalias() -= rows_[i + 1][1].transpose() * b[i + 1];
      if (i + 2 < n) b[i].noalias() -= rows_[i + 2][2].transpose() * b[i + 2];
      b[i] = (rows_[i][0].transpose() * b[i]).eval();
    }
  }

 private:
  /// Turns a symmetric block into the inverse of its lower Cholesky factor.
  static bool invert_factor(Mat3& a) {
    if (!(a(0, 0) > 0)) return false;
    const double g0 = 1 / std::sqrt(a(0, 0)), l10 = a(1, 0) * g0, l20 = a(2, 0) * g0;
    const double d1 = a(1, 1) - l10 * l10;
    if (!(d1 > 0)) return false;
    const double g1 = 1 / std::sqrt(d1), l21 = (a(2, 1) - l20 * l10) * g1;
    const double d2 = a(2, 2) - l20 * l20 - l21 * l21;
    if (!(d2 > 0)) return false;
    const double g2 = 1 / std::sqrt(d2);
    a << g0, 0, 0,              //
        -g1 * l10 * g0, g1, 0,  //
        g2 * (l21 * g1 * l10 - l20) * g0, -g2 * l21 * g1, g2;
    return true;
  }

  std::vector<std::array<Mat3, 3>> rows_;  ///< blocks with the node itself, the one before, the one before that
};

/// Energy, and if asked gradient and Hessian, at `x`.
double assemble(const Cable& c, const ContactField& contact, const std::vector<Vec3>& x, std::vector<Vec3>* gradient,
                Banded* hessian) {
  const std::size_t n = x.size();
  double energy = 0;
  if (gradient) gradient->assign(n, Vec3::Zero());
  for (std::size_t i = 0; i + 1 < n; ++i) {  // axial
    const Vec3 along = x[i + 1] - x[i];
    const double length = along.norm();
    const EnergyLaw law = root_axial(length / c.rest[i] - 1, c.axial_factor);
    energy += c.rest[i] * law.energy;
    if (!gradient || law.force == 0) continue;
    const Vec3 t = along / length;
    (*gradient)[i] -= law.force * t;
    (*gradient)[i + 1] += law.force * t;
    if (hessian) {
      const Mat3 K = (law.stiffness / c.rest[i]) * t * t.transpose() +
                     (law.force / length) * (Mat3::Identity() - t * t.transpose());
      hessian->add(i, i, K);
      hessian->add(i + 1, i + 1, K);
      hessian->add(i + 1, i, -K);
    }
  }
  for (std::size_t i = 1; i + 1 < n; ++i) {  // bending, about the curvature of the course
    const double ds = c.tributary[i];
    const double k = c.bending_stiffness / (ds * ds * ds);
    const Vec3 bend = (x[i + 1] - 2 * x[i] + x[i - 1]) - (c.course[i + 1] - 2 * c.course[i] + c.course[i - 1]);
    energy += 0.5 * k * bend.squaredNorm();
    if (!gradient) continue;
    constexpr std::array<double, 3> weight{1, -2, 1};
    for (std::size_t a = 0; a < 3; ++a) {
      (*gradient)[i - 1 + a] += k * weight[a] * bend;
      if (!hessian) continue;
      for (std::size_t b = 0; b <= a; ++b) hessian->add(i - 1 + a, i - 1 + b, k * weight[a] * weight[b]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {  // fat bed and contact
    const Vec3 off = x[i] - c.course[i];
    const Mat3 tt = c.tangent[i] * c.tangent[i].transpose();
    const double across = c.bed_stiffness[i] * c.tributary[i] * (i + 1 == n ? kEndTie : 1.0);
    const Mat3 K = across * (Mat3::Identity() - tt) + kAlongBed * c.bed_stiffness.front() * c.tributary[i] * tt;
    const NodeContact touch = contact(i, x[i], gradient != nullptr);
    energy += 0.5 * off.dot(K * off) + touch.energy;
    if (!gradient) continue;
    (*gradient)[i] += K * off + touch.gradient;
    if (hessian) hessian->add(i, i, K + touch.hessian);
  }
  const Vec3 tie = x.front() - c.proximal_anchor;
  energy += 0.5 * c.proximal_stiffness * tie.squaredNorm();
  const Vec3 out = c.tangent.back();
  const double retreat = (c.course.back() - x.back()).dot(out);
  const EnergyLaw tract = root_axial((c.tract_stretch + retreat) / c.tract_length, c.axial_factor);
  energy += c.tract_length * tract.energy + c.distal_pull * retreat;
  if (gradient) {
    gradient->front() += c.proximal_stiffness * tie;
    gradient->back() -= (tract.force + c.distal_pull) * out;
  }
  if (hessian) {
    hessian->add(0, 0, c.proximal_stiffness);
    hessian->add(n - 1, n - 1, (tract.stiffness / c.tract_length) * out * out.transpose());
  }
  return energy;
}

double norm(const std::vector<Vec3>& v) {
  double largest = 0;
  for (const Vec3& e : v) largest = std::max(largest, e.norm());
  return largest;
}

}  // namespace

double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                    std::vector<Vec3>* gradient) {
  return assemble(cable, contact, position, gradient, nullptr);
}

CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start) {
  const std::size_t n = cable.course.size();
  if (start.size() != n || cable.rest.size() + 1 != n || n < 4) {
    throw std::invalid_argument(
        fmt::format("cable of {} nodes with {} start positions and {} segments", n, start.size(), cable.rest.size()));
  }
  CableState state{.position = start, .tension = {}, .distal_tension = 0, .energy = 0, .convergence = {}};
  state.convergence.converged = false;
  std::vector<Vec3> gradient, trial(n), trial_gradient;
  std::vector<Vec3> step(n);
  Banded hessian(n), trial_hessian(n), factored(n);
  double first_shift = kFirstShift;
  state.energy = assemble(cable, contact, state.position, &gradient, &hessian);
  for (int& iteration = state.convergence.iterations; iteration < kMostIterations; ++iteration) {
    state.convergence.residual = norm(gradient);
    if (state.convergence.residual < cable.tolerance) {
      state.convergence.converged = true;
      break;
    }
    for (double shift = 0;; shift = shift == 0 ? first_shift : 10 * shift) {
      factored = hessian;
      if (shift > 0) factored.add_diagonal(shift);
      if (!factored.factor()) continue;
      if (shift > 0) first_shift = 0.3 * shift;
      for (std::size_t i = 0; i < n; ++i) step[i] = -gradient[i];
      factored.solve(step);
      break;
    }
    double longest = 0, slope = 0;
    for (std::size_t i = 0; i < n; ++i) {
      longest = std::max(longest, step[i].cwiseAbs().maxCoeff());
      slope += step[i].dot(gradient[i]);
    }
    // The first trial is nearly always taken: it is assembled whole, so that it serves the next iteration.
    double fraction = std::min(1.0, kLongestStep / longest);
    for (int halving = 0; halving < 40; ++halving, fraction *= 0.5) {
      for (std::size_t i = 0; i < n; ++i) {
        trial[i] = state.position[i] + fraction * step[i];
      }
      trial_hessian.clear();
      const double energy = assemble(cable, contact, trial, &trial_gradient, &trial_hessian);
      if (energy > state.energy + 1e-4 * fraction * slope + 1e-15 && halving < 39) continue;
      state.energy = energy;
      state.position.swap(trial);
      gradient.swap(trial_gradient);
      std::swap(hessian, trial_hessian);
      break;
    }
  }
  if (!state.convergence.converged) state.convergence.reason = "the root did not come to rest";
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double strain = (state.position[i + 1] - state.position[i]).norm() / cable.rest[i] - 1;
    state.tension.push_back(root_axial(strain, cable.axial_factor).force);
  }
  const double retreat = (cable.course.back() - state.position.back()).dot(cable.tangent.back());
  const double tract_strain = (cable.tract_stretch + retreat) / cable.tract_length;
  state.distal_tension = cable.distal_pull + root_axial(tract_strain, cable.axial_factor).force;
  return state;
}

}  // namespace foramen
