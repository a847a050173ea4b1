#pragma once

/// Colours and the colour maps of the viewer: perceptually even, readable with any colour vision.

#include <span>
#include <vector>

namespace foramen::scene {

/// sRGB components, 0…1.
struct Colour {
  float r = 0, g = 0, b = 0;
  [[nodiscard]] bool operator==(const Colour&) const = default;
};

/// CIE 1976 lightness L* of a colour, 0 (black) … 100 (white), D65.
[[nodiscard]] double lightness(const Colour& colour);

[[nodiscard]] Colour mix(const Colour& a, const Colour& b, double share_of_b);

/// A sequence of colours whose lightness changes evenly from end to end, so that equal steps of the value look equal
/// and the order survives grey printing and any colour vision.
class ColourMap {
 public:
  /// Resamples `anchors` (at least two, lightness strictly monotone; throws std::invalid_argument otherwise) so that
  /// lightness is linear in the value.
  explicit ColourMap(std::span<const Colour> anchors);

  /// Colour at `t`; values outside [0, 1] take the end colours. Throws std::invalid_argument for a NaN.
  [[nodiscard]] Colour at(double t) const;

 private:
  std::vector<Colour> table_;
};

/// Contact pressure on roots: from the pale yellow of an unpressed root over orange and red to dark violet. Inferno
/// (Smith and van der Walt 2015, matplotlib) read backwards, without its darkest quarter.
[[nodiscard]] const ColourMap& root_colours();

/// Pressure in the nucleus: from pale green-blue to deep blue. GnBu of ColorBrewer (Brewer and Harrower 2003).
[[nodiscard]] const ColourMap& disc_colours();

/// What has left its disc, over the disc's own colour.
inline constexpr Colour kProtrusionColour{0.10f, 0.74f, 0.80f};

/// Muscle activation: from rose to dark red. Reds of ColorBrewer (Brewer and Harrower 2003).
[[nodiscard]] const ColourMap& muscle_colours();

/// Tension of ligaments: from pale to dark violet. Purples of ColorBrewer (Brewer and Harrower 2003).
[[nodiscard]] const ColourMap& ligament_colours();

}  // namespace foramen::scene
