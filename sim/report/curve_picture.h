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
    std::vector<double> lo = {}, hi = {};  ///< edges of a band about it, as long as x; empty for none
  };
  std::vector<Line> lines;
  /// A level worth knowing, drawn across.
  struct Mark {
    double y = 0;
    std::string label;
  };
  std::vector<Mark> marks = {};
  std::string alt = {};  ///< for those who cannot see it; the title where empty
};

/// One self-contained <svg> element; text is escaped.
[[nodiscard]] std::string curve_svg(const CurvePicture& curve);

}  // namespace foramen
