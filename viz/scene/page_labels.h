#pragma once

/// A page while it is laid out, and the words that stand beside things in the picture.

#include "viz/scene/page.h"

namespace foramen::scene {

struct PageMaker {
  const PageSetting& setting;
  const ThemeColours& colours;
  double unit = 1;  ///< one design pixel: of a picture 800 pixels high, times the text scale [px]
  Page page;

  explicit PageMaker(const PageSetting& s);

  [[nodiscard]] bool narrow() const { return setting.size.x() < 900.0 * unit; }
  [[nodiscard]] TextStyle style(double size_px, bool bold = false) const { return style(size_px, bold, colours.ink); }
  [[nodiscard]] TextStyle style(double size_px, bool bold, const Colour& colour, Align align = Align::Left) const;
  [[nodiscard]] Vec2 size_of(const std::string& text, const TextStyle& style) const {
    return setting.size_of(text, style);
  }
  [[nodiscard]] bool is_taken(const Zone& zone) const;
  void text(const Vec2& at, const std::string& text, const TextStyle& style) {
    page.texts.push_back({at, text, style});
  }
  /// A box to write on; nothing else may stand there.
  void paper(const Zone& zone, double opacity);
};

/// Findings first, then names, each where it overlaps nothing: beside its anchor on the wished side, else farther away
/// or on another side. Names whose neighbours stand too close to be told apart are all left out.
void add_labels(PageMaker& page, const Drawing& words);

}  // namespace foramen::scene
