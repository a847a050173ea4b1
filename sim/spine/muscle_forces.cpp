#include "sim/spine/muscle_forces.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "sim/spine/abdominal_pressure.h"
#include "sim/tissue/muscle.h"

namespace foramen {

namespace {

/// Activation that upright muscles keep (tone 1–2 %).
constexpr double kTone = 0.01;
constexpr double kMostWallActivation = 0.5;
/// Activation at which the model's trunk holds what men hold in their largest voluntary effort: 288 N·m extending, 20
/// degrees bent forwards (Chaffin 1999, read in J Electromyogr Kinesiol 2012 22:814), and half of it flexing (extension
/// over flexion with the pelvis fixed: 2.1 sitting, 1.9 kneeling, Kocjan and Sarabon 2014 J Sports Sci Med 13:365).
/// `foramen validate` holds the model to these two (rows S-mvc-extension and S-mvc-flexion).
constexpr double kExtensorsAtMvc = 0.663, kFlexorsAtMvc = 0.369;

/// How sure a measurement is [activation]: people differ by 4 to 20 % of a maximal contraction in the tables that
/// postures name (Juker 1998). Departing by this much costs as much as all that an unmeasured muscle of the same
/// section can give, at a cost of the third power: what is measured is kept, and what is not balances it.
constexpr double kActivitySpread = 0.1;
/// Less than this cannot be told from silence [activation]; up to it a measurement gains its weight. Estimate.
constexpr double kSilence = 0.02;

Eigen::MatrixXd by_level(const std::vector<MusclePath>& paths, Vec3 Wrench::*part) {
  const auto n = static_cast<Eigen::Index>(paths.size());
  Eigen::MatrixXd rows = Eigen::MatrixXd::Zero(3 * kLevelCount, n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (int l = 0; l < kLevelCount; ++l)
      rows.block<3, 1>(3 * l, i) = paths[static_cast<std::size_t>(i)].unit_D[static_cast<std::size_t>(l)].*part;
  }
  return rows;
}

/// The group of a fascicle as electrodes tell them apart.
ActivityGroup activity_group(const std::string& group) {
  constexpr std::array<std::pair<std::string_view, ActivityGroup>, 12> kGroups{
      {{"psoas_major", ActivityGroup::Psoas},
       {"rectus_abdominis", ActivityGroup::RectusAbdominis},
       {"external_oblique", ActivityGroup::ExternalOblique},
       {"internal_oblique", ActivityGroup::InternalOblique},
       {"iliocostalis_lumborum_pars_lumborum", ActivityGroup::LumbarErectorSpinae},
       {"longissimus_thoracis_pars_lumborum", ActivityGroup::LumbarErectorSpinae},
       {"iliocostalis_lumborum_pars_thoracis", ActivityGroup::ThoracicErectorSpinae},
       {"longissimus_thoracis_pars_thoracis", ActivityGroup::ThoracicErectorSpinae},
       {"multifidus_lumbar", ActivityGroup::Multifidus},
       {"multifidus_thoracic", ActivityGroup::Multifidus},
       {"quadratus_lumborum", ActivityGroup::QuadratusLumborum},
       {"latissimus_dorsi", ActivityGroup::LatissimusDorsi}}};
  for (const auto& [name, means] : kGroups)
    if (group == name) return means;
  throw std::invalid_argument(fmt::format("muscle group '{}' belongs to no group of measured activity", group));
}

}  // namespace

double activation_at_mvc(ActivityGroup group) {
  switch (group) {
    case ActivityGroup::RectusAbdominis:
    case ActivityGroup::ExternalOblique:
    case ActivityGroup::InternalOblique:
    case ActivityGroup::TransversusAbdominis:
      return kFlexorsAtMvc;
    case ActivityGroup::LumbarErectorSpinae:
    case ActivityGroup::ThoracicErectorSpinae:
    case ActivityGroup::Multifidus:
    case ActivityGroup::QuadratusLumborum:
    case ActivityGroup::LatissimusDorsi:
      return kExtensorsAtMvc;
    case ActivityGroup::Psoas:
      break;
  }
  return 1;  // its largest effort flexes the hip, which the trunk's strength does not tell
}

MuscleBelt::MuscleBelt(std::shared_ptr<const Subject> subject) : subject_(std::move(subject)) {
  const auto& muscles = subject_->muscles;
  const auto n = static_cast<Eigen::Index>(muscles.size());
  const auto standing = standing_poses(subject_->segments);
  weight_.resize(n + 1);
  hoop_.resize(n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    const MuscleFascicle& fascicle = muscles[static_cast<std::size_t>(i)];
    weight_[i] = fascicle.pcsa;
    hoop_[i] = hoop_share(fascicle, standing);
    group_.push_back(activity_group(fascicle.group));
    if (group_.back() == ActivityGroup::Psoas) psoas_[static_cast<std::size_t>(index(fascicle.side))].push_back(i);
  }
  group_.push_back(ActivityGroup::TransversusAbdominis);
  weight_[n] = 2 * subject_->wall.transversus;
  weight_ /= weight_.head(n).mean();
  hoop_[n] = 1;
  hoop_ *= subject_->wall.radius;
}

MuscleForces MuscleBelt::forces(const std::vector<MusclePath>& paths, double upright, double antagonist) const {
  const auto n = static_cast<Eigen::Index>(paths.size());
  const double least = std::max(kTone * std::clamp(upright, 0.0, 1.0), antagonist);
  MuscleForces forces{Eigen::VectorXd::Zero(n + 1), Eigen::VectorXd(n + 1), Eigen::VectorXd::Constant(n + 1, least)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    const FascicleForce f =
        fascicle_force(subject_->muscles[k], paths[k].length, subject_->specific_tension, subject_->passive_stress);
    forces.base[i] = f.passive;
    forces.per_activation[i] = f.per_activation;
  }
  forces.per_activation[n] = 2 * subject_->wall.transversus * subject_->specific_tension;
  forces.base += least * forces.per_activation;
  forces.per_activation *= 1 - least;
  return forces;
}

double MuscleBelt::most_pressure(const MuscleForces& forces) const {
  const AbdominalWall& wall = subject_->wall;
  return kMostWallActivation * hoop_.dot(forces.per_activation) / (wall.radius * hoop_tension(wall, 1));
}

void MuscleBelt::press(double pressure, MuscleForces& forces) const {
  const double needed = subject_->wall.radius * hoop_tension(subject_->wall, pressure);
  const double activation = needed / hoop_.dot(forces.per_activation);
  for (Eigen::Index i = 0; i < hoop_.size(); ++i)
    if (hoop_[i] > 0) forces.raise(i, activation);
}

void MuscleBelt::flex_hips(const std::array<double, 2>& moment, MuscleForces& forces) const {
  for (const Side side : kSides) {
    const auto s = static_cast<std::size_t>(index(side));
    if (moment[s] <= 0) continue;
    double strength = 0;
    for (const Eigen::Index i : psoas_[s]) strength += forces.per_activation[i];
    const double pull = moment[s] * subject_->psoas_per_hip_moment;
    for (const Eigen::Index i : psoas_[s]) forces.raise(i, std::min(1.0, pull / strength));
  }
}

double MuscleBelt::measured_of(const MuscleActivity& measured, Eigen::Index i) const {
  const auto k = static_cast<std::size_t>(i);
  const auto& sides = measured[static_cast<std::size_t>(index(group_[k]))];
  const double told = k == subject_->muscles.size() ? 0.5 * (sides[0] + sides[1])  // the transversus of both sides
                                                    : sides[static_cast<std::size_t>(index(subject_->muscles[k].side))];
  return activation_at_mvc(group_[k]) * told;
}

Eigen::VectorXd MuscleBelt::preferred(const MuscleActivity& measured, const MuscleForces& forces) const {
  if (measured == MuscleActivity{}) return {};
  Eigen::VectorXd share(forces.least.size());
  for (Eigen::Index i = 0; i < share.size(); ++i) {
    const double least = forces.least[i];
    share[i] = least < 1 ? std::max(0.0, (measured_of(measured, i) - least) / (1 - least)) : 0;
  }
  return share;
}

Eigen::VectorXd MuscleBelt::weight(const MuscleActivity& measured) const {
  Eigen::VectorXd weight = weight_;
  if (measured == MuscleActivity{}) return weight;
  constexpr double kSure = 1 / (kActivitySpread * kActivitySpread * kActivitySpread);
  for (Eigen::Index i = 0; i < weight.size(); ++i) {
    const double s = std::min(1.0, measured_of(measured, i) / kSilence);
    weight[i] *= 1 + (kSure - 1) * s * s * s * (10 - s * (15 - 6 * s));
  }
  return weight;
}

double MuscleBelt::departure(const MuscleActivity& measured, const Eigen::VectorXd& activation) const {
  std::array<double, 2 * kActivityGroupCount> section{}, off{};
  for (Eigen::Index i = 0; i < activation.size(); ++i) {
    const double told = measured_of(measured, i);
    if (told == 0) continue;
    const auto k = static_cast<std::size_t>(i);
    const int side = k < subject_->muscles.size() ? index(subject_->muscles[k].side) : 0;
    const auto of = static_cast<std::size_t>(2 * index(group_[k]) + side);
    section[of] += weight_[i];
    off[of] += weight_[i] * (activation[i] - told);
  }
  double largest = 0;
  for (std::size_t of = 0; of < section.size(); ++of)
    if (section[of] > 0) largest = std::max(largest, std::abs(off[of] / section[of]));
  return largest;
}

void MuscleForces::raise(Eigen::Index i, double activation) {
  base[i] += activation * per_activation[i];
  per_activation[i] *= 1 - activation;
  least[i] += (1 - least[i]) * activation;
}

Eigen::MatrixXd unit_moments(const std::vector<MusclePath>& paths) {
  return by_level(paths, &Wrench::moment);
}
Eigen::MatrixXd unit_forces(const std::vector<MusclePath>& paths) {
  return by_level(paths, &Wrench::force);
}

}  // namespace foramen
