#pragma once

/// What every fascicle pulls without being recruited, and what recruiting it adds.

#include <Eigen/Core>
#include <array>
#include <memory>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/scenario/muscle_activity.h"
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

/// What an electrode that shows all of a maximal voluntary contraction of this group stands for, 0…1: the activation at
/// which the model's trunk holds what people hold in their largest effort.
[[nodiscard]] double activation_at_mvc(ActivityGroup group);

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

  /// Measured activity as shares of what each entry has left, for RecruitmentProblem::preferred; empty where nothing
  /// was measured. Activation is taken as proportional to activity, and that of a maximal voluntary contraction as what
  /// the trunk needs for people's largest efforts. What pressure the abdomen has is not concluded from it.
  [[nodiscard]] Eigen::VectorXd preferred(const MuscleActivity& measured, const MuscleForces& forces) const;

  /// In the cost: weight(), more for muscles that were measured. Continuous in the activity.
  [[nodiscard]] Eigen::VectorXd weight(const MuscleActivity& measured) const;

  /// By how much the muscles depart from what was measured: the largest difference over the measured groups and sides
  /// of the mean activation, weighted by section, 0…1. `activation` by entry.
  [[nodiscard]] double departure(const MuscleActivity& measured, const Eigen::VectorXd& activation) const;

  [[nodiscard]] const Eigen::VectorXd& weight() const { return weight_; }  ///< in the cost: PCSA over its mean
  [[nodiscard]] const Eigen::VectorXd& hoop() const { return hoop_; }  ///< share of tension along the hoop × radius [m]

 private:
  /// Activation that the measurement of entry i stands for.
  [[nodiscard]] double measured_of(const MuscleActivity& measured, Eigen::Index i) const;

  std::shared_ptr<const Subject> subject_;
  Eigen::VectorXd weight_, hoop_;
  std::array<std::vector<Eigen::Index>, 2> psoas_;  ///< its fascicles, by Side
  std::vector<ActivityGroup> group_;                ///< by entry
};

/// Moments and forces of unit tensions on the part below each level: three rows a level, from L1–L2 down.
[[nodiscard]] Eigen::MatrixXd unit_moments(const std::vector<MusclePath>& paths);
[[nodiscard]] Eigen::MatrixXd unit_forces(const std::vector<MusclePath>& paths);

}  // namespace foramen
