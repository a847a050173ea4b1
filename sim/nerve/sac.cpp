#include "sim/nerve/sac.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "sim/tissue/ligament.h"

namespace foramen {

namespace {

constexpr std::size_t kUnknowns = kRootCount + 1;  ///< conus, then the nodes from L1 down
constexpr double kLongestStep = 2e-3;              ///< [m]
using Matrix = Eigen::Matrix<double, kUnknowns, kUnknowns>;
using Vector = Eigen::Matrix<double, kUnknowns, 1>;

}  // namespace

RootPull root_pull(double sleeve, double node, double intradural_tension, double compliance, double tie,
                   double intradural_stiffness) {
  return {.sleeve = tie * (sleeve - node),
          .intradural = intradural_tension,
          .by_node = tie * (1 - tie * compliance),
          .by_both = -tie * intradural_stiffness * compliance,
          .by_conus = intradural_stiffness * (1 - intradural_stiffness * compliance)};
}

std::array<double, kRootCount + 1> SacChain::residual(const Pulls& pulls, const SacShift& shift) const {
  std::array<double, kUnknowns> g{};
  g[0] = sac_.cord * (shift.conus + taken_up_);
  g[1] = sac_.dura_above * (shift.node[0] + taken_up_);
  g[kRootCount] += sac_.filum * shift.node.back();
  for (std::size_t k = 0; k < kRootCount; ++k) {
    g[k + 1] += sac_.epidural_tie * shift.node[k];
    for (const RootPull& pull : pulls[k]) {
      g[0] -= pull.intradural;
      g[k + 1] -= pull.sleeve;
    }
    if (k + 1 == kRootCount) continue;
    const double strain = (lengthening_[k] + shift.node[k + 1] - shift.node[k]) / length_[k];
    const double tension = fibre_tension(strain, sac_.dura_toe, sac_.dura_stiffness).tension;
    g[k + 1] -= tension;
    g[k + 2] += tension;
  }
  return g;
}

double SacChain::step(const Pulls& pulls, SacShift& shift) const {
  const std::array<double, kUnknowns> g = residual(pulls, shift);
  Matrix H = Matrix::Zero();
  H(0, 0) = sac_.cord;
  H(1, 1) = sac_.dura_above;
  H(kRootCount, kRootCount) += sac_.filum;
  for (int k = 0; k < kRootCount; ++k) {
    const auto at = static_cast<std::size_t>(k);
    H(k + 1, k + 1) += sac_.epidural_tie;
    for (const RootPull& pull : pulls[at]) {
      H(0, 0) += pull.by_conus;
      H(k + 1, 0) += pull.by_both;
      H(k + 1, k + 1) += pull.by_node;
    }
    if (k + 1 == kRootCount) continue;
    const double strain = (lengthening_[at] + shift.node[at + 1] - shift.node[at]) / length_[at];
    const double stiffness = fibre_tension(strain, sac_.dura_toe, sac_.dura_stiffness).slope / length_[at];
    H(k + 1, k + 1) += stiffness;
    H(k + 2, k + 2) += stiffness;
    H(k + 2, k + 1) -= stiffness;
  }
  Vector by = -Vector(g.data());
  H.selfadjointView<Eigen::Lower>().ldlt().solveInPlace(by);
  const double longest = by.cwiseAbs().maxCoeff(), fraction = std::min(1.0, kLongestStep / std::max(longest, 1e-12));
  shift.conus += fraction * by[0];
  for (int k = 0; k < kRootCount; ++k) shift.node[static_cast<std::size_t>(k)] += fraction * by[k + 1];
  return longest;
}

}  // namespace foramen
