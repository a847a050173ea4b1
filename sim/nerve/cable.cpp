#include "sim/nerve/cable.h"

#include <fmt/format.h>

#include <algorithm>
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

/// Symmetric banded matrix, lower half: rows of kWidth entries ending on the diagonal.
class Banded {
 public:
  static constexpr std::size_t kHalf = 8;  // two nodes of three coordinates back
  explicit Banded(std::size_t n) : n_(n), data_(n * (kHalf + 1), 0.0) {}

  /// Adds a block of nodes i ≥ j.
  void add(std::size_t node_i, std::size_t node_j, const Mat3& block) {
    for (std::size_t r = 0; r < 3; ++r) {
      double* row = entry(3 * node_i + r, 3 * node_j);
      const std::size_t last = node_i == node_j ? r : 2;
      for (std::size_t c = 0; c <= last; ++c) row[c] += block(static_cast<int>(r), static_cast<int>(c));
    }
  }
  /// Adds a multiple of the identity block.
  void add(std::size_t node_i, std::size_t node_j, double value) {
    for (std::size_t r = 0; r < 3; ++r) *entry(3 * node_i + r, 3 * node_j + r) += value;
  }
  void clear() { std::fill(data_.begin(), data_.end(), 0.0); }
  void add_diagonal(double shift) {
    for (std::size_t i = 0; i < n_; ++i) *entry(i, i) += shift;
  }

  /// In-place Cholesky; false if not positive definite. The diagonal is kept inverted.
  bool factor() {
    for (std::size_t i = 0; i < n_; ++i) {
      const std::size_t first = i > kHalf ? i - kHalf : 0;
      double* row_i = data_.data() + i * (kHalf + 1) + kHalf - i;  // row_i[j] is entry (i, j)
      for (std::size_t j = first; j < i; ++j) {
        const double* row_j = data_.data() + j * (kHalf + 1) + kHalf - j;
        double sum = row_i[j];
        for (std::size_t k = std::max(first, j > kHalf ? j - kHalf : 0); k < j; ++k) sum -= row_i[k] * row_j[k];
        row_i[j] = sum * row_j[j];
      }
      double sum = row_i[i];
      for (std::size_t k = first; k < i; ++k) sum -= row_i[k] * row_i[k];
      if (!(sum > 0)) return false;
      row_i[i] = 1 / std::sqrt(sum);
    }
    return true;
  }
  void solve(std::vector<double>& b) const {
    for (std::size_t i = 0; i < n_; ++i) {
      const double* row = data_.data() + i * (kHalf + 1) + kHalf - i;
      for (std::size_t k = i > kHalf ? i - kHalf : 0; k < i; ++k) b[i] -= row[k] * b[k];
      b[i] *= row[i];
    }
    for (std::size_t i = n_; i-- > 0;) {
      const double* row = data_.data() + i * (kHalf + 1) + kHalf - i;
      b[i] *= row[i];
      for (std::size_t k = i > kHalf ? i - kHalf : 0; k < i; ++k) b[k] -= row[k] * b[i];
    }
  }

 private:
  double* entry(std::size_t i, std::size_t j) { return data_.data() + i * (kHalf + 1) + kHalf - (i - j); }

  std::size_t n_;
  std::vector<double> data_;
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
    const EnergyLaw law = root_axial(length / c.rest[i] - 1);
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
  const EnergyLaw tract = root_axial((c.tract_stretch + retreat) / c.tract_length);
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
  std::vector<double> step(3 * n);
  Banded hessian(3 * n), trial_hessian(3 * n), factored(3 * n);
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
      for (std::size_t i = 0; i < 3 * n; ++i) step[i] = -gradient[i / 3][static_cast<int>(i % 3)];
      factored.solve(step);
      break;
    }
    double longest = 0, slope = 0;
    for (std::size_t i = 0; i < 3 * n; ++i) {
      longest = std::max(longest, std::abs(step[i]));
      slope += step[i] * gradient[i / 3][static_cast<int>(i % 3)];
    }
    // The first trial is nearly always taken: it is assembled whole, so that it serves the next iteration.
    double fraction = std::min(1.0, kLongestStep / longest);
    for (int halving = 0; halving < 40; ++halving, fraction *= 0.5) {
      for (std::size_t i = 0; i < n; ++i) {
        trial[i] = state.position[i] + fraction * Vec3(step[3 * i], step[3 * i + 1], step[3 * i + 2]);
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
    state.tension.push_back(root_axial((state.position[i + 1] - state.position[i]).norm() / cable.rest[i] - 1).force);
  }
  const double retreat = (cable.course.back() - state.position.back()).dot(cable.tangent.back());
  state.distal_tension = cable.distal_pull + root_axial((cable.tract_stretch + retreat) / cable.tract_length).force;
  return state;
}

}  // namespace foramen
