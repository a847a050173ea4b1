#pragma once

/// One root of a subject as a cable: course, contacts, and what is reported of it.

#include <optional>

#include "sim/nerve/cable.h"
#include "sim/nerve/nerve.h"
#include "sim/nerve/obstacles.h"
#include "sim/nerve/root_contacts.h"
#include "sim/nerve/root_thread.h"
#include "sim/nerve/sac.h"
#include "sim/scenario/posture_angles.h"

namespace foramen {

/// Nodes of a root's course on the bones as they are now.
struct RootPath {
  std::vector<Vec3> position, tangent;  ///< world axes [m]
  std::vector<Vec3> medial;             ///< of the nodes beside the sac: unit, across the course towards the midline
};

/// What does not change with time: how nodes ride on the bones, and lengths at standing.
class RootCable {
 public:
  RootCable(const Subject& subject, Root root, Side side, const std::array<Pose, kVertebraCount>& standing_bones,
            int nodes);

  [[nodiscard]] RootPath path(const std::array<Pose, kVertebraCount>& bones) const;

  /// The cable on its course; `angles` pull its tracts. Sac and conus rest, the intradural part is slack.
  [[nodiscard]] Cable cable(const RootPath& course, const PostureAngles& angles) const;

  /// Where the sleeve leaves the sac [m].
  [[nodiscard]] Vec3 sleeve(const std::array<Pose, kVertebraCount>& bones) const;

  /// How the root rests in standing.
  struct Standing {
    double excursion = 0, sleeve_excursion = 0;  ///< subtracted from every later one [m]
    std::vector<Vec3> aside;                     ///< of each node from its course, in the axes of its bone [m]
  };
  void set_standing(Standing standing) { standing_ = std::move(standing); }

  /// Notes what surrounds the root in standing; before any instant is solved.
  void find_neighbours(const Surroundings& standing);

  /// Length inside the sac at standing, from the cord to the sleeve [m].
  double intradural_length = 0;

 private:
  friend class RootSolve;

  [[nodiscard]] const RootCourse& course() const {
    return subject_->roots[static_cast<std::size_t>(index(root_))][static_cast<std::size_t>(index(side_))];
  }

  /// The cable but for what changes with time: places, tracts and what holds its first node.
  [[nodiscard]] Cable placeless() const;

  /// Part of a node's share of the course that lies beyond a place on it, in waypoint units.
  [[nodiscard]] double share_beyond(std::size_t node, double place) const;

  const Subject* subject_;
  Root root_;
  Side side_;
  std::vector<double> parameter_;     ///< place of each node on the course, in waypoint units
  std::size_t foramen_ = 0;           ///< node in the foramen
  double guided_from_ = 0;            ///< place on the course from which a channel or sheath guides it, …
  std::size_t guided_ = 0;            ///< … and the first node beyond
  std::vector<double> rest_;          ///< rest lengths of the segments [m]
  std::vector<double> tributary_;     ///< per node [m]
  std::vector<double> radius_;        ///< per node, ganglion included [m]
  std::optional<std::size_t> stuck_;  ///< node that a scar holds to a disc
  std::vector<Vertebra> rides_on_;    ///< bone that each node's place on the course belongs to
  std::size_t beside_sac_ = 0;        ///< nodes, from the first, that run along the sac's side at least in part
  Cable placeless_;
  RootNeighbours neighbours_;
  Standing standing_;  ///< nothing yet: no node is aside
};

/// One root at one instant.
class RootSolve {
 public:
  /// `canal_lengthening`: of the canal between L1 and the root's sleeve since standing [m].
  RootSolve(const RootCable& root, const Surroundings& around, const WallGrowth& growth, const PostureAngles& angles,
            double canal_lengthening);

  RootSolve(const RootSolve&) = delete;
  RootSolve& operator=(const RootSolve&) = delete;

  [[nodiscard]] RootThread thread() const { return RootThread(cable_); }
  /// Lays the root as it rests in standing, slid along its course as a thread slides (see RootThread), with the sac at
  /// `place`.
  void lay(const std::vector<double>& slide, const RootEnds& place);
  /// Lays the root on its course, with the sac at `place`, and lets protrusions grow beside it until it rests.
  void grow(const RootEnds& place);

  /// Lifts the root over the herniation it rests on and lets it come to rest on the other side, with the sac where it
  /// is. Where it lies if it does not rest there does not matter.
  [[nodiscard]] OtherSide::Outcome cross_herniation();

  /// Largest force left on it [N].
  [[nodiscard]] double residual() const { return solver_.residual(); }
  /// Whether no more is left than at rest.
  [[nodiscard]] bool rests() const;
  /// What it does to the sac, to first order.
  [[nodiscard]] RootPull pull();
  /// Moves sac and conus to `place`, but not the root.
  void move_ends(const RootEnds& place);
  /// One step of Newton.
  void step() { solver_.step(std::ref(contacts_)); }

  /// Of the root as it lies; `sac`: how sac and roots came to agree.
  [[nodiscard]] RootState report(const Convergence& sac) const;
  [[nodiscard]] RootCable::Standing standing() const;

 private:
  /// Lays sac and conus at `place`, before the root is laid.
  void lay_ends(const RootEnds& place);

  const RootCable* root_;
  const Surroundings* around_;
  RootPath course_;
  Cable cable_;
  double intradural_stretch_ = 0;  ///< with the conus at rest [m]
  RootEnds ends_;
  RootContacts contacts_;
  CableSolver solver_;
};

/// How far leg posture lengthens the bed of a root's tract beyond its slack [m].
[[nodiscard]] double tract_stretch(const TractGeometry& tract, const PostureAngles& angles, Side side);

}  // namespace foramen
