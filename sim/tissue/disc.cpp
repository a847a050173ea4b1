#include "sim/tissue/disc.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/tissue/moving_point.h"

namespace foramen {

namespace {

constexpr int kStripRise = 1, kStripBulge = 3;
constexpr int kRise = 4;  ///< index of the vertical translation in q
/// Rounding of the nucleus' law where its pressure begins [Pa]; it takes no suction.
constexpr double kPressureOnset = 1e4;
constexpr int kMostSteps = 40;
constexpr double kLongestStep = 1.5e-3;  ///< of a bulge in one Newton step [m]

/// Smooth positive part of x: value, slope, and integral from far below.
struct Positive {
  double value, slope, integral;
};
Positive positive_part(double x, double k) {
  const double root = std::sqrt(x * x + k * k);
  return {0.5 * (x + root), 0.5 * (1 + x / root), 0.25 * (x * (x + root) + k * k * std::asinh(x / k))};
}

/// Cholesky factor of a matrix given by its lower triangle, shifted until it is positive.
Eigen::LLT<ShapeMatrix> factor(const ShapeMatrix& hessian) {
  Eigen::LLT<ShapeMatrix> result(hessian);
  for (double shift = 1e3; result.info() != Eigen::Success; shift *= 4) {
    ShapeMatrix shifted = hessian;
    shifted.diagonal().array() += shift;
    result.compute(shifted);
  }
  return result;
}

}  // namespace

/// Displacements of the strips' and cavities' tops in the axes of their sectors (outward, up, tangent) [m].
struct DiscLaw::Motion {
  std::vector<Vec3> strips, cavities;
  double centre_rise = 0;
};

/// Energy by the shape (bulges, then the dent) at a given motion.
struct DiscLaw::ShapeSystem {
  double energy = 0, pressure = 0;
  ShapeVector gradient;
  ShapeMatrix hessian;
  std::vector<StripEnergy> strips;
};

struct DiscLaw::NucleusState {
  double volume = 0, energy = 0, pressure = 0, stiffness = 0;
};

/// Energy by motion and shape.
struct DiscLaw::Response {
  Vec6 gradient = Vec6::Zero();
  Mat6 hessian = Mat6::Zero();
  Eigen::Matrix<double, 6, Eigen::Dynamic> mixed;  ///< by q and (bulges, dent)
};

DiscState DiscLaw::evaluate(const Vec6& q, DiscShape* shape) const {
  if (!q.allFinite()) throw std::invalid_argument("disc displacement is not finite");
  DiscShape own;
  DiscShape& found = shape ? *shape : own;
  const auto unknowns = static_cast<Eigen::Index>(sectors_.size()) + 1;
  if (found.unknowns.size() != unknowns) {
    found.unknowns.setZero(unknowns);
  } else {
    ShapeVector predicted = found.unknowns + found.by_q * (q - found.q);
    const double longest = (predicted - found.unknowns).cwiseAbs().maxCoeff();
    if (longest > kLongestStep) predicted = found.unknowns + (predicted - found.unknowns) * (kLongestStep / longest);
    found.unknowns = predicted;
  }

  DiscState state;
  const Motion motion = motion_of(q);
  ShapeSystem system;
  state.convergence = relax(motion, found.tolerance, found.unknowns, system);
  const Response by_motion = response(q, motion, found.unknowns, system);
  found.by_q = -factor(system.hessian).solve(by_motion.mixed.transpose());
  found.q = q;
  state.energy = system.energy;
  state.gradient = by_motion.gradient;
  // Envelope theorem: the shape follows without changing the first derivative.
  const Mat6 stiffness = by_motion.hessian + by_motion.mixed * found.by_q;
  state.hessian = 0.5 * (stiffness + stiffness.transpose());
  state.nucleus_pressure = system.pressure;
  state.height = geometry_.height_mean() + q[kRise];
  const double compression = -state.gradient[kRise];
  state.annulus_share = compression > 0 ? 1 - system.pressure * nucleus_.area / compression : 1;
  fill_contour(found.unknowns, state);
  return state;
}

DiscLaw::Motion DiscLaw::motion_of(const Vec6& q) const {
  Motion motion;
  motion.strips.reserve(strips_.size());
  motion.cavities.reserve(sectors_.size());
  const std::size_t layers = strips_.size() / sectors_.size();
  for (std::size_t i = 0; i < sectors_.size(); ++i) {
    const Sector& sector = sectors_[i];
    for (std::size_t k = 0; k < layers; ++k) {
      const Vec3& top = strips_[i * layers + k].top;
      motion.strips.emplace_back(sector.axes * (moved_point(top, q) - top));
    }
    motion.cavities.emplace_back(sector.axes * (moved_point(sector.cavity.top, q) - sector.cavity.top));
  }
  motion.centre_rise = moved_point(nucleus_.centre_top, q).y() - nucleus_.centre_top.y();
  return motion;
}

/// Cavity volume at a motion and shape, with what its derivatives need.
DiscLaw::NucleusState DiscLaw::nucleus_state(const Motion& motion, const ShapeVector& shape) const {
  NucleusState state;
  state.volume = nucleus_.area * (nucleus_.height + motion.centre_rise - shape[shape.size() - 1]);
  for (std::size_t i = 0; i < sectors_.size(); ++i) {
    const Cavity& c = sectors_[i].cavity;
    const double rise = motion.cavities[i].y() - shape[shape.size() - 1];
    const double bulge = c.by_bulge * shape[static_cast<Eigen::Index>(i)] + c.by_rise * rise;
    state.volume += c.area_per_bulge * (c.height + rise) * bulge;
  }
  const double stiffness = nucleus_.bulk / nucleus_.volume;
  const Positive excess = positive_part(nucleus_.free_volume - state.volume, kPressureOnset / stiffness);
  state.energy = stiffness * excess.integral;
  state.pressure = stiffness * excess.value;
  state.stiffness = stiffness * excess.slope;
  return state;
}

DiscLaw::ShapeSystem DiscLaw::shape_system(const Motion& motion, const ShapeVector& shape) const {
  const auto n = static_cast<Eigen::Index>(sectors_.size()), dent = n;
  const std::size_t layers = strips_.size() / sectors_.size();
  ShapeSystem system{.energy = 0,
                     .pressure = 0,
                     .gradient = ShapeVector::Zero(n + 1),
                     .hessian = ShapeMatrix::Zero(n + 1, n + 1),
                     .strips = {}};
  system.strips.reserve(strips_.size());
  for (Eigen::Index i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < layers; ++k) {
      const std::size_t at = static_cast<std::size_t>(i) * layers + k;
      Vec3 top = motion.strips[at];
      top.y() -= shape[dent];
      const StripEnergy& strip = system.strips.emplace_back(strip_energy(strips_[at], top, shape[i], heights_));
      // The dent takes from the rise of every top.
      system.energy += strip.energy;
      system.gradient[i] += strip.gradient[kStripBulge];
      system.gradient[dent] -= strip.gradient[kStripRise];
      system.hessian(i, i) += strip.hessian(kStripBulge, kStripBulge);
      system.hessian(dent, i) -= strip.hessian(kStripRise, kStripBulge);
      system.hessian(dent, dent) += strip.hessian(kStripRise, kStripRise);
    }
    const Eigen::Index next = (i + 1) % n;
    const double k = sectors_[static_cast<std::size_t>(i)].neighbour_stiffness;
    const double step = shape[next] - shape[i];
    system.energy += 0.5 * k * step * step;
    system.gradient[next] += k * step;
    system.gradient[i] -= k * step;
    system.hessian(i, i) += k;
    system.hessian(next, next) += k;
    system.hessian(std::max(i, next), std::min(i, next)) -= k;
  }
  system.energy += 0.5 * material_.endplate_stiffness * shape[dent] * shape[dent];
  system.gradient[dent] += material_.endplate_stiffness * shape[dent];
  system.hessian(dent, dent) += material_.endplate_stiffness;
  add_nucleus(motion, shape, system);
  return system;
}

/// Adds E(V): gradient −p·∇V, Hessian k·∇V∇Vᵀ − p·∇²V.
void DiscLaw::add_nucleus(const Motion& motion, const ShapeVector& shape, ShapeSystem& system) const {
  const auto n = static_cast<Eigen::Index>(sectors_.size()), dent = n;
  const NucleusState nucleus = nucleus_state(motion, shape);
  ShapeVector by_shape(n + 1);
  by_shape[dent] = -nucleus_.area;
  for (Eigen::Index i = 0; i < n; ++i) {
    const Cavity& c = sectors_[static_cast<std::size_t>(i)].cavity;
    const double rise = motion.cavities[static_cast<std::size_t>(i)].y() - shape[shape.size() - 1];
    const double bulge = c.by_bulge * shape[i] + c.by_rise * rise, height = c.height + rise;
    by_shape[i] = c.area_per_bulge * height * c.by_bulge;
    by_shape[dent] -= c.area_per_bulge * (bulge + height * c.by_rise);
    system.hessian(dent, i) += nucleus.pressure * c.area_per_bulge * c.by_bulge;
    system.hessian(dent, dent) -= nucleus.pressure * c.area_per_bulge * 2 * c.by_rise;
  }
  system.energy += nucleus.energy;
  system.pressure = nucleus.pressure;
  system.gradient -= nucleus.pressure * by_shape;
  system.hessian.selfadjointView<Eigen::Lower>().rankUpdate(by_shape, nucleus.stiffness);
}

/// Minimises the energy over the shape: Newton with a shifted Cholesky factor, line search and a bound on the step.
Convergence DiscLaw::relax(const Motion& motion, double tolerance, ShapeVector& shape, ShapeSystem& system) const {
  Convergence result{false, 0, 0, ""};
  system = shape_system(motion, shape);
  for (; result.iterations < kMostSteps; ++result.iterations) {
    result.residual = system.gradient.norm();
    if (result.residual < tolerance) {
      result.converged = true;
      return result;
    }
    ShapeVector step = -factor(system.hessian).solve(system.gradient);
    const double longest = step.cwiseAbs().maxCoeff();
    if (longest > kLongestStep) step *= kLongestStep / longest;
    const double slope = system.gradient.dot(step);
    // Where a step gains less energy than the sum rounds away, the gradient tells whether it is better.
    const bool below_rounding = -slope < 1e-13 * std::abs(system.energy);
    bool stepped = false;
    double fraction = 1;
    for (int halving = 0; halving < 25 && !stepped; ++halving, fraction *= 0.5) {
      const ShapeVector trial = shape + fraction * step;
      ShapeSystem next = shape_system(motion, trial);
      stepped = below_rounding ? next.gradient.norm() < result.residual
                               : next.energy <= system.energy + 1e-4 * fraction * slope + 1e-14 * std::abs(system.energy);
      if (!stepped) continue;
      shape = trial;
      system = std::move(next);
    }
    if (!stepped) break;
  }
  result.reason = "the disc wall did not settle";
  return result;
}

/// Adds the energy of a point on the upper endplate, given by displacement in sector axes: gradient g, Hessian H, and
/// what couples it to one unknown of the shape.
void DiscLaw::add_point(const Vec3& top, const Mat3& axes, const Vec6& q, const Vec3& g, const Mat3& H,
                        const Vec3& by_bulge, Eigen::Index sector, Response& response) const {
  const PointMotion J = point_motion(top, q);
  const Mat3 turned = axes.transpose() * H * axes;
  add_point_energy(top, J, axes.transpose() * g, turned, response.gradient, response.hessian);
  response.mixed.col(sector).noalias() += J.transpose() * (axes.transpose() * by_bulge);
  // The dent is a fall of all tops.
  response.mixed.rightCols<1>().noalias() -= J.transpose() * turned.col(1);
}

DiscLaw::Response DiscLaw::response(const Vec6& q, const Motion& motion, const ShapeVector& shape,
                                    const ShapeSystem& system) const {
  const auto n = static_cast<Eigen::Index>(sectors_.size());
  const std::size_t layers = strips_.size() / sectors_.size();
  Response r;
  r.mixed.setZero(6, n + 1);
  const NucleusState nucleus = nucleus_state(motion, shape);
  // Volume by q, and by the shape for the rank-one term.
  Vec6 volume_by_q = nucleus_.area * point_motion(nucleus_.centre_top, q).row(1).transpose();
  ShapeVector volume_by_shape(n + 1);
  volume_by_shape[n] = -nucleus_.area;
  add_point_energy(nucleus_.centre_top, q, -nucleus.pressure * nucleus_.area * Vec3::UnitY(), Mat3::Zero(), r.gradient,
                   r.hessian);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Sector& sector = sectors_[static_cast<std::size_t>(i)];
    for (std::size_t k = 0; k < layers; ++k) {
      const std::size_t at = static_cast<std::size_t>(i) * layers + k;
      const StripEnergy& e = system.strips[at];
      add_point(strips_[at].top, sector.axes, q, e.gradient.head<3>(), e.hessian.topLeftCorner<3, 3>(),
                e.hessian.topRightCorner<3, 1>(), i, r);
    }
    const Cavity& c = sector.cavity;
    const double rise = motion.cavities[static_cast<std::size_t>(i)].y() - shape[shape.size() - 1];
    const double bulge = c.by_bulge * shape[i] + c.by_rise * rise, height = c.height + rise;
    const double by_rise = c.area_per_bulge * (bulge + height * c.by_rise);
    const Vec3 up = Vec3::UnitY();
    volume_by_q += by_rise * point_motion(c.top, q).row(1).transpose();
    volume_by_shape[i] = c.area_per_bulge * height * c.by_bulge;
    volume_by_shape[n] -= by_rise;
    Mat3 curvature = Mat3::Zero();
    curvature(1, 1) = -nucleus.pressure * c.area_per_bulge * 2 * c.by_rise;
    add_point(c.top, sector.axes, q, -nucleus.pressure * by_rise * up, curvature,
              -nucleus.pressure * c.area_per_bulge * c.by_bulge * up, i, r);
  }
  r.hessian.noalias() += nucleus.stiffness * volume_by_q * volume_by_q.transpose();
  r.mixed.noalias() += nucleus.stiffness * volume_by_q * volume_by_shape.transpose();
  return r;
}

void DiscLaw::fill_contour(const ShapeVector& shape, DiscState& state) const {
  const auto n = static_cast<Eigen::Index>(sectors_.size());
  const Eigen::Index per = kContourPoints / n;
  for (Eigen::Index i = 0; i < kContourPoints; ++i) {
    // Catmull–Rom between the sectors.
    const Eigen::Index k = i / per;
    const double t = static_cast<double>(i % per) / static_cast<double>(per);
    const auto at = [&](Eigen::Index j) { return shape[(j + n) % n]; };
    const double p0 = at(k - 1), p1 = at(k), p2 = at(k + 1), p3 = at(k + 2);
    state.bulge[static_cast<std::size_t>(i)] =
        p1 + 0.5 * t * ((p2 - p0) + t * ((2 * p0 - 5 * p1 + 4 * p2 - p3) + t * (3 * (p1 - p2) + p3 - p0)));
    const double phi = 2 * kPi * static_cast<double>(i) / kContourPoints;
    if (std::abs(phi - kPi) <= kPi / 4 + 1e-9)
      state.bulge_posterior = std::max(state.bulge_posterior, state.bulge[static_cast<std::size_t>(i)]);
  }
}

}  // namespace foramen
