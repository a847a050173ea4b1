#pragma once

/// The curve through a root's course, along which its bed lets it slide.

#include <vector>

#include "sim/base/types.h"
#include "sim/nerve/block_band.h"

namespace foramen {

/// What holds a node to the curve: springs of fat and ligament across it, whose feet may slide along it against springs
/// of their own [N/m].
struct NodeBed {
  double across = 0, along = 0;
  double on = 0;  ///< added to `along` where the foot has slid on, not back: ligaments that resist traction only
};

/// The pull of a node's bed where its foot has come to rest, with exact derivatives.
struct BedPull {
  double along = 0;  ///< how far the foot has slid [m]
  double energy = 0;
  Vec3 gradient = Vec3::Zero();
  SymmetricBlock hessian;
};

class CourseCurve {
 public:
  /// The cubic spline with two continuous derivatives through `points`, straight beyond its ends, where it has the
  /// first and last of the unit `tangents`. `points` must outlive this.
  CourseCurve(const std::vector<Vec3>& points, const std::vector<Vec3>& tangents);

  /// A place on the curve: segment, and 0…1 along it.
  struct Foot {
    std::size_t segment = 0;
    double u = 0;
  };
  /// Where a node's foot came to rest, and how it follows the node from there.
  struct RestingFoot {
    Foot at;
    Vec3 node = Vec3::Zero();     ///< where the node was then [m]
    Vec3 per_way = Vec3::Zero();  ///< how fast `at.u` grows as the node moves [1/m]
  };
  /// A node's foot before it slides.
  [[nodiscard]] RestingFoot start(std::size_t node) const {
    return {node + 1 < points_.size() ? Foot{node, 0} : Foot{node - 1, 1}};
  }

  /// Where a node's foot is once it has slid by `along` [m]; no farther than the curve's ends.
  [[nodiscard]] Foot slid(std::size_t node, double along) const;
  [[nodiscard]] Vec3 place(const Foot& foot) const;

  /// The least energy of the bed with the node at `place`; the search starts where `foot` would follow it to, and
  /// leaves it where it ends.
  [[nodiscard]] BedPull pull(std::size_t node, const Vec3& place, const NodeBed& bed, RestingFoot& foot) const;
  [[nodiscard]] BedPull pull(std::size_t node, const Vec3& place, const NodeBed& bed) const {
    RestingFoot foot = start(node);
    return pull(node, place, bed, foot);
  }

 private:
  /// A segment's cubic a + b·u + c·u² + d·u³.
  struct Cubic {
    Vec3 a, b, c, d;
  };
  [[nodiscard]] BedPull beyond(std::size_t end, std::size_t node, const Vec3& place, const NodeBed& bed) const;

  const std::vector<Vec3>& points_;
  std::vector<Vec3> tangents_;  ///< derivatives by the way
  std::vector<double> way_;     ///< from the first point to each [m]
  std::vector<Cubic> cubics_;
};

}  // namespace foramen
