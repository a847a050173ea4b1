#pragma once

/// A root without width or friction: what it does to the sac before its contacts are known. Where the sac's balance
/// begins.

#include "sim/nerve/cable.h"
#include "sim/nerve/sac.h"

namespace foramen {

class RootThread {
 public:
  /// The same root as `cable`, held at `hold` (a node in the foramen) by its ligaments.
  RootThread(const Cable& cable, std::size_t hold);

  /// Its pull at the given displacement of sac and conus, which are not in `cable`.
  [[nodiscard]] RootPull pull(double node, double conus) const;

 private:
  Strand intradural_;
  std::array<Strand, 2> tracts_;
  double factor_, tie_, distal_pull_, pretension_;
  std::array<double, 2> rest_{}, length_{};  ///< proximal and distal of the hold
  std::array<double, 3> bed_{};              ///< at sleeve, hold and end [N/m]
  double traction_tie_ = 0;                  ///< at the hold [N/m]
};

}  // namespace foramen
