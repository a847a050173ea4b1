#pragma once

/// The dural sac and the cord's end as a chain along the canal, and what the roots pull on it. One axial unknown per
/// pair of sleeves and one for the conus; caudal displacements from where they ride on the bones at standing.

#include <array>
#include <functional>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"

namespace foramen {

struct SacShift {
  double conus = 0;                       ///< caudal [m]
  std::array<double, kRootCount> node{};  ///< sac at each pair of sleeves, caudal [m]
};

/// How far the sac has moved at both ends of one root's intradural part [m].
struct RootEnds {
  double node = 0, conus = 0;  ///< caudal
};

/// What one root does to the sac and the conus at given shifts: the gradient and Hessian of its least energy.
struct RootPull {
  double sleeve = 0;                              ///< on the sac, caudal [N]
  double intradural = 0;                          ///< on the conus, caudal [N]
  double by_node = 0, by_both = 0, by_conus = 0;  ///< −d(sleeve)/d(node), −d(sleeve)/d(conus), −d(intradural)/d(conus)
};
/// From how compliant the sleeve is in all, its tie to the sac and the tangent of its intradural part.
[[nodiscard]] RootPull root_pull(double sleeve, double node, double intradural_tension, double compliance, double tie,
                                 double intradural_stiffness);

class SacChain {
 public:
  /// `lengthening` of the canal between neighbouring sleeves since standing [m]; `taken_up`: how far thoracic and neck
  /// flexion draw cord and dura towards the head at the thoracolumbar junction [m].
  SacChain(const SacGeometry& sac, const std::array<double, kRootCount - 1>& length,
           const std::array<double, kRootCount - 1>& lengthening, double taken_up)
      : sac_(sac), length_(length), lengthening_(lengthening), taken_up_(taken_up) {}

  using Pulls = std::array<std::array<RootPull, 2>, kRootCount>;
  /// One Newton step of the balance of chain and roots from `shift`; returns its largest component [m].
  double step(const Pulls& pulls, SacShift& shift) const;

  /// Out-of-balance force of the chain at conus and nodes, roots' pulls included [N].
  [[nodiscard]] std::array<double, kRootCount + 1> residual(const Pulls& pulls, const SacShift& shift) const;

 private:
  const SacGeometry& sac_;
  std::array<double, kRootCount - 1> length_, lengthening_;
  double taken_up_;
};

}  // namespace foramen
