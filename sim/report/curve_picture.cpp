#include "sim/report/curve_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace foramen {

namespace {

struct Range {
  double lo = 0, hi = 0;
  void include(double v) {
    lo = std::min(lo, v);
    hi = std::max(hi, v);
  }
  [[nodiscard]] double part(double v) const { return hi > lo ? (v - lo) / (hi - lo) : 0; }
};

constexpr int kPlotWidth = 480, kPlotHeight = 300, kMargin = 50;
/// Okabe & Ito 2008: colours that colour-blind readers can tell apart.
constexpr std::array kLineColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

}  // namespace

std::string curve_svg(const CurvePicture& curve) {
  Range x, y;
  for (const auto& line : curve.lines) {
    for (const double v : line.x) x.include(v);
    for (const double v : line.y) y.include(v);
  }
  const auto px = [&](double v) { return kMargin + x.part(v) * (kPlotWidth - 2 * kMargin); };
  const auto py = [&](double v) { return kPlotHeight - kMargin - y.part(v) * (kPlotHeight - 2 * kMargin); };
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" font-family=\"sans-serif\" "
      "font-size=\"12\">"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/><text x=\"{2}\" y=\"20\" font-size=\"14\">{3}</text>"
      "<path d=\"M{4:.1f} {5:.1f}H{6:.1f}M{7:.1f} {8:.1f}V{9:.1f}\" stroke=\"#888\"/>",
      kPlotWidth, kPlotHeight, kMargin, curve.title, px(x.lo), py(0), px(x.hi), px(0), py(y.lo), py(y.hi));
  svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"8\" y=\"36\">{}</text>", kPlotWidth - kMargin - 60,
                     kPlotHeight - 12, curve.x_label, curve.y_label);
  svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\">{:.3g}</text><text x=\"{:.1f}\" y=\"{}\">{:.3g}</text>", px(x.lo),
                     kPlotHeight - 30, x.lo, px(x.hi) - 20, kPlotHeight - 30, x.hi);
  svg += fmt::format("<text x=\"8\" y=\"{:.1f}\">{:.3g}</text><text x=\"8\" y=\"{:.1f}\">{:.3g}</text>", py(y.lo), y.lo,
                     py(y.hi) + 4, y.hi);
  for (std::size_t i = 0; i < curve.lines.size(); ++i) {
    const auto& line = curve.lines[i];
    const char* colour = kLineColours[i % kLineColours.size()];
    std::string points;
    for (std::size_t k = 0; k < line.x.size(); ++k)
      points += fmt::format("{:.1f},{:.1f} ", px(line.x[k]), py(line.y[k]));
    svg += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>", points, colour);
    svg += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"{}\">{}</text>", kMargin + 8, 48 + 16 * static_cast<int>(i),
                       colour, line.name);
  }
  return svg + "</svg>";
}

}  // namespace foramen
