#pragma once

/// The passive spine on a laboratory bench: a specimen of one level or several, pure moments, follower load,
/// compression and shear, without muscles; structures can be taken away step by step.

#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/scenario/scenario.h"
#include "sim/tissue/segment.h"

namespace foramen {

/// What acts on the upper end of the specimen and along it. Positive moments flex, bend right, twist left.
struct BenchLoad {
  double flexion = 0, right_bend = 0, left_twist = 0;  ///< pure moment [N·m]
  double follower = 0;         ///< compressive, through the disc centres, normal to every disc [N]
  double shear_anterior = 0;   ///< on the upper vertebra, in the plane of every disc [N]
  bool rotation_held = false;  ///< compression at the balance point: the specimen does not tilt
};

struct BenchLevel {
  Level level = Level::L4L5;
  Vec6 q = Vec6::Zero();             ///< from the unloaded specimen's shape in the tables, see DiscState
  Vec3 rotation = Vec3::Zero();      ///< from the unloaded equilibrium: (flexion, right bend, left twist) [rad]
  Vec3 displacement = Vec3::Zero();  ///< of the upper vertebra from the unloaded equilibrium, axes of D [m]
  SegmentState state, unloaded;
};

struct BenchState {
  std::vector<BenchLevel> levels;  ///< from the top
  Convergence convergence;

  /// Sum over the levels: (flexion, right bend, left twist) [rad].
  [[nodiscard]] Vec3 rotation() const;
};

class TestBench {
 public:
  /// Levels of a subject from `top` to `bottom`, cut out with nothing around them.
  TestBench(const Subject& subject, Level top, Level bottom, DiscResolution resolution = {});

  /// Takes a structure away at every level of the specimen; taking it twice changes nothing.
  void remove(PassiveStructure structure);

  /// Equilibrium under a load, each level in the axes its lower vertebra has turned to.
  [[nodiscard]] BenchState solve(const BenchLoad& load) const;

  /// Stiffness of one level's equilibrium under a load: generalised, 6×6.
  [[nodiscard]] Mat6 stiffness(Level level, const BenchLoad& load) const;

 private:
  void cut();

  std::vector<Level> names_;
  std::vector<MotionSegment> segments_;
  std::vector<Pose> between_;  ///< disc frame of a level in the disc frame of the level below, undeformed
  DiscResolution resolution_;
  std::vector<SegmentLaw> laws_;
  std::vector<SegmentSolution> unloaded_;
};

}  // namespace foramen
