#pragma once

/// Where every word over a picture stands: panel, legends, names, findings, sides, help. Plain numbers in pixels from
/// the lower left corner, so that tests can ask whether anything overlaps.

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "viz/scene/drawing.h"
#include "viz/scene/theme.h"

namespace foramen::scene {

enum class Align { Left, Centre, Right };

struct TextStyle {
  int size = 15;  ///< [px] of the font
  Colour colour{0.10f, 0.12f, 0.14f};
  bool bold = false;
  Align align = Align::Left;
};

/// How much the panel says: nothing, which case it is, that with its chief numbers, all.
enum class Panel { None, Title, Brief, Full };

/// Which words are shown; a window with its own tables needs fewer.
struct WordsShown {
  Panel panel = Panel::Full;
  bool legends = true, labels = true, sides = true, note = true;
  bool plain = false;  ///< only the roots' legend, for people who do not know the others' words
};

/// Whose page it is among pages side by side, which share legends and are told apart by a colour.
struct PagePlace {
  int index = 0, count = 1;
  std::optional<Colour> colour = {};  ///< beside the title
};

struct PageSetting {
  Vec2 size{1280, 800};   ///< [px]
  double text_scale = 1;  ///< of everything written
  bool printed = true;    ///< type grows and shrinks with the picture; on a screen it does not
  PagePlace place;
  Theme theme = Theme::Light;
  WordsShown shown;
  std::vector<HelpLine> help = {};  ///< over the picture; empty for none
  /// Camera: the picture's right and up in the world (unit), and the place of a point [px].
  Vec3 right_W = Vec3::UnitX(), up_W = Vec3::UnitY();
  std::function<Vec2(const Vec3& point_W)> pixel_of;
  /// Width and height of a text [px].
  std::function<Vec2(const std::string&, const TextStyle&)> size_of;
};

/// A rectangle of the page [px].
struct Zone {
  Vec2 low = Vec2::Zero(), high = Vec2::Zero();

  [[nodiscard]] bool overlaps(const Zone& other) const {
    return low.x() < other.high.x() && other.low.x() < high.x() && low.y() < other.high.y() && other.low.y() < high.y();
  }
};

struct Page {
  struct Box {
    Zone zone;
    Colour colour;
    double opacity = 1;
  };
  struct Line {
    Vec2 from, to;
    double width = 1;
    Colour colour;
  };
  struct Text {
    Vec2 at;  ///< lower end of the first line's capitals, at the side of its alignment
    std::string text;
    TextStyle style;
  };
  std::vector<std::variant<Box, Line>> marks;  ///< painted in this order, texts over all
  std::vector<Text> texts;
  std::vector<Zone> taken;  ///< one per panel, legend, name, finding, side: none overlaps another
};

/// Where panel and legends stand, whatever the camera shows [px].
[[nodiscard]] std::vector<Zone> covered_zones(const Drawing& words, const PageSetting& setting);

/// Names that find no room are left out; findings always stand.
[[nodiscard]] Page lay_out(const Drawing& words, const PageSetting& setting);

}  // namespace foramen::scene
