#pragma once

/// What one instant does to the nerve roots and the spaces they pass.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/names.h"
#include "sim/base/types.h"

namespace foramen {

enum class Structure {
  None,
  Disc,
  Herniation,
  VertebralBody,
  Pedicle,
  Facet,  ///< inferior articular process, or the joint as a whole
  Flavum,
  Lamina,
  ForaminalLigament,
  SuperiorArticular,  ///< the bone behind recess and foramen
  Osteophyte,
  Piriformis
};

/// What presses, and where: "L4-L5 disc".
struct PressedBy {
  Structure structure = Structure::None;
  Level level = Level::L4L5;               ///< for bone: the level it borders
  [[nodiscard]] std::string text() const;  ///< "none", "L4-L5 herniation", "L4-L5 disc", "L4-L5 facet" …
};

/// One node of the cable, for drawing and for the VTK series.
struct RootNode {
  Vec3 position_W = Vec3::Zero();  ///< [m]
  double radius = 0;               ///< [m]
  double pressure = 0;             ///< contact pressure [Pa]
  double tension = 0;              ///< [N]
};

struct RootState {
  double pressure = 0;          ///< peak contact pressure, averaged over 5 mm of root [Pa]
  double pinch_pressure = 0;    ///< the part from a gap smaller than the root [Pa]
  double tension_pressure = 0;  ///< the part from tension over a bump [Pa]
  PressedBy pressed_by;
  Vec3 pressed_at_W = Vec3::Zero();  ///< [m]
  double tension = 0;                ///< at the sleeve, the larger of both its sides [N]
  double intradural_tension = 0;     ///< between cord and sleeve [N]
  double strain = 0;                 ///< largest along the root
  double excursion = 0;              ///< of the root at the foramen, distally, from standing [m]
  double sleeve_excursion = 0;       ///< of the sleeve, distally, from standing [m]
  double clearance = 0;              ///< least distance to a structure; negative when indented [m]
  double section_loss = 0;           ///< fraction
  std::vector<RootNode> nodes;       ///< dural end first
  Convergence convergence;
};

/// Spaces of one level; areas [m²], lengths [m], by Side where two.
struct LevelSpaces {
  std::array<double, 2> foramen_area{}, foramen_height{}, foramen_width{}, recess_depth{};
  double canal_area = 0, canal_depth = 0;
  double sac_pressure = 0;  ///< [Pa], by the published constriction curve (Schonstrom 1984)
};

struct NerveState {
  std::array<std::array<RootState, 2>, kRootCount> roots;  ///< [root][side]
  std::array<LevelSpaces, kLevelCount> spaces;
};

}  // namespace foramen
