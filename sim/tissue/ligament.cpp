#include "sim/tissue/ligament.h"

#include "sim/tissue/moving_point.h"

namespace foramen {

FibreTension fibre_tension(double strain, double transition, double stiffness) {
  if (strain <= 0) return {};
  if (strain < transition) {
    const double a = stiffness / (2 * transition);
    return {a * strain * strain * strain / 3, a * strain * strain, 2 * a * strain};
  }
  const double beyond = strain - transition, at_transition = stiffness * transition / 2;
  return {stiffness * transition * transition / 6 + at_transition * beyond + 0.5 * stiffness * beyond * beyond,
          at_transition + stiffness * beyond, stiffness};
}

LigamentState evaluate_ligaments(const std::vector<LigamentFibre>& fibres, const Vec6& q) {
  LigamentState state;
  int flavum_fibres = 0;
  for (const LigamentFibre& fibre : fibres) {
    const Vec3 along = moved_point(fibre.upper_D, q) - fibre.lower_D;
    const double length = along.norm();
    const double standing_length = (fibre.upper_D - fibre.lower_D).norm();
    const double slack_length = standing_length * (1 + fibre.reference_strain);
    if (fibre.ligament == Ligament::LF) {
      state.flavum_strain += length / standing_length - 1;
      ++flavum_fibres;
    }
    const FibreTension t = fibre_tension(length / slack_length - 1, fibre.transition_strain, fibre.stiffness);
    if (t.tension <= 0) continue;
    const Vec3 u = along / length;
    const Mat3 uu = u * u.transpose();
    state.energy += slack_length * t.energy_per_length;
    state.tension[static_cast<std::size_t>(fibre.ligament)] += t.tension;
    add_point_energy(fibre.upper_D, q, t.tension * u,
                     (t.slope / slack_length) * uu + (t.tension / length) * (Mat3::Identity() - uu), state.gradient,
                     state.hessian);
  }
  if (flavum_fibres > 0) state.flavum_strain /= flavum_fibres;
  return state;
}

}  // namespace foramen
