#include "sim/report/leg_picture.h"

#include <fmt/format.h>

#include <array>

#include "sim/report/markup.h"

namespace foramen {

namespace {

/// A left leg in a box of 100 × 290, its inner side at small x, as seen from in front; from behind it is the mirror
/// image.
constexpr const char* kLeg =
    "M6 30 C4 14 10 4 22 0 H74 C84 30 82 74 74 108 C70 126 69 134 70 144 C73 164 72 184 66 208 C62 226 60 238 61 248 "
    "C68 256 72 266 70 276 C66 284 40 285 34 279 C30 272 34 258 38 248 C39 236 38 224 35 208 C30 186 30 164 35 146 "
    "C36 134 34 124 30 108 C22 84 14 56 6 30 Z";

/// The areas within that box; they are cut to the leg's outline. An empty text: none in that view.
struct Area {
  const char *front, *back;
};
constexpr std::array<Area, 6> kAreas{{
    {"M0 0 H100 V18 L0 34 Z", "M0 0 H100 V12 H0 Z"},
    {"M0 34 L100 18 V74 L0 82 Z", "M66 12 H100 V70 L70 74 Z"},
    {"M0 82 L100 74 V120 L56 138 L50 156 L0 160 Z", ""},
    {"M0 160 L50 156 L56 138 L54 200 L48 262 L30 268 H0 Z", "M0 146 H40 L42 200 L44 244 H0 Z"},
    {"M100 120 L56 138 L54 200 L48 262 L32 268 V290 H58 L62 262 L100 244 Z", "M72 70 L100 66 V244 L64 236 L68 150 Z"},
    {"M62 262 L100 244 V290 H58 Z", "M40 20 L66 12 L70 74 L68 150 L64 236 L100 244 V290 H30 V250 L44 244 L46 150 Z"},
}};

std::string leg(double x, bool mirrored, const std::string& clip, const char* area) {
  const std::string place =
      mirrored ? fmt::format("translate({} 26) scale(-1 1)", x + 100) : fmt::format("translate({} 26)", x);
  std::string svg = fmt::format("<g transform=\"{}\"><path d=\"{}\" fill=\"#f3e3d6\"/>", place, kLeg);
  if (area && *area) svg += fmt::format("<path d=\"{}\" fill=\"#c2416b\" clip-path=\"url(#{})\"/>", area, clip);
  return svg + fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#6b5a50\" stroke-width=\"1.5\"/></g>", kLeg);
}

}  // namespace

std::string leg_picture(Root root, Side side, const Texts& texts) {
  const Area& area = kAreas[static_cast<std::size_t>(index(root))];
  const bool left = side == Side::Left;
  const std::string alt =
      texts("dermatome_alt", {{"root", std::string(name(root))}, {"where", texts(left ? "on_left" : "on_right")}});
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 440 330\" role=\"img\" class=\"legs\" "
      "font-family=\"sans-serif\" font-size=\"14\"><title>{}</title><defs><clipPath id=\"leg\"><path "
      "d=\"{}\"/></clipPath>"
      "</defs>",
      escaped(alt), kLeg);
  // From in front the person's left leg stands on the right; from behind it stands on the left.
  svg += leg(0, true, "leg", left ? nullptr : area.front) + leg(100, false, "leg", left ? area.front : nullptr);
  svg += leg(230, true, "leg", left ? area.back : nullptr) + leg(330, false, "leg", left ? nullptr : area.back);
  svg += fmt::format(
      "<text x=\"100\" y=\"16\" text-anchor=\"middle\">{}</text><text x=\"330\" y=\"16\" "
      "text-anchor=\"middle\">{}</text>",
      escaped(texts("front")), escaped(texts("back")));
  const std::string letters[] = {escaped(texts("letter_right")), escaped(texts("letter_left"))};
  for (int i = 0; i < 2; ++i) {
    svg += fmt::format("<text x=\"{}\" y=\"324\" text-anchor=\"middle\">{}</text>", 50 + 100 * i, letters[i]);
    svg += fmt::format("<text x=\"{}\" y=\"324\" text-anchor=\"middle\">{}</text>", 280 + 100 * i, letters[1 - i]);
  }
  return svg + "</svg>";
}

}  // namespace foramen
