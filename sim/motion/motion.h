#pragma once

/// Joint coordinates, supports and hand loads as functions of time. Constant once built; every instant is independent.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/body/kinematics.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// A named posture of data/postures.
struct Posture {
  std::string name;
  std::string text;    ///< one sentence for people
  std::string source;  ///< where its angles come from
  PostureAngles angles{};
};

/// The posture library, by name.
using PostureLibrary = std::map<std::string, Posture, std::less<>>;
[[nodiscard]] PostureLibrary load_postures(const std::filesystem::path& data);

/// Everything about one instant that comes from the motion.
struct Instant {
  double time = 0;
  PostureAngles angles{};               ///< [rad]
  TreeMotion tree;                      ///< lumbar rotation split over the levels by the published shares
  BodyPoses poses;
  std::vector<ExternalForce> external;  ///< hand loads and supports; they sum with weight and inertia to nothing
  double support_residual = 0;          ///< |force| not carried by the supports [N]
  double hand_load_mass = 0;            ///< [kg] now carried
};

class Motion {
 public:
  /// Throws InputError for an unknown posture (with the nearest name) or one that cannot be supported.
  Motion(std::shared_ptr<const Subject> subject, const PostureLibrary& postures, const Scenario& scenario);
  ~Motion();
  Motion(Motion&&) noexcept;
  Motion& operator=(Motion&&) noexcept;

  [[nodiscard]] double start() const;
  [[nodiscard]] double end() const;  ///< equals start() for a static run
  [[nodiscard]] Instant at(double time) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen
