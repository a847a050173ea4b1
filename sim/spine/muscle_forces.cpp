#include "sim/spine/muscle_forces.h"

#include <algorithm>

#include "sim/spine/abdominal_pressure.h"
#include "sim/tissue/muscle.h"

namespace foramen {

namespace {

/// Activation that upright muscles keep (tone 1–2 %).
constexpr double kTone = 0.01;
constexpr double kMostWallActivation = 0.5;

Eigen::MatrixXd by_level(const std::vector<MusclePath>& paths, Vec3 Wrench::*part) {
  const auto n = static_cast<Eigen::Index>(paths.size());
  Eigen::MatrixXd rows = Eigen::MatrixXd::Zero(3 * kLevelCount, n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (int l = 0; l < kLevelCount; ++l)
      rows.block<3, 1>(3 * l, i) = paths[static_cast<std::size_t>(i)].unit_D[static_cast<std::size_t>(l)].*part;
  }
  return rows;
}

}  // namespace

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
    if (fascicle.group == "psoas_major") psoas_[static_cast<std::size_t>(index(fascicle.side))].push_back(i);
  }
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
