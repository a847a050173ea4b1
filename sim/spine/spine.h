#pragma once

/// Equilibrium of one spine at one instant: discs, ligaments, facets and muscles in balance with what the levels must
/// carry (model.md §6, physics-notes 2–4).

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/body/kinematics.h"
#include "sim/scenario/muscle_activity.h"
#include "sim/tissue/disc.h"

namespace foramen {

/// One level in balance. Loads are what the upper vertebra exerts on the lower through disc, facets and ligaments
/// together, about the disc centre, in the axes of the disc's mid-plane.
struct LevelState {
  Vec6 q = Vec6::Zero();                       ///< displacement from the reference pose, see DiscState
  Vec3 deviation = Vec3::Zero();               ///< of the rotation from its published share [rad]
  double compression = 0;                      ///< [N]
  double shear_anterior = 0, shear_right = 0;  ///< [N]
  double moment_flexion = 0, moment_right_bend = 0, moment_left_twist = 0;  ///< [N·m]
  DiscState disc;
  /// Wall displacement beyond that of a healthy disc in standing, whose outline disc_outline is [m].
  std::array<double, kContourPoints> bulge_since_standing{};
  std::array<double, 2> facet_force{};  ///< by Side [N]
  double ligament_force = 0;            ///< sum of fibre tensions [N]
  double flavum_thickness = 0;          ///< now [m]
  Wrench muscle_D;                      ///< what the muscles crossing the level exert on the part below
  Wrench net_D;                         ///< what had to be carried
};

struct SpineState {
  std::array<LevelState, kLevelCount> levels;
  std::vector<double> activation;              ///< per fascicle of the subject, 0…1
  std::vector<double> muscle_force;            ///< per fascicle, active + passive [N]
  double transversus_activation = 0;           ///< of transversus abdominis, which holds the abdominal pressure, 0…1
  double abdominal_pressure = 0;               ///< [Pa]
  std::array<Vec3, kLevelCount> unmet_moment;  ///< what strength did not suffice for, per level and axis [N·m]
  bool strength_suffices = true;
  double strength_used = 0;       ///< least share of the fascicles' strength that still balances, 0…1 (within 1/32)
  double activity_departure = 0;  ///< MuscleBelt::departure from the activity measured, 0…1
  double residual = 0;            ///< largest unbalanced moment of muscles + passive against net [N·m]
  BodyPoses poses;                ///< bones with translations and deviations [X_WB]
  Convergence convergence;
};

/// How muscles are recruited.
struct SpineOptions {
  double power = 3;             ///< of the activations in the cost, ≥ 2 (Crowninshield and Brand 1981: 3)
  double antagonist_floor = 0;  ///< least activation of every fascicle, 0…1
};

/// What the trunk's muscles are asked for besides the moments at the levels.
struct OtherTasks {
  double held_pressure = 0;             ///< least abdominal pressure, held at will (Valsalva) [Pa]
  std::array<double, 2> hip_flexion{};  ///< that the muscles of a hip hold, by Side; extension is negative [N·m]
  /// How far the trunk lies or leans at rest, 0…1: its muscles have no tone and guide no level to its share.
  double rest = 0;
  /// Measured (EMG): of all activations that balance, those that depart from it least are taken; muscles that were not
  /// measured make good what is missing.
  MuscleActivity activity{};
};

/// The laws and constants of a subject's spine that do not change with time (reference state included).
class SpineModel {
 public:
  explicit SpineModel(std::shared_ptr<const Subject> subject, const SpineOptions& options = {});
  ~SpineModel();
  SpineModel(SpineModel&&) noexcept;
  SpineModel& operator=(SpineModel&&) noexcept;

  /// The same spine with other nucleus volumes, as shares of the present ones (creep); standing stays the reference.
  [[nodiscard]] SpineModel with_nucleus(const std::array<double, kLevelCount>& share) const;

  /// Pure function of its arguments.
  [[nodiscard]] SpineState solve(const TreeMotion& motion, const BodyPoses& poses, const NetLoads& net,
                                 const OtherTasks& others = {}) const;

  /// What every level carries without muscle effort where the motion has turned it: disc, ligaments, facets, muscles at
  /// rest and the abdomen's pressure at rest [N·m], about the disc centre, axes of D. It is pressed by the part of
  /// `net` along the spine.
  [[nodiscard]] std::array<Vec3, kLevelCount> moments_at_rest(const TreeMotion& motion, const BodyPoses& poses,
                                                              const NetLoads& net) const;

 private:
  struct Parts;
  explicit SpineModel(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen
