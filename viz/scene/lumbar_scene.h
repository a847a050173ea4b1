#pragma once

/// From one instant of one person to a drawing of the lumbar spine.

#include <memory>
#include <span>
#include <string>

#include "sim/run/frame.h"
#include "viz/scene/drawing.h"

namespace foramen::scene {

/// Ends of the colour scales, one pair for a whole run so that colours can be compared between its instants.
struct ColourRanges {
  double disc_pressure = 2.5e6;                ///< upper end [Pa]
  double root_pressure = 150 * 133.322387415;  ///< upper end [Pa]: past all thresholds; beyond it only the number tells
};

/// The default ranges, so that most pictures share them; discs beyond theirs take the next whole MPa.
[[nodiscard]] ColourRanges colour_ranges(std::span<const Frame> frames);

/// What is shown.
struct SceneOptions {
  bool muscles = false;        ///< as thin lines coloured by activation
  bool context = true;         ///< hip bones, femurs, thoracic spine and ribs, pale; not in close-ups
  bool sac = true;             ///< the dural sac
  bool axial_section = false;  ///< only what lies above the disc plane through the most pressed root
  bool ghost_arches = false;   ///< bone behind the canal translucent, so that the roots in it show
};

/// The bones of a subject, polygonised once on up to `threads` threads.
class LumbarScene {
 public:
  LumbarScene(std::shared_ptr<const Subject> subject, std::string title, const ColourRanges& ranges, int threads = 1,
              double coarseness = 1);
  ~LumbarScene();
  LumbarScene(LumbarScene&&) noexcept;
  LumbarScene& operator=(LumbarScene&&) noexcept;

  /// A pure function of its arguments and the construction.
  [[nodiscard]] Drawing draw(const Frame& frame, const SceneOptions& options) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen::scene
