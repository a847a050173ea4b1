#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/motion/support.h"

namespace foramen {

namespace {

constexpr double kFootBreadth = 0.055;  // of stature, Drillis and Contini 1966

double beyond_range(double x, double low, double high) {
  return x > high ? x - high : std::min(x - low, 0.0);
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

BaseOfSupport::BaseOfSupport(const Sole& sole, const std::vector<Vec3>& ankles_W, double rim) {
  if (ankles_W.empty()) throw std::invalid_argument("standing: no foot on the floor");
  const Vec2 heel(sole.heel + rim, -sole.half_width + rim), toe(sole.toe - rim, sole.half_width - rim);
  const auto on_floor = [](const Vec3& p) { return Vec2(p.x(), p.z()); };
  low_ = high_ = on_floor(ankles_W.front());
  for (const Vec3& ankle : ankles_W) {
    low_ = low_.cwiseMin(on_floor(ankle));
    high_ = high_.cwiseMax(on_floor(ankle));
  }
  low_ += heel;
  high_ += toe;
  // A box drawn along a line is the box round it all, cut by two lines along which its corners go.
  const Vec2 way = on_floor(ankles_W.back()) - on_floor(ankles_W.front());
  if (way.x() == 0 || way.y() == 0) return;
  const Vec2 normal = Vec2(way.y(), -way.x()).normalized();
  across_ = Vec3(normal.x(), 0, normal.y());
  strip_ = 0.5 * (toe - heel).dot(normal.cwiseAbs());
}

BaseOfSupport::Beyond BaseOfSupport::beyond(const Vec3& centre) const {
  Beyond b{beyond_range(centre.x(), low_.x(), high_.x()), beyond_range(centre.z(), low_.y(), high_.y())};
  if (strip_ > 0) b.across = beyond_range(across_.dot(centre - middle()), -strip_, strip_);
  return b;
}

Vec3 BaseOfSupport::back(const Vec3& centre) const {
  const Beyond b = beyond(centre);
  const Vec3 boxed = centre - Vec3(b.ahead, 0, b.right);
  return boxed - beyond(boxed).across * across_ - centre;
}

SupportForces stand(const Demand& demand, const std::vector<Side>& feet, const std::array<Vec3, 2>& ankles_W,
                    const Sole& sole) {
  SupportForces result;
  const Vec3 centre = result.centre_of_pressure_W = centre_of_pressure(demand, 0);
  const double turning = demand.moment_about(centre).y();

  std::vector<Vec3> standing;
  for (const Side side : feet) standing.push_back(ankles_W[index(side)]);
  result.overreach = BaseOfSupport(sole, standing).outside(centre);
  double low = standing.front().z(), high = low;
  for (const Vec3& ankle : standing) {
    low = std::min(low, ankle.z());
    high = std::max(high, ankle.z());
  }
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
