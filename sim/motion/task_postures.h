#pragma once

/// Postures that a task asks for: hands at a load, and those that a movement passes on its way.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "sim/motion/body_reach.h"
#include "sim/motion/motion.h"

namespace foramen {

/// Places for the hands and what they bear there.
struct Grasp {
  std::array<std::optional<Vec3>, 2> grips{};  ///< by Side; nothing: that hand is free [m]
  double azimuth = 0;                          ///< of their middle, to the right [rad]
  Vec3 force = Vec3::Zero();                   ///< on the hands [N]
  bool taken_over = false;                     ///< there the hands take that force over, or give it away

  /// Hands at a place `reach` ahead, turned to the side by `azimuth`.
  static Grasp at(double reach, double height, double azimuth, double half_width, Hands hands, const Vec3& force);

  [[nodiscard]] Vec3 middle() const;
};

/// Where the floor presses under the same body without what its hands bear.
[[nodiscard]] Vec3 centre_without_load(const Vec3& centre, const Grasp& grasp, double weight);

/// On the way from one place to another: straight, and round the body where the places lie to different sides.
[[nodiscard]] Grasp on_the_way(const Grasp& from, const Grasp& to, double part);

/// Throws InputError at the task's place.
[[noreturn]] void refuse_task(const TaskPlace& place, const std::string& key, std::string message);

/// Finds the postures of one task. What it is given must outlive it.
class TaskPostures {
 public:
  TaskPostures(const Subject& subject, const PostureLibrary& library, const SolverOptions& options, TaskPlace place,
               std::string key);

  /// The posture with the hands at `grasp`, or free with the body balanced. Throws InputError where `what` is not
  /// reached, or where the body would topple.
  [[nodiscard]] ReachResult find(const TechniquePreference& technique, double blend, const std::vector<Side>& feet,
                                 double step, const Grasp* grasp, const std::string& what) const;

  /// The posture on the way that departs least from `between`, as close to `grasp` and to balance as may be. `sway`:
  /// what inertia adds to the centre of pressure [m].
  [[nodiscard]] ReachResult pass(const TechniquePreference& technique, const PostureAngles& between,
                                 const std::vector<Side>& feet, double step, const Grasp& grasp, const Vec3& centre,
                                 const Vec3& sway) const;

  [[nodiscard]] const LumbarShares& shares() const { return shares_; }

 private:
  [[nodiscard]] ReachRequest request_of(const TechniquePreference& technique, double blend,
                                        const std::vector<Side>& feet, double step, const Grasp* grasp) const;

  const Subject& subject_;
  const PostureLibrary& library_;
  LumbarShares shares_;
  TaskPlace place_;
  std::string key_;
};

}  // namespace foramen
