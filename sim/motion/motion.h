#pragma once

/// Joint coordinates, supports and hand loads as functions of time. Constant once built; every instant is independent.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/body/kinematics.h"
#include "sim/motion/joint_limits.h"
#include "sim/motion/lift_techniques.h"
#include "sim/motion/motion_file.h"
#include "sim/motion/rhythm.h"
#include "sim/motion/support.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// A named posture of data/postures.
struct Posture {
  std::string name;
  std::string text;    ///< one sentence for people
  std::string source;  ///< where its angles come from
  PostureAngles angles{};
  std::optional<double>
      trunk_inclination;  ///< on the feet it replaces the split of the angles by this person's own [rad]
  // What carries a body in this posture, where the scenario does not say.
  Support support = Support::Feet;
  Orientation orientation = Orientation::Upright;
  std::optional<double> backrest;  ///< between seat and backrest [rad]
  std::optional<double> friction;
  HandsOn hands_on = HandsOn::Nothing;
  Muscles muscles = Muscles::Relaxed;
  HeldFeet held_feet = HeldFeet::Free;
  MuscleActivity activity{};    ///< measured in people who hold it
  std::string activity_source;  ///< where that was measured
};

/// The posture library, by name, how a standing bend splits between hips and spine, and how people reach and lift.
struct PostureLibrary : std::map<std::string, Posture, std::less<>> {
  LumbopelvicRhythm rhythm;
  JointLimits limits;
  LiftTechniques techniques;
  CoordinateMapping coordinates;  ///< OpenSim's names
};
[[nodiscard]] PostureLibrary load_postures(const std::filesystem::path& data);

/// Everything about one instant that comes from the motion.
struct Instant {
  double time = 0;
  PostureAngles angles{};  ///< [rad]; those the support decides (ankles of standing feet) included
  TreeMotion tree;         ///< lumbar rotation split over the levels by the published shares
  BodyPoses poses;
  std::vector<SupportReaction> supports;  ///< what each place pushes with; also part of `external`
  std::vector<ExternalForce> external;    ///< hand loads and supports; they sum with weight and inertia to nothing
  double support_residual = 0;            ///< |force| not carried by the supports [N]
  /// How far the centre of pressure that balance needs lies outside what carries the body; 0 in balance [m]. Beyond 0
  /// the body would topple: the forces still sum to nothing, but the supports could not give them by pushing.
  double balance_offset = 0;
  Vec3 centre_of_pressure_W = Vec3::Zero();  ///< floor frame [m]
  double hand_load_mass = 0;                 ///< [kg] now carried
  double abdominal_pressure = 0;             ///< least, held at will [Pa]
  /// How far the trunk, its muscles relaxed, lies or leans on something, 0…1: all the way once a quarter of what its
  /// parts above the pelvis weigh presses there.
  double trunk_rest = 0;
  MuscleActivity activity{};        ///< measured, as far as stated
  Convergence support_convergence;  ///< of the pads that carry; the residual is not used
};

/// Out of balance by more than this a posture held still is refused, and a frame of a motion is marked [m].
inline constexpr double kBalanceTolerance = 1e-3;

/// The floor frame is the world: x forward, y up from the floor (lying: from the bed), z right, origin midway between
/// the ankles (lying: under the pelvis). Between keyframes angles follow KeyframeCurve, measured ones SmoothingSpline.
/// Standing feet stay flat where they are, so the ankles follow from the other angles.
class Motion {
 public:
  /// Throws InputError for an unknown posture (with the nearest name), one held still that its support cannot carry by
  /// pushing (which, and how far out of balance), an ankle angle
  /// that would lift a standing foot, a reach (HandLoad::at) beyond the arms, or a
  /// task that cannot be done (expand_tasks).
  Motion(std::shared_ptr<const Subject> subject, const PostureLibrary& postures, const Scenario& scenario);
  ~Motion();
  Motion(Motion&&) noexcept;
  Motion& operator=(Motion&&) noexcept;

  /// What is moved: the scenario's keyframes and loads, or those its task stands for.
  [[nodiscard]] const std::vector<Keyframe>& keyframes() const;
  [[nodiscard]] const std::vector<HandLoad>& loads() const;

  /// What a measured motion's file lacks (unknown columns, gaps), and hands that leave their path on the way of a task.
  [[nodiscard]] const std::vector<std::string>& warnings() const;

  [[nodiscard]] double start() const;
  [[nodiscard]] double end() const;  ///< equals start() for a static run
  /// Outside start() … end() the body rests in its first or last posture. Throws std::invalid_argument if not finite.
  /// `at_rest`: what the spine carries without muscles, for supports that could carry the body in many ways: people
  /// lean so that muscles have least to do. Without it the joints hang loosely.
  [[nodiscard]] Instant at(double time, const SpineAtRest& at_rest = {}) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen
