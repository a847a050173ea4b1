#include "sim/report/curve_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/report/markup.h"

namespace foramen {

namespace {

constexpr int kWidth = 640, kHeight = 380, kLeft = 60, kRight = 190, kTop = 40, kBottom = 50;
/// Okabe & Ito 2008: colours that colour-blind readers can tell apart; further lines are dashed.
constexpr std::array kColours{"#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"};

/// Round steps of 1, 2 or 5 that cut a range into some five parts.
double tick_step(double range) {
  const double power = std::pow(10, std::floor(std::log10(range / 5)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (range / (step * power) <= 6) return step * power;
  }
  return 10 * power;
}

struct Axis {
  double lo = 0, hi = 0;
  int from = 0, to = 0;  ///< pixels

  void include(double v) {
    if (!std::isfinite(v)) return;
    lo = std::min(lo, v);
    hi = std::max(hi, v);
  }
  void finish() {
    if (hi <= lo) hi = lo + 1;
    const double step = tick_step(hi - lo);
    lo = step * std::floor(lo / step);
    hi = step * std::ceil(hi / step);
  }
  [[nodiscard]] double at(double v) const { return from + (v - lo) / (hi - lo) * (to - from); }
};

std::string grid(const Axis& x, const Axis& y) {
  std::string svg;
  const double x_step = tick_step(x.hi - x.lo), y_step = tick_step(y.hi - y.lo);
  for (double v = x.lo; v <= x.hi + 0.01 * x_step; v += x_step) {
    svg += fmt::format(
        "<path d=\"M{0:.1f} {1}V{2}\" stroke=\"#ddd\"/><text x=\"{0:.1f}\" y=\"{3}\" "
        "text-anchor=\"middle\">{4:.4g}</text>",
        x.at(v), y.from, y.to, y.from + 16, std::abs(v) < 1e-9 * x_step ? 0.0 : v);
  }
  for (double v = y.lo; v <= y.hi + 0.01 * y_step; v += y_step) {
    svg += fmt::format(
        "<path d=\"M{1} {0:.1f}H{2}\" stroke=\"#ddd\"/><text x=\"{3}\" y=\"{4:.1f}\" "
        "text-anchor=\"end\">{5:.4g}</text>",
        y.at(v), x.from, x.to, x.from - 6, y.at(v) + 4, std::abs(v) < 1e-9 * y_step ? 0.0 : v);
  }
  return svg;
}

/// The area between a line's band edges.
std::string band(const CurvePicture::Line& line, const Axis& x, const Axis& y, const char* colour) {
  std::string there, back;
  for (std::size_t k = 0; k < line.lo.size(); ++k) {
    if (!std::isfinite(line.lo[k]) || !std::isfinite(line.hi[k])) continue;
    there += fmt::format("{:.1f},{:.1f} ", x.at(line.x[k]), y.at(line.hi[k]));
    back.insert(0, fmt::format("{:.1f},{:.1f} ", x.at(line.x[k]), y.at(line.lo[k])));
  }
  if (there.empty()) return {};
  return fmt::format("<polygon class=\"band\" points=\"{}{}\" fill=\"{}\" fill-opacity=\"0.18\"/>", there, back,
                     colour);
}

}  // namespace

std::string curve_svg(const CurvePicture& picture) {
  Axis x{0, 0, kLeft, kWidth - kRight}, y{0, 0, kHeight - kBottom, kTop};
  for (const auto& line : picture.lines) {
    for (const double v : line.x) x.include(v);
    for (const double v : line.y) y.include(v);
    for (const double v : line.hi) y.include(v);
    for (const double v : line.lo) y.include(v);
  }
  // Marks far above everything drawn would only flatten the curves.
  const double top = y.hi;
  for (const auto& mark : picture.marks) {
    if (mark.y < 1.6 * top) y.include(mark.y);
  }
  x.finish();
  y.finish();
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
      "font-family=\"sans-serif\" font-size=\"12\"><title>{4}</title><rect width=\"{0}\" height=\"{1}\" "
      "fill=\"white\"/>"
      "<text x=\"{3}\" y=\"22\" font-size=\"14\">{2}</text>",
      kWidth, kHeight, escaped(picture.title), kLeft, escaped(picture.alt.empty() ? picture.title : picture.alt));
  svg += grid(x, y);
  for (const auto& mark : picture.marks) {
    if (mark.y > y.hi) continue;
    svg += fmt::format(
        "<path d=\"M{1} {0:.1f}H{2}\" stroke=\"#8f1d1d\" stroke-dasharray=\"5 3\"/><text x=\"{3}\" y=\"{0:.1f}\" "
        "dy=\"-4\" text-anchor=\"end\" fill=\"#8f1d1d\">{4}</text>",
        y.at(mark.y), x.from, x.to, x.to - 4, escaped(mark.label));
  }
  svg += fmt::format("<text x=\"{:.0f}\" y=\"{}\" text-anchor=\"middle\">{}</text>", 0.5 * (x.from + x.to),
                     kHeight - 12, escaped(picture.x_label));
  svg += fmt::format("<text transform=\"translate(16 {:.0f}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
                     0.5 * (y.from + y.to), escaped(picture.y_label));
  for (std::size_t i = 0; i < picture.lines.size(); ++i) {
    const auto& line = picture.lines[i];
    const char* colour = kColours[i % kColours.size()];
    const char* dash = i < kColours.size() ? "" : " stroke-dasharray=\"6 4\"";
    std::string points;
    for (std::size_t k = 0; k < line.x.size(); ++k) {
      if (std::isfinite(line.y[k])) points += fmt::format("{:.1f},{:.1f} ", x.at(line.x[k]), y.at(line.y[k]));
    }
    svg += band(line, x, y, colour);
    svg +=
        fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"{}/>", points, colour, dash);
    const int row = kTop + 10 + 20 * static_cast<int>(i);
    svg += fmt::format(
        "<path d=\"M{0} {1}h24\" stroke=\"{2}\" stroke-width=\"2\"{3}/><text x=\"{4}\" y=\"{5}\">{6}</text>",
        kWidth - kRight + 14, row, colour, dash, kWidth - kRight + 44, row + 4, escaped(line.name));
  }
  return svg + "</svg>";
}

}  // namespace foramen
