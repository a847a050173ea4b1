#pragma once

/// Material laws of a nerve root and its tract: pulled along, and pressed across.

namespace foramen {

/// Value, first and second derivative of an energy density.
struct EnergyLaw {
  double energy = 0, force = 0, stiffness = 0;
};

/// Axial, per unit length: nothing when slack, a toe to 1.5 % strain, then EA = 90 N (human roots 70–140 N at 2–4 %)
/// times `factor`. energy [N], force = tension [N], stiffness dT/dε [N]. Throws std::invalid_argument for a strain that
/// is not finite.
[[nodiscard]] EnergyLaw root_axial(double strain, double factor = 1);

/// Strain at which root_axial gives `tension` [N].
[[nodiscard]] double root_strain_at(double tension, double factor = 1);

/// Transverse, per unit length of a root of `radius` [m] whose centre is `distance` [m] from a surface: with
/// indentation δ = softplus(radius − distance) and s = δ/2r the contact pressure is E_t·s·(1 + 4s²), E_t = 60 kPa (rat
/// sciatic 67 kPa, Ju 2006). energy [N], force = line load pushing away [N/m] (−dΦ/ddistance), stiffness d²Φ/ddistance²
/// [N/m²].
[[nodiscard]] EnergyLaw root_contact(double distance, double radius);

/// Transverse, per unit length of a root that is pushed `depth` [m] into the side of the dural sac; nothing where it
/// leaves it (depth < 0). Around, dura hardly stretches under such pressures: a round tube of constant girth flattens,
/// 3π/8·depth² of its section go [m²], and that much fluid leaves against `pressure` across its wall [Pa]. Until the
/// sac is constricted nothing else resists.
[[nodiscard]] EnergyLaw sac_side(double depth, double pressure);

/// Contact pressure of a line load on a root: load over its width [Pa].
[[nodiscard]] double root_pressure(double line_load, double radius);

/// Share of the section taken at a distance from a surface, 0…1.
[[nodiscard]] double root_section_loss(double distance, double radius);

}  // namespace foramen
