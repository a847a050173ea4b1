#pragma once

/// A smooth union of solids, passing over those too far off to matter.

#include <algorithm>
#include <vector>

#include "sim/anatomy/implicit_primitives.h"
#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::implicit {

inline constexpr double kFar = 10.0;  ///< no surface is farther away [m]

/// One solid of a union and the ball around it.
struct Piece {
  VertebraPart part = VertebraPart::Pedicle;
  EllipticCone solid;
  Vec3 ball_centre = Vec3::Zero();
  double ball_radius = 0;

  Piece(VertebraPart which, const EllipticCone& cone)
      : part(which), solid(cone), ball_centre(cone.ball_centre()), ball_radius(cone.ball_radius()) {}
};

/// Distance from the ball around a piece: what the piece's own distance, exact only near its surface, is raised to.
template <class T>
T ball_distance(const Piece& piece, const Point<T>& p) {
  using std::sqrt;
  const Point<T> c = from(p, piece.ball_centre);
  return sqrt(c.x * c.x + c.y * c.y + c.z * c.z) - piece.ball_radius;
}

/// Union of the pieces (of one part, if asked). Pieces farther off than `beyond` change nothing and are passed over.
template <class T>
T united(const std::vector<Piece>& pieces, const VertebraPart* part, const Point<T>& p, double beyond, double blend) {
  T nearest = T(kFar);
  const Vec3 here(value(p.x), value(p.y), value(p.z));
  for (const Piece& piece : pieces) {
    if (part && piece.part != *part) continue;
    const double reach = std::min(beyond, value(nearest) + blend) + piece.ball_radius;
    const double squared = (here - piece.ball_centre).squaredNorm();
    if (reach <= 0 || squared >= reach * reach) continue;
    T d = piece.solid.distance(p);
    const double least = value(d) + piece.ball_radius;
    if (least > 0 && squared > least * least) d = ball_distance(piece, p);
    nearest = smooth_min(nearest, d, blend);
  }
  return nearest;
}

}  // namespace foramen::implicit
