#include "viz/scene/colour.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace foramen::scene {
namespace {

constexpr int kTableSize = 256;

/// Linear light of an sRGB component (IEC 61966-2-1).
double linear_light(double c) {
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// From an 0xRRGGBB number, as ColorBrewer prints them.
constexpr Colour from_hex(unsigned rgb) {
  return {static_cast<float>((rgb >> 16) & 0xffu) / 255.0f, static_cast<float>((rgb >> 8) & 0xffu) / 255.0f,
          static_cast<float>(rgb & 0xffu) / 255.0f};
}

/// Inferno at 0.9, 0.8 … 0.2, light first, behind the pale yellow of nerve in place of inferno's greenish white end.
constexpr std::array kInfernoBackwards{from_hex(0xfbe8a6), from_hex(0xf6d746), from_hex(0xfca50a),
                                       from_hex(0xf37819), from_hex(0xdd513a), from_hex(0xbc3754),
                                       from_hex(0x932667), from_hex(0x6a176e), from_hex(0x420a68)};

/// Nine-class GnBu without its two lightest, which vanish before a light background.
constexpr std::array kGreenBlue{from_hex(0xccebc5), from_hex(0xa8ddb5), from_hex(0x7bccc4), from_hex(0x4eb3d3),
                                from_hex(0x2b8cbe), from_hex(0x0868ac), from_hex(0x084081)};

/// Nine-class Reds without its two lightest.
constexpr std::array kReds{from_hex(0xfcbba1), from_hex(0xfc9272), from_hex(0xfb6a4a), from_hex(0xef3b2c),
                           from_hex(0xcb181d), from_hex(0xa50f15), from_hex(0x67000d)};

/// Nine-class Purples without its lightest.
constexpr std::array kPurples{from_hex(0xefedf5), from_hex(0xdadaeb), from_hex(0xbcbddc), from_hex(0x9e9ac8),
                              from_hex(0x807dba), from_hex(0x6a51a3), from_hex(0x54278f), from_hex(0x3f007d)};

}  // namespace

double lightness(const Colour& colour) {
  // Luminance of the sRGB primaries (ITU-R BT.709), then CIE 1976 with its linear foot.
  const double y = 0.2126 * linear_light(static_cast<double>(colour.r)) +
                   0.7152 * linear_light(static_cast<double>(colour.g)) +
                   0.0722 * linear_light(static_cast<double>(colour.b));
  return y > 216.0 / 24389.0 ? 116.0 * std::cbrt(y) - 16.0 : y * 24389.0 / 27.0;
}

Colour mix(const Colour& a, const Colour& b, double share_of_b) {
  const auto t = static_cast<float>(share_of_b);
  return {a.r + t * (b.r - a.r), a.g + t * (b.g - a.g), a.b + t * (b.b - a.b)};
}

ColourMap::ColourMap(std::span<const Colour> anchors) {
  if (anchors.size() < 2) throw std::invalid_argument("a colour map needs at least two colours");
  const double first = lightness(anchors.front());
  const double direction = lightness(anchors.back()) > first ? 1.0 : -1.0;
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    if (direction * (lightness(anchors[i]) - lightness(anchors[i - 1])) <= 0.0) {
      throw std::invalid_argument("the lightness of a colour map must rise or fall all the way");
    }
  }
  const double last = lightness(anchors.back());
  table_.reserve(kTableSize);
  std::size_t below = 0;
  for (int i = 0; i < kTableSize; ++i) {
    const double wanted = first + (last - first) * i / (kTableSize - 1);
    while (below + 2 < anchors.size() && direction * (lightness(anchors[below + 1]) - wanted) < 0.0) ++below;
    // Lightness is monotone but not linear between two anchors: bisect for the share.
    double low = 0.0, high = 1.0;
    for (int step = 0; step < 40; ++step) {
      const double middle = 0.5 * (low + high);
      const double found = lightness(mix(anchors[below], anchors[below + 1], middle));
      (direction * (found - wanted) < 0.0 ? low : high) = middle;
    }
    table_.push_back(mix(anchors[below], anchors[below + 1], 0.5 * (low + high)));
  }
}

Colour ColourMap::at(double t) const {
  if (std::isnan(t)) throw std::invalid_argument("a colour was asked for a value that is not a number");
  const double position = std::clamp(t, 0.0, 1.0) * (kTableSize - 1);
  const auto below = std::min(static_cast<std::size_t>(position), static_cast<std::size_t>(kTableSize - 2));
  return mix(table_[below], table_[below + 1], position - static_cast<double>(below));
}

const ColourMap& root_colours() {
  static const ColourMap map(kInfernoBackwards);
  return map;
}

const ColourMap& disc_colours() {
  static const ColourMap map(kGreenBlue);
  return map;
}

const ColourMap& ligament_colours() {
  static const ColourMap map(kPurples);
  return map;
}

const ColourMap& muscle_colours() {
  static const ColourMap map(kReds);
  return map;
}

}  // namespace foramen::scene
