#include "sim/report/sensitivity_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/report/markup.h"

namespace foramen {

namespace {

constexpr int kWidth = 760, kLeft = 260, kRight = 30, kRow = 26, kHead = 44, kFoot = 30, kTop = 34;
constexpr const char *kFirst = "#0072b2", *kTotal = "#9ecae1";  // blue and pale blue: apart for any colour vision

double pixel(double index) {
  return kLeft + std::clamp(index, 0.0, 1.0) * (kWidth - kLeft - kRight);
}

std::string bar(double y, double height, const Interval& index, const char* colour) {
  std::string svg = fmt::format("<rect x=\"{}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>", kLeft,
                                y, pixel(index.value) - kLeft, height, colour);
  return svg + fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#333\" stroke-width=\"1.2\"/>", pixel(index.lo),
                           y + 0.5 * height, pixel(index.hi));
}

std::string panel(const Sensitivity& sensitivity, const Sensitivity::Output& output, int top) {
  std::string svg = fmt::format("<text x=\"14\" y=\"{}\" font-weight=\"bold\">{}: {:.4g} ± {:.2g} {}</text>", top + 22,
                                escaped(output.quantity), output.mean, output.sd, escaped(output.unit));
  const int first_row = top + kHead, last = first_row + kRow * static_cast<int>(output.indices.size());
  for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    svg += fmt::format(
        "<path d=\"M{0:.1f} {1}V{2}\" stroke=\"#ddd\"/><text x=\"{0:.1f}\" y=\"{3}\" "
        "text-anchor=\"middle\">{4}</text>",
        pixel(tick), first_row - 6, last, last + 16, tick);
  }
  std::vector<SobolIndex> sorted = output.indices;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const SobolIndex& a, const SobolIndex& b) { return a.total.value > b.total.value; });
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double y = first_row + kRow * static_cast<double>(i);
    svg += fmt::format("<text x=\"{}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", kLeft - 10, y + 14,
                       escaped(sensitivity.factors[sorted[i].factor]));
    svg += bar(y, 9, sorted[i].first, kFirst) + bar(y + 10, 9, sorted[i].total, kTotal);
  }
  return svg;
}

}  // namespace

std::string sensitivity_svg(const Sensitivity& sensitivity) {
  std::string panels;
  int top = kTop;
  for (const Sensitivity::Output& output : sensitivity.outputs) {
    if (output.indices.empty()) continue;
    panels += panel(sensitivity, output, top);
    top += kHead + kRow * static_cast<int>(output.indices.size()) + kFoot;
  }
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
             "role=\"img\" "
             "font-family=\"sans-serif\" font-size=\"12\"><title>Sensitivity indices</title><rect width=\"{0}\" "
             "height=\"{1}\" fill=\"white\"/>"
             "<rect x=\"14\" y=\"12\" width=\"14\" height=\"12\" fill=\"{2}\"/><text x=\"34\" y=\"22\">first order: "
             "the "
             "factor alone</text><rect x=\"220\" y=\"12\" width=\"14\" height=\"12\" fill=\"{3}\"/><text x=\"240\" "
             "y=\"22\">total: with its interactions; lines are 95 % intervals</text>",
             kWidth, top, kFirst, kTotal) +
         panels + "</svg>\n";
}

}  // namespace foramen
