#include "sim/motion/handled_load.h"

#include <Eigen/Geometry>
#include <algorithm>

#include "sim/motion/keyframe_curve.h"
#include "sim/motion/reach.h"

namespace foramen {

namespace {

Body hand_of(Side side) {
  return on_side(Body::HandLeft, side);
}

}  // namespace

std::vector<Side> holding_sides(Hands hands) {
  if (hands == Hands::Left) return {Side::Left};
  if (hands == Hands::Right) return {Side::Right};
  return {Side::Left, Side::Right};
}

double held_share(const HandLoad& load, double start, double end, double time) {
  const bool from_before = load.from <= start, to_after = load.to >= end;
  if ((!from_before && time < load.from) || (!to_after && time > load.to)) return 0;
  const double ramp = std::min(load.grip, 0.5 * (load.to - load.from));
  const auto grown = [ramp](double since) { return ramp > 0 ? smooth_step({since / ramp}).value : 1.0; };
  return (from_before ? 1 : grown(time - load.from)) * (to_after ? 1 : grown(load.to - time));
}

double carried_mass(const HandLoad& load, double start, double end, double time) {
  return load.mass * held_share(load, start, end, time);
}

Vec3 back_point(const Subject& subject) {
  const Segment& thorax = subject.segments[index(Body::Thorax)];
  return thorax.com_B - Vec3(kRucksackBehind, 0, 0);
}

void add_load_forces(const Subject& subject, const HandLoad& load, double held, const BodyMotions& bodies,
                     std::vector<ExternalForce>& external) {
  if (held == 0) return;
  const double mass = held * load.mass;
  if (load.on == LoadPlace::Back) {
    const BodyMotion& thorax = bodies[index(Body::Thorax)];
    const Vec3 point = back_point(subject);
    const Vec3 force = mass * (Vec3(0, -kGravity, 0) - thorax.point_acceleration(point));
    external.push_back({Body::Thorax, thorax.pose * point, force, Vec3::Zero()});
    return;
  }
  const std::vector<Side> sides = holding_sides(load.hands);
  const double share = 1.0 / static_cast<double>(sides.size());
  Vec3 acceleration = Vec3::Zero();
  for (const Side side : sides) {
    acceleration += share * bodies[index(hand_of(side))].point_acceleration(grip_point(subject, side));
  }
  const Vec3 force = mass * (Vec3(0, -kGravity, 0) - acceleration);
  const double drop = load.kind == LoadKind::Box ? kBoxDrop : 0;
  const Vec3 moment = Vec3(0, -drop, 0).cross(force);
  const Vec3 other = held * load.force.value_or(Vec3::Zero());
  for (const Side side : sides) {
    const Body hand = hand_of(side);
    external.push_back(
        {hand, bodies[index(hand)].pose * grip_point(subject, side), share * (force + other), share * moment});
  }
}

}  // namespace foramen
