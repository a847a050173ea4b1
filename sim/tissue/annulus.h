#pragma once

/// The annulus fibrosus: strain energy of its material, and of a strip of wall that bulges between two endplates.

#include <vector>

#include "sim/base/types.h"
#include "sim/tissue/disc_material.h"

namespace foramen {

/// Strains of the wall: stretch over the height, radial shear over the height (bulging and shear of the disc),
/// tangential shear over the height (torsion), hoop stretch. The radial stretch follows from incompressibility.
struct WallStrain {
  double axial = 1, radial_shear = 0, tangential_shear = 0, hoop = 1;
};

/// Energy density [J/m³] with first and second derivatives by (axial, radial shear, tangential shear, hoop).
struct WallEnergy {
  double energy = 0;
  Eigen::Vector4d gradient = Eigen::Vector4d::Zero();
  Eigen::Matrix4d hessian = Eigen::Matrix4d::Zero();
};

/// Matrix and fibres at one place of the wall.
struct WallMaterial {
  double c1 = 0, c2 = 0;        ///< [Pa]
  double k1 = 0, k2 = 0;        ///< [Pa], 1
  double sine = 0, cosine = 1;  ///< of the fibre angle to the endplate
};

/// Matrix: C1(I1−3); ground substance sheared or squeezed: C2·(γr² + γt² + 2⟨1−λz⟩²)²; fibres: k1/(2·k2)·(exp(k2·E²) −
/// 1) for E = I4 − 1 > 0, in both families. Fibres and squeeze ⟨·⟩
/// begin smoothly (see ramp in the source).
[[nodiscard]] WallEnergy wall_energy(const WallStrain& strain, const WallMaterial& material);

/// A point over the height at ζ: the bulge's parabola 4ζ(1−ζ), its derivative 4(1−2ζ), and the share of the height.
struct HeightPoint {
  double parabola = 0, slope = 0, weight = 0;
};

/// One layer of one sector: a strip of wall from endplate to endplate.
struct AnnulusStrip {
  Vec3 top = Vec3::Zero();           ///< upper end in D at rest [m]
  double height = 0;                 ///< [m]
  double hoop_arm = 0;               ///< support distance from the disc's centre [m]: hoop strain is bulge over this
  double by_bulge = 1, by_rise = 0;  ///< bulge of this layer per outer bulge, and per rise of its top
  double volume = 0;                 ///< [m³]
  WallMaterial material;
};

/// Energy of a strip with derivatives by the displacement of its top (outward, up, tangent) and the outer bulge.
struct StripEnergy {
  double energy = 0;
  Eigen::Vector4d gradient = Eigen::Vector4d::Zero();
  Eigen::Matrix4d hessian = Eigen::Matrix4d::Zero();
};
[[nodiscard]] StripEnergy strip_energy(const AnnulusStrip& strip, const Vec3& displacement, double outer_bulge,
                                       const std::vector<HeightPoint>& heights);

}  // namespace foramen
