#include "sim/run/bands.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/run/quantities.h"

namespace foramen {

std::size_t level_place(Level level) {
  return static_cast<std::size_t>(index(level)) * level_quantities().size();
}

std::size_t root_place(Root root, Side side) {
  return level_quantities().size() * kLevelCount +
         static_cast<std::size_t>(2 * index(root) + index(side)) * root_quantities().size();
}

std::size_t body_place() {
  return level_quantities().size() * kLevelCount + root_quantities().size() * 2 * kRootCount;
}

std::vector<double> frame_values(const Frame& frame) {
  std::vector<double> values;
  values.reserve(body_place() + body_quantities().size());
  for (const Level level : kLevels) {
    for (const LevelQuantity& quantity : level_quantities()) values.push_back(quantity.value(frame, level));
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      for (const RootQuantity& quantity : root_quantities()) values.push_back(quantity.value(frame, root, side));
    }
  }
  for (const BodyQuantity& quantity : body_quantities()) values.push_back(quantity.value(frame));
  if (!frame.converged()) std::fill(values.begin(), values.end(), std::numeric_limits<double>::quiet_NaN());
  return values;
}

Band band_of(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  if (values.empty()) return {nothing, nothing, nothing};
  std::sort(values.begin(), values.end());
  // Quantiles between neighbours (type 7 of Hyndman and Fan 1996).
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
  };
  return {at(0.05), at(0.5), at(0.95)};
}

}  // namespace foramen
