#include "sim/nerve/root_thread.h"

#include <Eigen/LU>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr int kMostIterations = 40;
constexpr double kTolerance = 1e-6;      ///< [N]
constexpr double kLongestStep = 1.5e-3;  ///< [m]

}  // namespace

RootThread::RootThread(const Cable& cable, std::size_t hold)
    : intradural_(cable.intradural),
      tracts_(cable.tracts),
      factor_(cable.axial_factor),
      tie_(cable.sac_tie),
      distal_pull_(cable.distal_pull),
      pretension_(cable.sac_tie * (cable.course.front() - cable.sac_anchor).dot(cable.tangent.front())) {
  const std::size_t n = cable.course.size();
  for (std::size_t i = 0; i + 1 < n; ++i) {
    rest_[i < hold ? 0 : 1] += cable.rest[i];
    length_[i < hold ? 0 : 1] += (cable.course[i + 1] - cable.course[i]).norm();
  }
  for (std::size_t i = 0; i < n; ++i) {
    bed_[2 * i < n ? 0 : 2] += cable.bed_along[i] * cable.tributary[i];
    traction_tie_ += cable.traction_tie[i] * cable.tributary[i];
  }
}

RootPull RootThread::pull(double node, double conus) const {
  Vec3 x(node, 0, 0), gradient;
  Mat3 H;
  double intradural_stiffness = 0, intradural_tension = 0;
  const auto assemble = [&] {
    const double hold = bed_[1] + (x[1] > 0 ? traction_tie_ : 0);
    gradient = Vec3(bed_[0] * x[0] + tie_ * (x[0] - node) + pretension_, hold * x[1], bed_[2] * x[2] - distal_pull_);
    H = Vec3(bed_[0] + tie_, hold + 1, bed_[2]).asDiagonal();
    for (int part = 0; part < 2; ++part) {
      const auto at = static_cast<std::size_t>(part);
      const EnergyLaw law = root_axial((length_[at] + x[part + 1] - x[part]) / rest_[at] - 1, factor_);
      const double k = law.stiffness / rest_[at];
      gradient[part] -= law.force;
      gradient[part + 1] += law.force;
      H(part, part) += k;
      H(part + 1, part + 1) += k;
      H(part, part + 1) -= k;
      H(part + 1, part) -= k;
    }
    const EnergyLaw inner =
        root_axial((intradural_.stretch + x[0] - conus) / intradural_.length, intradural_.share * factor_);
    intradural_tension = inner.force;
    intradural_stiffness = inner.stiffness / intradural_.length;
    gradient[0] += inner.force;
    H(0, 0) += intradural_stiffness;
    for (const Strand& tract : tracts_) {
      if (tract.share == 0) continue;
      const EnergyLaw law = root_axial((tract.stretch - x[2]) / tract.length, tract.share * factor_);
      gradient[2] -= law.force;
      H(2, 2) += law.stiffness / tract.length;
    }
  };
  assemble();
  for (int i = 0; i < kMostIterations && gradient.norm() > kTolerance; ++i) {
    const Vec3 step = -(H.inverse() * gradient);
    x += std::min(1.0, kLongestStep / step.norm()) * step;
    assemble();
  }
  return root_pull(x[0], node, intradural_tension, H.inverse()(0, 0), tie_, intradural_stiffness);
}

}  // namespace foramen
