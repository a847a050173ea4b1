#pragma once

/// An elastic cable among surfaces, in static equilibrium. Pure numbers, no anatomy.

#include <functional>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/types.h"

namespace foramen {

/// Energy of one node against everything that may touch it, with derivatives: adds line load times `length`.
struct NodeContact {
  double energy = 0;
  Vec3 gradient = Vec3::Zero();
  Mat3 hessian = Mat3::Zero();
};
/// `derivatives` false: only the energy is needed.
using ContactField = std::function<NodeContact(std::size_t node, const Vec3& position, bool derivatives)>;

struct Cable {
  std::vector<Vec3> course;           ///< where the fat bed would hold the nodes [m]
  std::vector<Vec3> tangent;          ///< unit, of the course
  std::vector<double> rest;           ///< rest length of each segment (nodes − 1) [m]
  std::vector<double> tributary;      ///< length that belongs to each node [m]
  std::vector<double> bed_stiffness;  ///< per node, across the course [N/m per m]; along it a twentieth of the least
  double axial_factor = 1;            ///< on the axial stiffness of root and tract
  double bending_stiffness = 0;       ///< [N·m²]
  double proximal_stiffness = 0;      ///< tie of the first node to its anchor [N/m]
  Vec3 proximal_anchor = Vec3::Zero();
  double distal_pull = 0;    ///< constant tension at the last node [N]
  double tolerance = 1e-6;   ///< largest force left on a node [N]; over 5 mm of root 1e-6 N is less than 0.1 Pa
  double tract_length = 1;   ///< [m]
  double tract_stretch = 0;  ///< lengthening of the tract's bed beyond its slack; negative = slack left [m]
};

struct CableState {
  std::vector<Vec3> position;
  std::vector<double> tension;  ///< per segment [N]
  double distal_tension = 0;    ///< [N]
  double energy = 0;
  Convergence convergence;  ///< residual in N
};

/// Energy and gradient at given positions, for tests.
[[nodiscard]] double cable_energy(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& position,
                                  std::vector<Vec3>* gradient);

/// Minimises the energy from `start`: Newton with banded Cholesky and line search.
[[nodiscard]] CableState relax_cable(const Cable& cable, const ContactField& contact, const std::vector<Vec3>& start);

}  // namespace foramen
