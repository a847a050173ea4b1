#include "sim/tissue/disc_material.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "sim/base/units.h"

namespace foramen {

namespace {

using units::deg;

constexpr DiscMaterial kHealthy{.matrix_c1 = 0.2e6,
                                .stiffening_c2 = 5.4e6,
                                .fibre_k1 = 3.0e6,
                                .fibre_k2 = 105,
                                .fibre_angle_anterior = 30 * deg,
                                .fibre_angle_posterior = 38 * deg,
                                .fibres_anterior = 1.6,
                                .fibres_lateral = 0.8,
                                .fibres_posterior = 0.5,
                                .fibres_inner = 1.25,
                                .nucleus_bulk = 44e6,
                                .swelling = 1.020,
                                .endplate_stiffness = 15e6};

/// What degeneration does, by grade I…V. The nucleus loses water (T2 and proteoglycan fall steadily with grade) and
/// becomes fibrous: less swelling, a softer volume law (intradiscal pressure of degenerated discs is 20–60 % lower;
/// Sato 1999, Adams 1996); its matrix stiffens while the fibres of the disrupted wall slacken (Iatridis 1998, Acaroglu
/// 1995). The steps between the grades are estimates.
struct Grade {
  double swelling, bulk, matrix, fibres;
};
constexpr std::array<Grade, 5> kGrades{{{1.020, 1.0, 1.0, 1.0},
                                        {1.018, 0.85, 1.0, 1.0},
                                        {1.010, 0.45, 1.1, 0.9},
                                        {1.004, 0.20, 1.3, 0.75},
                                        {1.000, 0.10, 1.6, 0.6}}};

}  // namespace

DiscMaterial disc_material(int pfirrmann) {
  if (pfirrmann < 1 || pfirrmann > 5) {
    throw std::invalid_argument(fmt::format("Pfirrmann grade {}: must be 1 to 5", pfirrmann));
  }
  const Grade& grade = kGrades[static_cast<std::size_t>(pfirrmann - 1)];
  DiscMaterial material = kHealthy;
  material.swelling = grade.swelling;
  material.nucleus_bulk *= grade.bulk;
  material.matrix_c1 *= grade.matrix;
  material.stiffening_c2 *= grade.matrix;
  material.fibre_k1 *= grade.fibres;
  return material;
}

}  // namespace foramen
