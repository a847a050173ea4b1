#pragma once

/// Material of a disc by its Pfirrmann grade: annulus matrix and fibres, nucleus, endplates.

#include "sim/anatomy/subject.h"

namespace foramen {

/// Annulus: incompressible neo-Hookean matrix C1(I1−3), ground substance that stiffens when sheared or
/// squeezed over the height but not when pulled, C2·(γ² + 2·squeeze²)², and two families of fibres that only pull,
/// k1/(2·k2)·(exp(k2(I4−1)²) − 1), lying at ±angle to the endplate. Nucleus: nearly incompressible, with more volume
/// than its cavity (swelling). The forms are those of Eberlein 2001 and Holzapfel 2005 with that stiffening instead of
/// their solid matrix; the values were fitted together to compression, nucleus pressure, bulge, bending and torsion of
/// intact segments (data/validation).
struct DiscMaterial {
  double matrix_c1 = 0, stiffening_c2 = 0;                               ///< [Pa]
  double fibre_k1 = 0, fibre_k2 = 0;                                     ///< [Pa], 1
  double fibre_angle_anterior = 0, fibre_angle_posterior = 0;            ///< to the endplate [rad]
  double fibres_anterior = 0, fibres_lateral = 0, fibres_posterior = 0;  ///< weight of k1 round the disc
  double fibres_inner = 0;                                               ///< weight at the inner wall against the outer
  double nucleus_bulk = 0;                                               ///< [Pa]
  double swelling = 0;                                                   ///< stress-free nucleus volume over its cavity
  double endplate_stiffness = 0;  ///< of both endplates and their bone, axial [N/m]
};

/// Of a disc of Pfirrmann grade 1…5. Throws std::invalid_argument for another grade.
[[nodiscard]] DiscMaterial disc_material(int pfirrmann);

}  // namespace foramen
