#pragma once

/// A root without width, beads on a thread, which slides along its course and cannot leave it: what it does to the sac
/// before its contacts are known, and where its nodes will about come to lie. Where the balance of sac and roots
/// begins.

#include "sim/nerve/cable.h"
#include "sim/nerve/sac.h"

namespace foramen {

class RootThread {
 public:
  explicit RootThread(const Cable& cable);

  /// Largest force left on it [N].
  [[nodiscard]] double residual() const { return residual_; }
  /// Whether no more is left than a start may have.
  [[nodiscard]] bool rests() const;
  /// What it does to the sac, to first order, once it has given way to what is left on it.
  RootPull pull();
  /// Moves sac and conus to `place`, but not the thread.
  void move_ends(const RootEnds& place);
  /// One step of Newton. After `pull`.
  void step();

  /// How far each of the cable's nodes has slid on along its course [m].
  [[nodiscard]] std::vector<double> slide() const;

 private:
  /// Out-of-balance forces at `slide_` and how they grow with it.
  void assemble();
  /// Gives way from the last node to the first, which is left with what all of them do.
  void reduce();

  Strand intradural_;
  std::array<Strand, 2> tracts_;
  double factor_, tie_, distal_pull_, pretension_;
  struct Segment {
    double rest = 0, length = 0;  ///< [m]
  };
  struct Bed {
    double along = 0, on = 0;  ///< as NodeBed's [N/m]
  };
  std::size_t nodes_ = 0;  ///< of the cable
  std::vector<Segment> segments_;
  std::vector<Bed> beds_;
  std::vector<double> slide_, gradient_, diagonal_, coupling_;  ///< by bead; coupling: with the next
  RootEnds ends_;
  double intradural_tension_ = 0, intradural_stiffness_ = 0;
  double residual_ = 0;  ///< largest force left [N]
};

}  // namespace foramen
