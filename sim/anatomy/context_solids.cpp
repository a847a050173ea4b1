#include "sim/anatomy/context_solids.h"

#include "sim/anatomy/polygonise.h"

namespace foramen {
namespace {

template <class T>
T field(const DrawnSolid& solid, const implicit::Point<T>& p) {
  const T whole = implicit::united(solid.pieces, nullptr, p, implicit::kFar, solid.blend);
  if (solid.holes.empty()) return whole;
  const double edge = 0.5 * solid.blend;
  return implicit::smooth_max(whole, T(-implicit::united(solid.holes, nullptr, p, implicit::kFar, edge)), edge);
}

}  // namespace

void DrawnSolid::rod(const Vec3& from, const Vec3& to, double radius_from, double radius_to) {
  const Vec3 across = (to - from).cwiseAbs().y() > 0.9 * (to - from).norm() ? Vec3::UnitX() : Vec3::UnitY();
  add(implicit::EllipticCone::between(from, to, across, Vec2::Constant(radius_from), Vec2::Constant(radius_to)));
}

double DrawnSolid::distance(const Vec3& p, Vec3* gradient) const {
  using implicit::Jet;
  if (!gradient) return field<double>(*this, {p.x(), p.y(), p.z()});
  const Jet d = field<Jet>(*this, {{p.x(), 1, 0, 0}, {p.y(), 0, 1, 0}, {p.z(), 0, 0, 1}});
  *gradient = Vec3(d.x, d.y, d.z);
  return d.v;
}

TriangleMesh DrawnSolid::mesh(double spacing) const {
  Vec3 lower = Vec3::Constant(1e3), upper = Vec3::Constant(-1e3);
  for (const auto& piece : pieces) {
    const auto [low, high] = piece.solid.box();
    lower = lower.cwiseMin(low);
    upper = upper.cwiseMax(high);
  }
  const Vec3 margin = Vec3::Constant(blend);
  return polygonise([this](const Vec3& p, Vec3* gradient) { return distance(p, gradient); }, lower - margin,
                    upper + margin, spacing);
}

}  // namespace foramen
