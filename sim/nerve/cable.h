#pragma once

/// An elastic cable among surfaces, in static equilibrium. Pure numbers, no anatomy.

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/types.h"
#include "sim/nerve/block_band.h"
#include "sim/nerve/course_curve.h"

namespace foramen {

/// Energy of one node against everything that may touch it, with derivatives: adds line load times `length`.
struct NodeContact {
  double energy = 0;
  Vec3 gradient = Vec3::Zero();
  Mat3 hessian = Mat3::Zero();
};
/// Adds what touches a node at a position; false if nothing does. `derivatives` false: only the energy is needed.
using ContactField = std::function<bool(std::size_t node, const Vec3& position, bool derivatives, NodeContact& sum)>;

/// An elastic strand that goes on from an end of the cable: the root's fibres in the sac, or in a nerve of the leg.
struct Strand {
  double share = 0;     ///< of the cable's axial stiffness
  double length = 1;    ///< [m]
  double stretch = -1;  ///< lengthening of its bed beyond its slack; negative = slack left [m]
};

struct Cable {
  std::vector<Vec3> course;          ///< where the bed would hold the nodes; they slide along its curve [m]
  std::vector<Vec3> tangent;         ///< unit, of the course
  std::vector<double> rest;          ///< rest length of each segment (nodes − 1) [m]
  std::vector<double> tributary;     ///< length that belongs to each node [m]
  std::vector<double> bed_across;    ///< per node, stiffness of fat or ligament across the course [N/m per m]
  std::vector<double> bed_along;     ///< … and along it
  std::vector<double> traction_tie;  ///< … and of ligaments that keep it from sliding on, not back
  std::vector<Vec3> sac_way;         ///< per node, unit, across the course towards the sac; empty: no sac beside it
  std::vector<double> sac_beside;    ///< … and the part of the node's length that runs along the sac's side, 0…1
  double sac_pressure = 0;           ///< across its wall (see sac_side) [Pa]
  double axial_factor = 1;           ///< on the axial stiffness of root and strands
  double bending_stiffness = 0;      ///< [N·m²]
  double sac_tie = 0;                ///< ties the first node to its place on the sac [N/m]
  Vec3 sac_anchor = Vec3::Zero();    ///< that place
  Strand intradural;                 ///< pulls the first node back along the course
  std::array<Strand, 2> tracts;      ///< pull the last node on along the course
  double distal_pull = 0;            ///< constant tension at the last node [N]
  double tolerance = 1e-6;           ///< largest force left on a node [N]; over 5 mm of root 1e-6 N is less than 0.1 Pa
};

struct CableState {
  std::vector<Vec3> position;
  std::vector<double> tension;  ///< per segment [N]
  double distal_tension = 0;    ///< [N]
  double intradural_tension = 0;
  double sleeve = 0;  ///< displacement of the first node along the course [m]
  double energy = 0;
  Convergence convergence;  ///< residual in N
};

/// Energy and gradient at given positions, for tests.
[[nodiscard]] double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                                  std::vector<Vec3>* gradient);

/// What the terms of a cable's energy have in common wherever its nodes are.
struct CableTerms {
  /// Throws std::invalid_argument where the parts do not fit or a number is not finite.
  explicit CableTerms(const Cable& cable);

  CourseCurve curve;
  std::vector<double> per_rest;  ///< one over the rest length of each segment [1/m]
  std::vector<NodeBed> beds;
  std::vector<std::array<double, 3>> bending;  ///< curvature by the places of a node's neighbours and itself [1/m²]
  std::vector<Vec3> course_bend;               ///< the course's curvature by these [1/m]
  BlockBand constant;                          ///< part of the Hessian that never changes: bending
};

/// How a cable holds its first node along the course, once all its nodes have given way to what is left on them.
struct CableEnd {
  double sleeve = 0;                ///< displacement of the first node along the course [m]
  double intradural_tension = 0;    ///< [N]
  double intradural_stiffness = 0;  ///< [N/m]
  double compliance = 0;            ///< of the first node, with everything that holds it [m/N]
};

/// Minimises the energy of one cable: Newton with banded Cholesky and line search, one step at a time. Keeps what its
/// relaxations share.
class CableSolver {
 public:
  /// `cable` must outlive this. What holds its first node may move between steps, its course may not. Throws
  /// std::invalid_argument where the parts do not fit or a number is not finite.
  explicit CableSolver(const Cable& cable);

  [[nodiscard]] const CourseCurve& curve() const { return terms_.curve; }

  /// Lays the nodes. The first `free` steps from there are Newton's whatever they do to the energy: from near rest they
  /// meet what the nodes will touch sooner than steps that only go downhill. Throws std::invalid_argument where a
  /// position is not finite or missing.
  void lay(const ContactField& contact, std::vector<Vec3> position, int free = 0);
  /// Largest force left on a node [N].
  [[nodiscard]] double residual() const;
  /// To first order. A cable with `residual` below `tolerance` is taken as it lies, as stiff as it was before its last
  /// step.
  [[nodiscard]] CableEnd end(double tolerance);
  /// Says that what holds the first node, the sac and the strand inside it, has moved.
  void end_moved();
  /// One step, to lower energy unless it is free.
  void step(const ContactField& contact);
  [[nodiscard]] int steps() const { return steps_; }
  /// Steps until no more than `tolerance` [N] is left on any node, or too many have been taken.
  Convergence relax(const ContactField& contact, double tolerance);

  [[nodiscard]] const std::vector<Vec3>& position() const { return position_; }
  /// Of the cable as it lies.
  [[nodiscard]] CableState state() const;

 private:
  struct Assembly {
    double energy = 0;
    std::vector<Vec3> gradient;
    BlockBand hessian;
    NodeContact first;  ///< part of all these that moves with the first node's end
  };
  void assemble(const ContactField& contact, const std::vector<Vec3>& x, Assembly& at);
  /// Factors the Hessian of `at_` and reduces its gradient, unless that is done.
  void factor();

  const Cable& cable_;
  CableTerms terms_;
  std::vector<CourseCurve::RestingFoot> feet_;  ///< where on the curve the nodes' beds were last
  std::vector<Vec3> position_, trial_position_;
  Assembly at_, trial_;
  BlockFactors factors_;  ///< of the Hessian of `at_`, if …
  bool factored_ = false;
  std::vector<Vec3> step_;                ///< Newton's, reduced (see BlockFactors)
  std::optional<Mat3> first_compliance_;  ///< of the last factors
  double first_shift_;
  int steps_ = 0, free_ = 0;
};

/// One relaxation from `start`, to the cable's tolerance. Throws as CableSolver does.
[[nodiscard]] CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start);

}  // namespace foramen
