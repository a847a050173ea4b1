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

double carried_mass(const HandLoad& load, double start, double end, double time) {
  const bool from_before = load.from <= start, to_after = load.to >= end;
  if ((!from_before && time < load.from) || (!to_after && time > load.to)) return 0;
  const double ramp = std::min(load.grip, 0.5 * (load.to - load.from));
  const auto grown = [ramp](double since) { return ramp > 0 ? smooth_step({since / ramp}).value : 1.0; };
  return load.mass * (from_before ? 1 : grown(time - load.from)) * (to_after ? 1 : grown(load.to - time));
}

void add_load_forces(const Subject& subject, const HandLoad& load, double mass, const BodyMotions& bodies,
                     std::vector<ExternalForce>& external) {
  if (mass == 0) return;
  const std::vector<Side> sides = holding_sides(load.hands);
  const double share = 1.0 / static_cast<double>(sides.size());
  Vec3 acceleration = Vec3::Zero();
  for (const Side side : sides) {
    acceleration += share * bodies[index(hand_of(side))].point_acceleration(grip_point(subject, side));
  }
  const Vec3 force = mass * (Vec3(0, -kGravity, 0) - acceleration);
  const double drop = load.kind == LoadKind::Box ? kBoxDrop : 0;
  const Vec3 moment = Vec3(0, -drop, 0).cross(force);
  for (const Side side : sides) {
    const Body hand = hand_of(side);
    external.push_back({hand, bodies[index(hand)].pose * grip_point(subject, side), share * force, share * moment});
  }
}

}  // namespace foramen
