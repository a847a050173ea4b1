#pragma once

/// Ligament fibres: tension only, a toe region, then linear.

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/types.h"

namespace foramen {

/// Tension of one fibre against its strain from slack length l0.
struct FibreTension {
  double energy_per_length = 0;  ///< ∫T dε [N]
  double tension = 0;            ///< [N]
  double slope = 0;              ///< dT/dε [N]
};

/// Quadratic up to `transition`, then linear with slope `stiffness` [N]; zero when slack. Force and slope are
/// continuous.
[[nodiscard]] FibreTension fibre_tension(double strain, double transition, double stiffness);

struct LigamentState {
  double energy = 0;
  Vec6 gradient = Vec6::Zero();
  Mat6 hessian = Mat6::Zero();
  std::array<double, kLigamentCount> tension{};  ///< sum over the fibres of each ligament [N]
  double flavum_strain = 0;                      ///< mean stretch of the flavum's fibres from standing
};

/// All fibres of a level at displacement q (see DiscState).
[[nodiscard]] LigamentState evaluate_ligaments(const std::vector<LigamentFibre>& fibres, const Vec6& q);

}  // namespace foramen
