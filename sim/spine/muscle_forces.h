#pragma once

/// What every fascicle pulls without being recruited, and what recruiting it adds.

#include <Eigen/Core>
#include <array>
#include <memory>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/spine/muscle_paths.h"

namespace foramen {

/// Entries: the fascicles of the subject, and last the transversus abdominis of both sides, which pulls along the hoop
/// of the abdominal wall and at no level.
struct MuscleForces {
  Eigen::VectorXd base;            ///< passive force and the least activation [N]
  Eigen::VectorXd per_activation;  ///< what full activation adds [N]
  Eigen::VectorXd least;           ///< least activation, 0…1

  /// Adds a share of what entry `i` has left, 0…1, to what it pulls in any case.
  void raise(Eigen::Index i, double activation);
};

class MuscleBelt {
 public:
  explicit MuscleBelt(std::shared_ptr<const Subject> subject);

  /// `upright`: weight the lumbar spine carries over that of standing. Muscles keep a tone of 1 % where it carries all
  /// of it, less in proportion below (relaxed lying muscles are silent), or `antagonist`, where that is more.
  [[nodiscard]] MuscleForces forces(const std::vector<MusclePath>& paths, double upright, double antagonist) const;

  /// The pressure that the abdominal wall can hold [Pa]: half its muscles' strength, the rest is left for moments.
  [[nodiscard]] double most_pressure(const MuscleForces& forces) const;

  /// Raises the least activation of the wall's layers, all alike, until they hold `pressure` [Pa]. Pressure raised at
  /// will comes with co-contraction that presses on the spine, whether intended or not (Cholewicki 2002 Eur J Appl
  /// Physiol 87:127), by both obliques more than by the rectus (forced expiration, EMG; J Electromyogr Kinesiol 2016,
  /// PubMed 27077819); that the layers share it alike is assumed.
  void press(double pressure, MuscleForces& forces) const;

  /// Raises the least activation of each psoas to its share of the flexion moment that the muscles of its hip hold, by
  /// Side [N·m]; where they extend the hip it has none. What the spine asks of it comes on top.
  void flex_hips(const std::array<double, 2>& moment, MuscleForces& forces) const;

  [[nodiscard]] const Eigen::VectorXd& weight() const { return weight_; }  ///< in the cost: PCSA over its mean
  [[nodiscard]] const Eigen::VectorXd& hoop() const { return hoop_; }  ///< share of tension along the hoop × radius [m]

 private:
  std::shared_ptr<const Subject> subject_;
  Eigen::VectorXd weight_, hoop_;
  std::array<std::vector<Eigen::Index>, 2> psoas_;  ///< its fascicles, by Side
};

/// Moments and forces of unit tensions on the part below each level: three rows a level, from L1–L2 down.
[[nodiscard]] Eigen::MatrixXd unit_moments(const std::vector<MusclePath>& paths);
[[nodiscard]] Eigen::MatrixXd unit_forces(const std::vector<MusclePath>& paths);

}  // namespace foramen
