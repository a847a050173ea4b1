#include <Eigen/Geometry>
#include <Eigen/LU>
#include <cmath>

#include "sim/motion/support.h"

namespace foramen {

namespace {

constexpr int kLargestIterations = 60;
constexpr double kBalanceTolerance = 1e-12;  ///< of the demanded force
constexpr double kLeverScale = 1.0;          ///< compares moments with forces [m]

bool belongs_to_leg(Body body, Side side) {
  return body == on_side(Body::ThighLeft, side) || body == on_side(Body::ShankLeft, side) ||
         body == on_side(Body::FootLeft, side);
}

/// The pads' forces at a given sink, and what they leave of the demand.
class PadState {
 public:
  /// `sink`: height [m], pitch and roll [rad] of the body about the demand's point.
  PadState(const Demand& demand, const std::vector<Pad>& pads, const std::vector<HeldLeg>& legs, const Vec3& sink)
      : demand_(demand), pads_(pads) {
    for (const Pad& pad : pads) {
      const Vec3 r = pad.point_W - demand.about_W;
      const double depth = sink.x() + sink.y() * r.x() + sink.z() * r.z() - pad.lift;
      push_.push_back(pad.stiffness * std::max(0.0, depth));
      total_ += push_.back();
    }
    for (const HeldLeg& leg : legs) held_.push_back(held_force(leg));
    left_ = demand.wrench;
    for (std::size_t i = 0; i < legs.size(); ++i) take(legs[i].ankle_W, held_[i]);
    const Vec3 horizontal(left_.force.x(), 0, left_.force.z());
    for (std::size_t i = 0; i < pads.size(); ++i) {
      const double share = total_ > 0 ? push_[i] / total_ : 0;
      pad_forces_.push_back(Vec3(0, push_[i], 0) + share * horizontal);
      take(pads[i].point_W, pad_forces_.back());
    }
  }

  /// Unbalanced vertical force, moments about z and x.
  [[nodiscard]] Vec3 residual() const {
    return {left_.force.y(), left_.moment.z() / kLeverScale, -left_.moment.x() / kLeverScale};
  }
  [[nodiscard]] const Wrench& left() const { return left_; }

  void add_forces(const std::vector<HeldLeg>& legs, std::vector<ExternalForce>& forces) const {
    for (std::size_t i = 0; i < pads_.size(); ++i) {
      forces.push_back({pads_[i].body, pads_[i].point_W, pad_forces_[i], Vec3::Zero()});
    }
    for (std::size_t i = 0; i < legs.size(); ++i) {
      if (legs[i].share > 0) {
        forces.push_back({on_side(Body::FootLeft, legs[i].side), legs[i].ankle_W, held_[i], Vec3::Zero()});
      }
    }
  }

 private:
  [[nodiscard]] Vec3 held_force(const HeldLeg& leg) const {
    const Vec3 r = leg.ankle_W - leg.hip_W;
    double moment = leg.hip_moment_z;
    for (std::size_t i = 0; i < pads_.size(); ++i) {
      if (belongs_to_leg(pads_[i].body, leg.side)) moment += (pads_[i].point_W.x() - leg.hip_W.x()) * push_[i];
    }
    // Upwards, with a little square to the leg so that there is a lever even when the leg stands upright.
    constexpr double kSquare = 0.1;
    const double length = std::hypot(r.x(), r.y());
    const Vec3 direction = Vec3(0, 1, 0) + kSquare / length * Vec3(-r.y(), r.x(), 0);
    return -leg.share * moment / (r.x() + kSquare * length) * direction;
  }

  void take(const Vec3& point_W, const Vec3& force) {
    left_.force -= force;
    left_.moment -= (point_W - demand_.about_W).cross(force);
  }

  const Demand& demand_;
  const std::vector<Pad>& pads_;
  std::vector<double> push_;
  std::vector<Vec3> held_, pad_forces_;
  double total_ = 0;
  Wrench left_;
};

/// Newton on the sink; the residual is piecewise linear but for friction, so differences give its slope.
Vec3 find_sink(const Demand& demand, const std::vector<Pad>& pads, const std::vector<HeldLeg>& legs) {
  const auto residual = [&](const Vec3& sink) { return PadState(demand, pads, legs, sink).residual(); };
  double stiffness = 0;
  for (const Pad& pad : pads) stiffness += pad.stiffness;
  Vec3 sink(demand.wrench.force.y() / stiffness, 0, 0);
  Vec3 r = residual(sink);
  const double tolerance = kBalanceTolerance * demand.wrench.force.norm();
  for (int i = 0; i < kLargestIterations && r.norm() > tolerance; ++i) {
    constexpr double h = 1e-7;  // [m, rad]
    Mat3 J;
    for (int k = 0; k < 3; ++k) J.col(k) = (residual(sink + h * Vec3::Unit(k)) - r) / h;
    const Vec3 step = -J.fullPivLu().solve(r);
    double length = 1;
    Vec3 next = residual(sink + step);
    while (!(next.norm() < r.norm()) && length > 1e-3) {
      length *= 0.5;
      next = residual(sink + length * step);
    }
    if (!(next.norm() < r.norm())) break;
    sink += length * step;
    r = next;
  }
  return sink;
}

}  // namespace

SupportForces rest_on_pads(const Demand& demand, const std::vector<Pad>& pads, const std::vector<HeldLeg>& legs) {
  SupportForces result;
  double height = 0;
  for (const Pad& pad : pads) height += pad.point_W.y() / static_cast<double>(pads.size());
  result.centre_of_pressure_W = centre_of_pressure(demand, height);
  const PadState state(demand, pads, legs, find_sink(demand, pads, legs));
  state.add_forces(legs, result.forces);
  // What is left is the friction couple about the vertical, and all that pushing could not carry if there was no
  // balance.
  const Wrench& left = state.left();
  result.forces.push_back({Body::Pelvis, demand.about_W, left.force, left.moment});
  const double unbalanced = std::hypot(left.moment.x(), left.moment.z()) + kLeverScale * std::abs(left.force.y());
  const double weight = demand.wrench.force.norm();
  constexpr double kNegligible = 1e-6;  // of the demanded force
  if (unbalanced > kNegligible * weight * kLeverScale) result.overreach = unbalanced / weight;
  return result;
}

}  // namespace foramen
