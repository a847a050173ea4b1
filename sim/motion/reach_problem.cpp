#include "sim/motion/reach_problem.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/motion/reach.h"

namespace foramen {

namespace {

/// Standard deviations that weigh the terms against the preferences. What must hold (feet, balance, ankles) is far
/// stiffer than what is wished (the hands' places), so that a place out of reach topples nobody.
constexpr double kFootSpread = 5e-4;               ///< [m]
constexpr double kRimSpread = 1e-3;                ///< of the centre of pressure beyond the safe part of the soles [m]
constexpr double kAnkleSpread = 0.3 * units::deg;  ///< beyond the ankle's range
constexpr double kMiddleSpread = 0.04;             ///< of the centre of pressure about the middle of the feet [m]
constexpr double kCentreSpread = 0.005;            ///< of it about a place that is asked for [m]
constexpr double kRhythmSpread = 4 * units::deg;   ///< of the lumbar flexion about its share
constexpr double kPosedRim = 0.015;                ///< of the soles that balance keeps free [m]

}  // namespace

ReachProblem::ReachProblem(const Subject& subject, const JointLimits& limits, const ReachRequest& request)
    : subject_(subject), limits_(limits), request_(request), sole_(sole(subject)) {
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const bool ankle = a <= index(PostureAngle::AnkleDorsiflexionRight);
    const bool follows = ankle && stands(static_cast<Side>(a));
    if (!(request.spread[at(a)] > 0) || follows) continue;
    free_.push_back(a);
    drives_.push_back(drives_of(static_cast<PostureAngle>(a), request.shares));
  }
  for (const Segment& segment : subject.segments) mass_ += segment.mass;
  if (!request.feet.empty()) middle_ = middle_of_stance(subject, request.feet, sole_.floor);
  const double apart =
      ankle_from_pelvis(subject, {}, Side::Right).z.value - ankle_from_pelvis(subject, {}, Side::Left).z.value;
  stance_ = Vec3(request.step, 0, apart);
  for (const Side side : kSides) holding_ += request.hands[at(index(side))] ? 1 : 0;
}

PlacedBody ReachProblem::place(const PostureAngles& q) const {
  PlacedBody p;
  for (int a = 0; a < kPostureAngleCount; ++a) p.angles.posture[at(a)] = {q[at(a)]};
  p.tree = turn_joints(p.angles, request_.shares);
  if (request_.feet.empty()) {
    p.tree.pelvis_position = request_.pelvis.p;
  } else {
    p.tree.pelvis_position = middle_;
    for (const Side side : request_.feet) {
      p.tree.pelvis_position -=
          ankle_from_pelvis(subject_, p.angles, side).value() / static_cast<double>(request_.feet.size());
      flatten_foot(p.angles, side, p.tree);
    }
  }
  p.poses = place_bodies(subject_, p.tree);
  return p;
}

Vec3 ReachProblem::grip(const PlacedBody& p, Side side) const {
  return p.poses[at(index(on_side(Body::HandLeft, side)))] * grip_point(subject_, side);
}

double ReachProblem::farthest_miss(const PlacedBody& p) const {
  double miss = 0;
  for (const Side side : kSides) {
    const auto& place = request_.hands[at(index(side))];
    if (place) miss = std::max(miss, (grip(p, side) - *place).norm());
  }
  return miss;
}

Vec3 ReachProblem::centre_of_pressure(const PlacedBody& p, const Vec3& f) const {
  const Vec3 com = centre_of_mass(subject_, p.poses), hand = middle_of_grips(p), sway = request_.sway;
  const double weight = mass_ * kGravity, push = weight - f.y();
  return {(weight * com.x() - hand.x() * f.y() + hand.y() * f.x()) / push + sway.x(), 0,
          (weight * com.z() - hand.z() * f.y() + hand.y() * f.z()) / push + sway.z()};
}

double ReachProblem::outside(const Vec3& centre) const {
  return request_.feet.empty() ? 0 : base_of_support(0).outside(centre);
}

bool ReachProblem::stands(Side side) const {
  return std::find(request_.feet.begin(), request_.feet.end(), side) != request_.feet.end();
}

Vec3 ReachProblem::middle_of_grips(const PlacedBody& p) const {
  Vec3 middle = Vec3::Zero();
  for (const Side side : kSides) {
    if (holding_ == 0 || request_.hands[at(index(side))]) middle += grip(p, side) / (holding_ == 0 ? 2 : holding_);
  }
  return middle;
}

BaseOfSupport ReachProblem::base_of_support(double rim) const {
  if (request_.feet.size() < 2) return {sole_, {middle_}, rim};
  return {sole_, {middle_ - 0.5 * stance_, middle_ + 0.5 * stance_}, rim};
}

template <class Put>
void ReachProblem::put_hands(const PlacedBody& p, const Motions& m, Put&& put) const {
  for (const Side side : kSides) {
    const auto s = at(index(side));
    if (!request_.hands[s]) continue;
    const Vec3 error = grip(p, side) - *request_.hands[s];
    for (int c = 0; c < 3; ++c) put(error[c], hand_spread_, [&](int k) { return m.grip[s][at(k)][c]; });
  }
}

/// Two feet keep their distance.
template <class Put>
void ReachProblem::put_stance(const PlacedBody& p, const Motions& m, Put&& put) const {
  if (request_.feet.size() < 2) return;
  const Vec3 error = p.poses[at(index(Body::FootRight))].p - p.poses[at(index(Body::FootLeft))].p - stance_;
  for (int c = 0; c < 3; ++c) {
    put(error[c], kFootSpread, [&](int k) { return m.ankle[1][at(k)][c] - m.ankle[0][at(k)][c]; });
  }
}

template <class Put>
void ReachProblem::put_balance(const PlacedBody& p, const Motions& m, Put&& put) const {
  const double weight = mass_ * kGravity;
  const BaseOfSupport base = base_of_support(kPosedRim);
  const auto hand = [&](int k) -> Vec3 {
    Vec3 motion = Vec3::Zero();
    for (const Side side : kSides) {
      const auto s = at(index(side));
      if (holding_ == 0 || request_.hands[s]) motion += m.grip[s][at(k)] / (holding_ == 0 ? 2 : holding_);
    }
    return motion;
  };
  // Of the centre of pressure under a force on the hands, along a direction on the floor.
  const auto slope = [&](const Vec3& f, const Vec3& along, int k) {
    const Vec3 h = hand(k);
    return along.dot(weight * m.com[at(k)] - h * f.y() + h.y() * f) / (weight - f.y());
  };
  const auto put_rim = [&](const Vec3& f) {
    const BaseOfSupport::Beyond beyond = base.beyond(centre_of_pressure(p, f));
    const auto put_edge = [&](double by, const Vec3& along) {
      put(by, kRimSpread, [&](int k) { return by == 0 ? 0.0 : slope(f, along, k); });
    };
    put_edge(beyond.ahead, Vec3::UnitX());
    put_edge(beyond.right, Vec3::UnitZ());
    put_edge(beyond.across, base.across());
  };
  const Vec3 &f = request_.hand_force, place = request_.centre.value_or(base.middle());
  const Vec3 off = centre_of_pressure(p, f) - place;
  const double spread = request_.centre ? kCentreSpread : kMiddleSpread;
  put(off.x(), spread, [&](int k) { return slope(f, Vec3::UnitX(), k); });
  put(off.z(), spread, [&](int k) { return slope(f, Vec3::UnitZ(), k); });
  put_rim(f);
  if (request_.force_comes_and_goes) put_rim(Vec3::Zero());
}

template <class Put>
void ReachProblem::put_ankles(const PlacedBody& p, const Motions& m, Put&& put) const {
  for (const Side side : request_.feet) {
    const PostureAngle ankle = on_side(PostureAngle::AnkleDorsiflexionLeft, side);
    const double angle = p.angles[ankle].value;
    const double beyond = angle - limits_.clamped(index(ankle), angle);
    put(beyond, kAnkleSpread, [&](int k) { return beyond == 0 ? 0.0 : m.dorsiflexion[at(index(side))][at(k)]; });
  }
}

template <class Put>
void ReachProblem::put_preferences(const PostureAngles& q, Put&& put) const {
  for (std::size_t i = 0; i < free_.size(); ++i) {
    const auto a = at(free_[i]);
    put(q[a] - request_.preferred[a], request_.spread[a], [&](int k) { return at(k) == i ? 1.0 : 0.0; });
  }
  if (!request_.lumbar_share) return;
  const double share = *request_.lumbar_share;
  const double lumbar = q[at(index(PostureAngle::LumbarFlexion))],
               pitch = q[at(index(PostureAngle::PelvisForwardPitch))];
  put(lumbar - share * (lumbar + pitch), kRhythmSpread, [&](int k) {
    const auto a = static_cast<PostureAngle>(free_[at(k)]);
    if (a == PostureAngle::LumbarFlexion) return 1 - share;
    return a == PostureAngle::PelvisForwardPitch ? -share : 0.0;
  });
}

void ReachProblem::evaluate(const PostureAngles& q, const PlacedBody& p, ReachRows& r, ReachJacobian* J) const {
  r.resize(kMostRows);
  int rows = 0;
  const auto n = static_cast<int>(free_.size());
  if (J) J->setZero(kMostRows, n);
  Motions moves;
  if (J) moves = motions(p);
  const auto put = [&](double value, double spread, auto&& slope) {
    r[rows] = value / spread;
    if (J) {
      for (int k = 0; k < n; ++k) (*J)(rows, k) = slope(k) / spread;
    }
    ++rows;
  };
  put_hands(p, moves, put);
  if (!request_.feet.empty()) {
    put_stance(p, moves, put);
    put_balance(p, moves, put);
    put_ankles(p, moves, put);
  }
  put_preferences(q, put);
  r.conservativeResize(rows);
  if (J) J->conservativeResize(rows, n);
}

}  // namespace foramen
