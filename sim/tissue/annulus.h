#pragma once

/// The annulus fibrosus: strain energy of a strip of wall that bulges between two endplates.

#include <vector>

#include "sim/base/types.h"
#include "sim/tissue/disc_material.h"

namespace foramen {

/// Matrix and fibres at one place of the wall.
struct WallMaterial {
  double c1 = 0, c2 = 0;        ///< [Pa]
  double k1 = 0, k2 = 0;        ///< [Pa], 1
  double sine = 0, cosine = 1;  ///< of the fibre angle to the endplate
};

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
  Eigen::Vector4d gradient;
  Eigen::Matrix4d hessian;
};
[[nodiscard]] StripEnergy strip_energy(const AnnulusStrip& strip, const Vec3& displacement, double outer_bulge,
                                       const std::vector<HeightPoint>& heights);

}  // namespace foramen
