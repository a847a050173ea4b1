#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/motion/support.h"

namespace foramen {

namespace {

constexpr double kFootBreadth = 0.055;  // of stature, Drillis and Contini 1966

double outside(double x, double low, double high) {
  return std::max({low - x, x - high, 0.0});
}

}  // namespace

Vec3 Demand::moment_about(const Vec3& point_W) const {
  return wrench.moment + (about_W - point_W).cross(wrench.force);
}

Vec3 centre_of_pressure(const Demand& demand, double height) {
  const Vec3 under(demand.about_W.x(), height, demand.about_W.z());
  const Vec3 moment = demand.moment_about(under);
  return under + Vec3(moment.z(), 0, -moment.x()) / demand.wrench.force.y();
}

Sole sole(const Subject& subject) {
  const std::vector<Vec3>& points = subject.segments[index(Body::FootLeft)].sole_B;
  if (points.empty()) throw std::invalid_argument("standing: the foot has no sole");
  Sole sole{points.front().x(), points.front().x(), 0.5 * kFootBreadth * subject.description.stature,
            points.front().y()};
  for (const Vec3& point : points) {
    sole.heel = std::min(sole.heel, point.x());
    sole.toe = std::max(sole.toe, point.x());
    sole.floor = std::min(sole.floor, point.y());
  }
  return sole;
}

SupportForces stand(const Demand& demand, const std::vector<Side>& feet, const std::array<Vec3, 2>& ankles_W,
                    const Sole& sole) {
  if (feet.empty()) throw std::invalid_argument("standing: no foot on the floor");
  SupportForces result;
  const Vec3 centre = result.centre_of_pressure_W = centre_of_pressure(demand, 0);
  const double turning = demand.moment_about(centre).y();

  double low = ankles_W[index(feet.front())].z(), high = low, x = 0;
  for (const Side side : feet) {
    const Vec3& ankle = ankles_W[index(side)];
    low = std::min(low, ankle.z());
    high = std::max(high, ankle.z());
    x += ankle.x() / static_cast<double>(feet.size());
  }
  result.overreach = std::hypot(outside(centre.x(), x + sole.heel, x + sole.toe),
                                outside(centre.z(), low - sole.half_width, high + sole.half_width));
  const double right_share = high > low ? std::clamp((centre.z() - low) / (high - low), 0.0, 1.0) : 0.0;
  // Beyond the middle of the outer foot all weight is on that foot and the pressure moves towards its edge.
  const double beyond = centre.z() - (low + right_share * (high - low));
  for (const Side side : feet) {
    const double z = ankles_W[index(side)].z();
    const double share = feet.size() == 1 ? 1.0 : (z == high ? right_share : 1 - right_share);
    result.forces.push_back({on_side(Body::FootLeft, side), Vec3(centre.x(), 0, z + beyond),
                             share * demand.wrench.force, Vec3(0, share * turning, 0)});
    const ExternalForce& foot = result.forces.back();
    result.reactions.push_back({SupportPlace::Feet, foot.body, foot.point_W, foot.force_W});
  }
  return result;
}

}  // namespace foramen
