#include "sim/contact/convex_distance.h"

#include <BulletCollision/CollisionShapes/btConvexHullShape.h>
#include <BulletCollision/NarrowPhaseCollision/btGjkEpaPenetrationDepthSolver.h>
#include <BulletCollision/NarrowPhaseCollision/btGjkPairDetector.h>
#include <BulletCollision/NarrowPhaseCollision/btPointCollector.h>
#include <BulletCollision/NarrowPhaseCollision/btVoronoiSimplexSolver.h>
#include <fmt/format.h>

#include <stdexcept>

namespace foramen {

static_assert(sizeof(btScalar) == 8, "Bullet must be the double precision build (pkg-config bullet-float64)");

namespace {

/// Bullet's tolerances suit bodies of some size 1: lengths in millimetres bring ours there.
constexpr double kScale = 1e3;

btConvexHullShape hull_of(const std::vector<Vec3>& points) {
  if (points.size() < 4) throw std::invalid_argument(fmt::format("a hull of {} points: needs four", points.size()));
  btConvexHullShape hull;
  for (const Vec3& p : points) {
    if (!p.allFinite()) throw std::invalid_argument("a hull with a point that is not finite");
    hull.addPoint({kScale * p.x(), kScale * p.y(), kScale * p.z()}, false);
  }
  hull.recalcLocalAabb();
  hull.setMargin(0);
  return hull;
}

Vec3 from_bullet(const btVector3& v) {
  return {v.x(), v.y(), v.z()};
}

}  // namespace

ClosestPoints closest_points(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  const btConvexHullShape hull_a = hull_of(a), hull_b = hull_of(b);
  btVoronoiSimplexSolver simplex;
  btGjkEpaPenetrationDepthSolver depth;
  btGjkPairDetector detector(&hull_a, &hull_b, &simplex, &depth);
  btGjkPairDetector::ClosestPointInput input;
  input.m_transformA.setIdentity();
  input.m_transformB.setIdentity();
  btPointCollector found;
  detector.getClosestPoints(input, found, nullptr);
  if (!found.m_hasResult) throw std::runtime_error("Bullet found no closest points");
  const Vec3 normal = from_bullet(found.m_normalOnBInWorld), on_b = from_bullet(found.m_pointInWorld) / kScale;
  const double distance = found.m_distance / kScale;
  return {distance, on_b + distance * normal, on_b, normal};
}

}  // namespace foramen
