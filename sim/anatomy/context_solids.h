#pragma once

/// Unions of solids that are drawn but never asked by the solver.

#include <vector>

#include "sim/anatomy/implicit_union.h"

namespace foramen {

/// A smooth union less some holes.
struct DrawnSolid {
  std::vector<implicit::Piece> pieces, holes;
  double blend = 0.005;

  void add(const implicit::EllipticCone& cone) { pieces.emplace_back(VertebraPart::Body, cone); }
  /// A round rod.
  void rod(const Vec3& from, const Vec3& to, double radius_from, double radius_to);
  void hole(const implicit::EllipticCone& cone) { holes.emplace_back(VertebraPart::Body, cone); }

  [[nodiscard]] double distance(const Vec3& p, Vec3* gradient) const;
  [[nodiscard]] TriangleMesh mesh(double spacing) const;
};

}  // namespace foramen
