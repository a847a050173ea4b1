#pragma once

/// What of a frame is drawn, and how its colours are to be read.

#include <span>
#include <string_view>

#include "sim/base/types.h"
#include "sim/run/frame.h"

namespace foramen::scene {

/// Ends of the colour scales, one pair for a whole run so that colours can be compared between its instants.
struct ColourRanges {
  double disc_pressure = 2.5e6;                ///< upper end [Pa]
  double root_pressure = 150 * 133.322387415;  ///< upper end [Pa]: past all thresholds; beyond it only the number tells
  double compression = 7000.0;                 ///< upper end [N]: past both limits of NIOSH
  double root_tension = 2.0;                   ///< upper end [N]
  double ligament_tension = 200.0;             ///< upper end, of a whole ligament of one level [N]
};

/// The default ranges, so that most pictures share them; discs beyond theirs take the next whole MPa.
[[nodiscard]] ColourRanges colour_ranges(std::span<const Frame> frames);

/// What the colour of a root says.
enum class RootColouring { Pressure, Tension };

/// What is shown.
struct SceneOptions {
  bool muscles = false;           ///< with their thickness, coloured by activation
  bool context = true;            ///< hip bones, femurs, thoracic spine and ribs, pale; not in close-ups
  bool sac = true;                ///< the dural sac and the roots in it
  bool axial_section = false;     ///< only what lies above the disc plane through the most pressed root
  bool canal_section = false;     ///< only what lies below the pedicles above the most pressed root
  bool ghost_arches = false;      ///< bone behind the canal translucent, so that the roots in it show
  bool body = false;              ///< the translucent outside of the person
  bool surroundings = true;       ///< floor, seat, bed and what the hands hold
  bool forces = false;            ///< arrows: what floor, seat, bed and load exert on the person
  bool ligaments = false;         ///< coloured by tension
  bool tract = true;              ///< sciatic and femoral nerve down the leg
  bool dermatome = true;          ///< where the most loaded root is felt, painted on the skin
  bool outline = true;            ///< round what presses the most loaded root
  bool disc_compression = false;  ///< discs coloured by compression in place of their nucleus' pressure
  RootColouring root_colouring = RootColouring::Pressure;

  /// Whether the picture shows a slice.
  [[nodiscard]] bool cut() const { return axial_section || canal_section; }
};

/// The layers a person may switch, by name ("body", "muscles", …).
[[nodiscard]] std::span<const std::string_view> layer_names();
/// The switch of a layer of that list. Throws std::out_of_range.
[[nodiscard]] bool& layer(SceneOptions& options, int which);

}  // namespace foramen::scene
