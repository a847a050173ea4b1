#include "sim/tissue/facet.h"

#include <cmath>

#include "sim/tissue/moving_point.h"

namespace foramen {

namespace {

/// Normal stiffness of the closed joint [N/m]: with 0.5 mm of gap it gives 80–90 N in extension and rotation at 7.5 N·m
/// (design prototype; Wilson 2006 measured 40–130 N in rotation).
constexpr double kContactStiffness = 300e3;
/// Width of the smooth onset of contact [m]; about the thickness over which cartilage surfaces conform.
constexpr double kOnset = 0.1e-3;
constexpr int kPointsAcross = 3;

}  // namespace

FacetState evaluate_facet(const FacetGeometry& geometry, const Vec6& q) {
  FacetState state;
  if (!geometry.carries) return state;
  const Vec3 n = geometry.normal_D;
  const Vec3 across = n.cross(Vec3::UnitY()).normalized();
  const Vec3 along = across.cross(n);
  const double share = 1.0 / (kPointsAcross * kPointsAcross);
  for (int i = 0; i < kPointsAcross; ++i) {
    for (int j = 0; j < kPointsAcross; ++j) {
      const double s = (i + 0.5) / kPointsAcross - 0.5, t = (j + 0.5) / kPointsAcross - 0.5;
      const Vec3 p = geometry.centre_D + s * geometry.width * across + t * geometry.height * along;
      const double gap = geometry.gap + n.dot(moved_point(p, q) - p);
      // Softplus penetration δ = k·ln(1+exp(−gap/k)); energy ½·K·δ².
      const double x = -gap / kOnset;
      const double depth = kOnset * (x > 30 ? x : std::log1p(std::exp(x)));
      const double closing = 1 / (1 + std::exp(-x));  // −dδ/dgap
      const double K = share * kContactStiffness * geometry.stiffening;
      const double force = K * depth * closing;
      const double stiffness = K * (closing * closing + depth * closing * (1 - closing) / kOnset);
      state.energy += 0.5 * K * depth * depth;
      state.force += force;
      add_point_energy(p, q, -force * n, stiffness * n * n.transpose(), state.gradient, state.hessian);
    }
  }
  return state;
}

}  // namespace foramen
