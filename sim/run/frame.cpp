#include "sim/run/frame.h"

#include <fmt/format.h>

#include "sim/base/units.h"

namespace foramen {

namespace {

const char* axis_name(int axis) {
  constexpr std::array names{"side-bend", "twist", "extension"};
  return names.at(static_cast<std::size_t>(axis));
}

std::string strength_complaint(const SpineState& spine) {
  int worst_level = 0, worst_axis = 0;
  double worst = 0;
  for (int level = 0; level < kLevelCount; ++level) {
    for (int axis = 0; axis < 3; ++axis) {
      const double unmet = std::abs(spine.unmet_moment[static_cast<std::size_t>(level)][axis]);
      if (unmet <= worst) continue;
      worst = unmet;
      worst_level = level;
      worst_axis = axis;
    }
  }
  return fmt::format("more than the subject's strength: {:.1f} N·m of {} moment at {} cannot be held", worst,
                     axis_name(worst_axis), name(static_cast<Level>(worst_level)));
}

}  // namespace

bool Frame::converged() const {
  if (!spine.convergence.converged || !instant.support_convergence.converged) return false;
  for (const auto& sides : nerve.roots) {
    for (const RootState& root : sides) {
      if (!root.convergence.converged) return false;
    }
  }
  return true;
}

std::string Frame::complaint() const {
  std::string text;
  const auto add = [&](const std::string& line) { text += (text.empty() ? "" : "\n") + line; };
  if (!instant.support_convergence.converged) add("supports did not converge: " + instant.support_convergence.reason);
  if (!spine.convergence.converged) {
    add(fmt::format("spine did not converge: {} (residual {:.3g})", spine.convergence.reason,
                    spine.convergence.residual));
  }
  if (!spine.strength_suffices) add(strength_complaint(spine));
  if (!supported()) {
    add(fmt::format("out of balance: the supports would have to pull or not slip; balance is missed by {:.0f} mm",
                    instant.balance_offset / units::mm));
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const Convergence& c =
          nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))].convergence;
      if (!c.converged)
        add(fmt::format("{} {} root did not converge: {} (residual {:.3g})", name(side), name(root), c.reason,
                        c.residual));
    }
  }
  return text;
}

}  // namespace foramen
