#pragma once

/// A curve picture as SVG.

#include <string>
#include <vector>

namespace foramen {

struct CurvePicture {
  std::string title, x_label, y_label;
  struct Line {
    std::string name;
    std::vector<double> x, y;
  };
  std::vector<Line> lines;
};

/// One self-contained <svg> element; text is escaped.
[[nodiscard]] std::string curve_svg(const CurvePicture& curve);

}  // namespace foramen
