#pragma once

/// A root without width, which slides along its course and cannot leave it: what it does to the sac before its contacts
/// are known, and where its nodes will about come to lie. Where the balance of sac and roots begins.

#include "sim/nerve/cable.h"
#include "sim/nerve/sac.h"

namespace foramen {

class RootThread {
 public:
  explicit RootThread(const Cable& cable);

  /// Its pull at the given displacement of sac and conus, which are not in `cable`.
  RootPull pull(double node, double conus);

  /// How far each node has slid on along its course at the last pull [m].
  [[nodiscard]] const std::vector<double>& slide() const { return slide_; }

 private:
  /// Out-of-balance forces at `slide_` and how they grow with it.
  void assemble(double node, double conus);
  /// Newton's step, in place of the gradient; leaves the compliance of the first node.
  void solve();

  Strand intradural_;
  std::array<Strand, 2> tracts_;
  double factor_, tie_, distal_pull_, pretension_;
  struct Segment {
    double rest, length;  ///< [m]
  };
  struct Bed {
    double along, on;  ///< as NodeBed's [N/m]
  };
  std::vector<Segment> segments_;
  std::vector<Bed> beds_;
  std::vector<double> slide_, gradient_, diagonal_, coupling_;  ///< coupling: of a node with the next
  double intradural_tension_ = 0, intradural_stiffness_ = 0, compliance_ = 0;
};

}  // namespace foramen
