#pragma once

/// One root of a subject as a cable: course, contacts, and what is reported of it.

#include <optional>

#include "sim/nerve/cable.h"
#include "sim/nerve/obstacles.h"
#include "sim/scenario/posture_angles.h"

namespace foramen {

/// Nodes of a root's course on the bones as they are now.
struct RootPath {
  std::vector<Vec3> position, tangent;  ///< world axes [m]
  std::size_t foramen = 0;              ///< node nearest the waypoint in the foramen
};

/// What does not change with time: how nodes ride on the bones, and lengths at standing.
class RootCable {
 public:
  RootCable(const Subject& subject, Root root, Side side, const std::array<Pose, kVertebraCount>& standing_bones);

  /// Equilibrium among `around`; `angles` pull the tract.
  [[nodiscard]] RootState solve(const Surroundings& around, const PostureAngles& angles) const;

  /// Excursion at rest in standing is subtracted from every later one [m].
  void set_standing_excursion(double excursion) { standing_excursion_ = excursion; }

 private:
  [[nodiscard]] Cable cable_along(const RootPath& course, const PostureAngles& angles) const;
  [[nodiscard]] RootPath path(const std::array<Pose, kVertebraCount>& bones) const;

  const Subject* subject_;
  Root root_;
  Side side_;
  std::vector<double> parameter_;  ///< place of each node on the course, in waypoint units; even spacing at standing
  std::size_t foramen_ = 0;        ///< node in the foramen
  std::size_t guided_ = 0;         ///< first node that a channel or sheath guides
  std::vector<double> rest_;       ///< rest lengths of the segments [m]
  std::vector<double> radius_;     ///< per node, ganglion included [m]
  double standing_excursion_ = 0;
};

/// How far leg posture lengthens the bed of a root's tract beyond its slack [m].
[[nodiscard]] double tract_stretch(const TractGeometry& tract, const PostureAngles& angles, Side side);

}  // namespace foramen
