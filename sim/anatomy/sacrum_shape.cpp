#include <Eigen/Geometry>

#include "sim/anatomy/articular_process.h"
#include "sim/anatomy/vertebra_shape.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using implicit::BodyLoft;
using implicit::EllipticCone;
using units::mm;

/// Positions and half axes below are those of a sacrum whose upper endplate is this wide (male, Remus et al. 2021);
/// others are scaled by the ratio of widths.
constexpr double kReferenceWidth = 56.34 * mm;

class Sacrum {
 public:
  explicit Sacrum(const VertebraDimensions& d) : d_(d), scale_(d.endplate_width_upper / kReferenceWidth * mm) {
    add_bodies();
    add_alae();
    add_dorsal_wall();
    add_processes();
    open_canal();
    open_foramina();
    shape.set_bounds();
  }

  VertebraShape shape;

 private:
  [[nodiscard]] Vec3 at(double x, double y, double z = 0) const { return scale_ * Vec3(x, y, z); }
  [[nodiscard]] EllipticCone cone(const Vec3& from, const Vec3& to, const Vec3& across, const Vec2& half_from,
                                  const Vec2& half_to, double squareness = 2) const {
    return EllipticCone::between(from, to, across, scale_ * half_from, scale_ * half_to, squareness);
  }

  void add_bodies() {
    BodyLoft first;
    const double w = d_.endplate_width_upper, depth = d_.endplate_depth_upper;
    first.upper_width = w;
    first.upper_depth = depth;
    first.lower_width = 0.65 * w;  // between the first foramina
    first.lower_depth = 0.72 * depth;
    first.lower_centre_x = -10 * scale_;
    first.lower_y = -32 * scale_;
    first.lower_slope = 0.25;
    first.waist_anterior = 0.04 * depth;
    first.waist_lateral = 0.03 * w;
    first.bend = 0.1 * depth;
    first.hollow_upper = 0.5 * mm;
    shape.body = first;
    const Vec3 z = Vec3::UnitZ();
    const auto add = [&](const Vec3& from, const Vec3& to, Vec2 half_from, Vec2 half_to) {
      shape.middle.emplace_back(VertebraPart::Body, cone(from, to, z, half_from, half_to, 1.7));
    };
    add(at(-11, -34), at(-20, -58), {21, 10.5}, {17, 8.5});
    add(at(-21.5, -64), at(-24, -80), {17.5, 8}, {15, 6.5});
    add(at(-24.5, -88), at(-24, -102), {16, 6.5}, {13, 6});
    add(at(-23, -106), at(-19.5, -118), {20, 6.5}, {17, 5.5});
    add(at(-16.5, -124), at(-5, -140), {14, 5.5}, {7, 4.5});
  }

  void add_alae() {
    const Vec3 z = Vec3::UnitZ();
    const auto add = [&](const EllipticCone& c) { shape.right.emplace_back(VertebraPart::SacralAla, c); };
    EllipticCone wing = cone(at(-13, -17, 18), at(-6, -27, 53), Vec3(-0.4, 1, 0), {17, 11}, {20, 11.5}, 1.4);
    wing.cap_end = 8.5 * scale_;
    add(wing);
    add(cone(at(-6, -38, 45), at(-25, -86, 34), z, {11, 10}, {9, 7}));
    add(cone(at(-25, -84, 34), at(-23, -112, 22), z, {9, 7}, {8, 5.5}));
    // Between the foramina the lateral mass is one with the bodies and the dorsal wall.
    add(cone(at(-19, -14, 26), at(-26, -74, 24), z, {13, 14.5}, {16, 9}, 1.2));
    add(cone(at(-26, -70, 24), at(-26, -106, 20), z, {16, 9}, {13, 6}, 1.2));
    // Tuberosity and lateral crest behind the wing.
    add(cone(at(-24, -11, 33), at(-23, -40, 39), z, {8, 6.5}, {6, 6}));
    add(cone(at(-24, -42, 38), at(-29, -92, 33), z, {5, 5}, {4.5, 4}));
  }

  void add_dorsal_wall() {
    const Vec3 x = Vec3::UnitX(), z = Vec3::UnitZ();
    shape.middle.emplace_back(VertebraPart::Lamina, cone(at(-32, -26), at(-36, -93), z, {24, 4.5}, {21, 4}, 1.4));
    shape.middle.emplace_back(VertebraPart::Spinous, cone(at(-40, -26), at(-40, -92), x, {5, 2.5}, {3, 2.5}));
    shape.middle.emplace_back(VertebraPart::Spinous,
                              cone(at(-38, -25), at(-48.5, -29), Vec3::UnitY(), {7, 3}, {5.5, 2.8}));
    shape.middle.emplace_back(VertebraPart::Spinous, cone(at(-38, -54), at(-45, -56), Vec3::UnitY(), {7, 3}, {5, 2.6}));
    shape.middle.emplace_back(VertebraPart::Spinous,
                              cone(at(-38, -80), at(-42, -82), Vec3::UnitY(), {6, 3}, {4.5, 2.6}));
    // Intermediate crest: the fused articular processes, down to the sacral horns.
    for (const double y : {-30.0, -52.0, -72.0, -92.0}) {
      const double inward = (-30.0 - y) / 14.0;
      shape.right.emplace_back(VertebraPart::Lamina,
                               cone(at(-32 - inward * 0.8, y - 6, 17 - inward),
                                    at(-32.5 - inward * 0.8, y + 6, 17 - inward), x, {4, 4}, {4.2, 4.2}));
    }
    shape.right.emplace_back(VertebraPart::Lamina, cone(at(-37, -94, 12), at(-30, -112, 11), z, {4, 4}, {3, 3}));
  }

  void add_processes() {
    const EllipticCone superior = superior_process(d_, 2 * mm);
    shape.right.emplace_back(VertebraPart::SuperiorArticular, superior);
    shape.right.emplace_back(VertebraPart::SuperiorArticular,
                             cone(superior.start, at(-29, -24, 24), Vec3::UnitX(), {6, 6}, {5, 6}));
    shape.right.emplace_back(VertebraPart::SuperiorArticular, mammillary_process(d_));
    shape.right.emplace_back(VertebraPart::Pedicle,
                             cone(at(-10, -16, 23), at(-24, -16, 25), Vec3::UnitY(), {10, 8}, {9, 7}));
    shape.holes.emplace_back(VertebraPart::SuperiorArticular, joint_space(d_));
  }

  void open_canal() {
    const double half_width = 0.5 * d_.canal_width / scale_, half_depth = 0.5 * d_.canal_depth / scale_;
    const double wall = -0.5 * d_.endplate_depth_upper / scale_;
    const Vec3 z = Vec3::UnitZ();
    const auto open = [&](const Vec3& from, const Vec3& to, Vec2 half_from, Vec2 half_to) {
      shape.middle_holes.emplace_back(VertebraPart::Lamina, cone(from, to, z, half_from, half_to, 1.6));
    };
    open(at(wall - half_depth, 14), at(wall - half_depth + 1, -12), {half_width, half_depth}, {half_width, half_depth});
    open(at(wall - half_depth + 1, -12), at(-31.5, -66), {half_width, half_depth}, {10, 4});
    open(at(-31.5, -66), at(-33.5, -120), {10, 4}, {7, 4});
    // The lateral recess slants from the side of the canal to the first foramen, with S1 in it.
    shape.holes.emplace_back(VertebraPart::SacralAla,
                             cone(at(-20.5, -12, 10), at(-12.5, -30, 21.5), Vec3::UnitX(), {4, 4}, {6, 6}));
  }

  void open_foramina() {
    struct Foramen {
      double y, z, front_x, radius;
    };
    // Anterior openings face forwards and sideways; behind them the posterior ones are narrower.
    for (const Foramen f :
         {Foramen{-33, 23, -4, 6.5}, {-62, 22, -13, 5.5}, {-84, 21, -19, 4.8}, {-104, 19, -19, 3.8}}) {
      shape.holes.emplace_back(
          VertebraPart::SacralAla,
          cone(at(f.front_x + 8, f.y - 4, f.z + 5), at(f.front_x - 14, f.y, f.z - 3), Vec3::UnitY(),
               {1.15 * f.radius, 1.2 * f.radius}, {0.8 * f.radius, 0.9 * f.radius}));
      shape.holes.emplace_back(VertebraPart::SacralAla,
                               cone(at(f.front_x - 14, f.y, f.z - 3), at(-46, f.y - 2, f.z + 2), Vec3::UnitY(),
                                    {0.75 * f.radius, 0.75 * f.radius}, {0.7 * f.radius, 0.7 * f.radius}));
    }
  }

  const VertebraDimensions& d_;
  double scale_;  ///< metres per millimetre of the reference sacrum
};

}  // namespace

VertebraShape sacrum_shape(const VertebraDimensions& d) {
  return Sacrum(d).shape;
}

}  // namespace foramen
