#include <Eigen/Geometry>
#include <cmath>

#include "sim/motion/reach_problem.h"

namespace foramen {

bool ReachProblem::carries(Body ancestor, Body body) const {
  for (int b = index(body);; b = index(subject_.segments[at(b)].parent)) {
    if (b == index(ancestor)) return true;
    if (b == 0) return false;
  }
}

/// Axis of a joint's own turn in the world, and its centre.
std::pair<Vec3, Vec3> ReachProblem::axis_of(const Drive& drive, const PlacedBody& p) const {
  const int b = index(drive.body);
  const Segment& segment = subject_.segments[at(b)];
  const Mat3 R = b == 0 ? Mat3(Mat3::Identity()) : Mat3(p.poses[at(index(segment.parent))].R * segment.X_PJ.R);
  const Vec3& angle = p.tree.joints[at(b)].angle;
  Vec3 axis = Vec3::UnitZ();
  if (drive.axis == 0) axis = Vec3(std::cos(angle.z()), std::sin(angle.z()), 0);
  if (drive.axis == 1) {
    const double ca = std::cos(angle.x());
    axis = Vec3(-std::sin(angle.z()) * ca, std::cos(angle.z()) * ca, std::sin(angle.x()));
  }
  return {R * axis, p.poses[at(b)] * segment.X_BJ.p};
}

ReachProblem::Motions ReachProblem::motions(const PlacedBody& p) const {
  // Mass below each joint and its moment; a standing foot does not turn, so its mass counts at the ankle.
  std::array<double, kBodyCount> mass{};
  std::array<Vec3, kBodyCount> moment;
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& segment = subject_.segments[at(b)];
    const bool standing =
        (b == index(Body::FootLeft) && stands(Side::Left)) || (b == index(Body::FootRight) && stands(Side::Right));
    mass[at(b)] = segment.mass;
    moment[at(b)] = segment.mass * (standing ? p.poses[at(b)].p : p.poses[at(b)] * segment.com_B);
  }
  for (int b = kBodyCount - 1; b > 0; --b) {
    const auto parent = at(index(subject_.segments[at(b)].parent));
    mass[parent] += mass[at(b)];
    moment[parent] += moment[at(b)];
  }
  Motions m;
  for (std::size_t k = 0; k < free_.size(); ++k) {
    for (auto* points : {&m.grip, &m.ankle}) {
      for (auto& side : *points) side[k].setZero();
    }
    m.com[k].setZero();
    for (auto& side : m.dorsiflexion) side[k] = 0;
    for (const Drive& drive : drives_[k]) add_motion(drive, p, mass, moment, k, m);
    // The pelvis goes where the standing ankles stay.
    Vec3 shift = Vec3::Zero();
    for (const Side side : request_.feet)
      shift -= m.ankle[at(index(side))][k] / static_cast<double>(request_.feet.size());
    m.com[k] += shift;
    for (auto* points : {&m.grip, &m.ankle}) {
      for (auto& side : *points) side[k] += shift;
    }
  }
  return m;
}

void ReachProblem::add_motion(const Drive& drive, const PlacedBody& p, const std::array<double, kBodyCount>& mass,
                              const std::array<Vec3, kBodyCount>& moment, std::size_t k, Motions& m) const {
  const auto [axis, centre] = axis_of(drive, p);
  const Vec3 turn = drive.rate * axis;
  const auto b = at(index(drive.body));
  m.com[k] += turn.cross(moment[b] - mass[b] * centre) / mass_;
  for (const Side side : kSides) {
    const auto s = at(index(side));
    if (carries(drive.body, on_side(Body::HandLeft, side))) m.grip[s][k] += turn.cross(grip(p, side) - centre);
    const Body foot = on_side(Body::FootLeft, side);
    if (carries(drive.body, foot)) m.ankle[s][k] += turn.cross(p.poses[at(index(foot))].p - centre);
    const Body shank = on_side(Body::ShankLeft, side);
    if (!carries(drive.body, shank)) continue;
    // flatten_foot: dorsiflexion = atan2(−ex.y, ey.y) of the shank's axes.
    const Vec3 ex = p.poses[at(index(shank))].R.col(0), ey = p.poses[at(index(shank))].R.col(1);
    m.dorsiflexion[s][k] +=
        (ex.y() * turn.cross(ey).y() - ey.y() * turn.cross(ex).y()) / (ex.y() * ex.y() + ey.y() * ey.y());
  }
}

}  // namespace foramen
