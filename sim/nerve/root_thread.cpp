#include "sim/nerve/root_thread.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// A start needs only so many of the cable's nodes.
constexpr std::size_t kNodesPerBead = 3;
constexpr double kTolerance = 1e-2;    ///< [N]: a start need not be better
constexpr double kLongestStep = 5e-3;  ///< [m]

double largest(const std::vector<double>& v) {
  double most = 0;
  for (const double e : v) most = std::max(most, std::abs(e));
  return most;
}

}  // namespace

RootThread::RootThread(const Cable& cable)
    : intradural_(cable.intradural),
      tracts_(cable.tracts),
      factor_(cable.axial_factor),
      tie_(cable.sac_tie),
      distal_pull_(cable.distal_pull),
      pretension_(cable.sac_tie * (cable.course.front() - cable.sac_anchor).dot(cable.tangent.front())) {
  const std::size_t n = cable.course.size(), beads = n / kNodesPerBead + 2;
  beds_.reserve(beads);
  segments_.reserve(beads);
  for (std::size_t i = 0; i < n; ++i) {
    if (i % kNodesPerBead == 0) beds_.emplace_back();
    if (i > 0 && i % kNodesPerBead == 1) segments_.emplace_back();
    beds_.back().along += cable.bed_along[i] * cable.tributary[i];
    beds_.back().on += cable.traction_tie[i] * cable.tributary[i];
    if (i == 0) continue;
    segments_.back().rest += cable.rest[i - 1];
    segments_.back().length += (cable.course[i] - cable.course[i - 1]).norm();
  }
  if (beds_.size() == segments_.size()) beds_.emplace_back();  // the last bead has no share of its own
  slide_.assign(beds_.size(), 0.0);
  nodes_ = n;
  gradient_ = diagonal_ = coupling_ = slide_;
  assemble();
  reduce();
}

void RootThread::assemble() {
  const std::size_t n = slide_.size();
  for (std::size_t i = 0; i < n; ++i) {
    diagonal_[i] = beds_[i].along + (slide_[i] > 0 ? beds_[i].on : 0);
    gradient_[i] = diagonal_[i] * slide_[i];
  }
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const auto [rest, length] = segments_[i];
    const EnergyLaw law = root_axial((length + slide_[i + 1] - slide_[i]) / rest - 1, factor_);
    const double k = law.stiffness / rest;
    gradient_[i] -= law.force;
    gradient_[i + 1] += law.force;
    diagonal_[i] += k;
    diagonal_[i + 1] += k;
    coupling_[i] = -k;
  }
  const EnergyLaw inner =
      root_axial((intradural_.stretch + slide_[0] - ends_.conus) / intradural_.length, intradural_.share * factor_);
  intradural_tension_ = inner.force;
  intradural_stiffness_ = inner.stiffness / intradural_.length;
  gradient_.front() += tie_ * (slide_.front() - ends_.node) + pretension_ + inner.force;
  diagonal_.front() += tie_ + intradural_stiffness_;
  gradient_.back() -= distal_pull_;
  for (const Strand& tract : tracts_) {
    if (tract.share == 0) continue;
    const EnergyLaw law = root_axial((tract.stretch - slide_.back()) / tract.length, tract.share * factor_);
    gradient_.back() -= law.force;
    diagonal_.back() += law.stiffness / tract.length;
  }
  residual_ = largest(gradient_);
}

void RootThread::reduce() {
  const std::size_t n = slide_.size();
  diagonal_[n - 1] = 1 / diagonal_[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) {
    const double part = coupling_[i] * diagonal_[i + 1];
    diagonal_[i] = 1 / (diagonal_[i] - part * coupling_[i]);
    gradient_[i] -= part * gradient_[i + 1];
  }
}

std::vector<double> RootThread::slide() const {
  std::vector<double> slide;
  slide.reserve(nodes_);
  for (std::size_t i = 0; i < nodes_; ++i) {
    const std::size_t bead = std::min(i / kNodesPerBead, slide_.size() - 2), first = bead * kNodesPerBead;
    const double part =
        static_cast<double>(i - first) / static_cast<double>(std::min(kNodesPerBead, nodes_ - 1 - first));
    slide.push_back(slide_[bead] + part * (slide_[bead + 1] - slide_[bead]));
  }
  return slide;
}

bool RootThread::rests() const {
  return residual_ < kTolerance;
}

RootPull RootThread::pull() {
  const double compliance = diagonal_[0], give = -compliance * gradient_[0];
  return root_pull(slide_[0] + give, ends_.node, intradural_tension_ + intradural_stiffness_ * give, compliance, tie_,
                   intradural_stiffness_);
}

void RootThread::move_ends(const RootEnds& place) {
  const double eased = intradural_stiffness_ * (place.conus - ends_.conus);
  const double more = tie_ * (place.node - ends_.node) + eased;
  intradural_tension_ -= eased;
  gradient_[0] -= more;
  residual_ += std::abs(more);
  ends_ = place;
}

void RootThread::step() {
  gradient_[0] *= -diagonal_[0];
  for (std::size_t i = 1; i < slide_.size(); ++i)
    gradient_[i] = -(gradient_[i] + coupling_[i - 1] * gradient_[i - 1]) * diagonal_[i];
  const double fraction = std::min(1.0, kLongestStep / largest(gradient_));
  for (std::size_t k = 0; k < slide_.size(); ++k) slide_[k] += fraction * gradient_[k];
  assemble();
  reduce();
}

}  // namespace foramen
