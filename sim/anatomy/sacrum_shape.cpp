#include <Eigen/Geometry>

#include "sim/anatomy/vertebra_shape.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using implicit::EllipticCone;
using units::mm;

}  // namespace

VertebraShape sacrum_shape(const VertebraDimensions& d) {
  VertebraShape shape;
  const double w = d.endplate_width_upper, depth = d.endplate_depth_upper;
  // The fused bodies S1…S5 curve backwards and then forwards again; lengths in proportion to the endplate.
  const Vec3 s1(0, -0.22 * depth, 0), s2(-0.30 * w, -0.75 * w, 0), s3(-0.36 * w, -1.25 * w, 0),
      s5(-0.22 * w, -1.9 * w, 0);
  EllipticCone first =
      EllipticCone::between(s1, s2, Vec3::UnitZ(), Vec2(0.5 * w, 0.5 * depth), Vec2(0.33 * w, 0.24 * depth), 1.3);
  first.cap_start = 0.22 * depth;
  shape.middle.emplace_back(VertebraPart::Body, first);
  shape.middle.emplace_back(
      VertebraPart::Body,
      EllipticCone::between(s2, s3, Vec3::UnitZ(), Vec2(0.36 * w, 0.24 * depth), Vec2(0.3 * w, 0.2 * depth)));
  shape.middle.emplace_back(VertebraPart::Body, EllipticCone::between(s3, s5, Vec3::UnitZ(), Vec2(0.3 * w, 0.2 * depth),
                                                                      Vec2(0.12 * w, 0.1 * depth)));
  shape.right.emplace_back(
      VertebraPart::SacralAla,
      EllipticCone::between(Vec3(-0.1 * w, -0.3 * w, 0.3 * w), Vec3(-0.02 * w, -0.45 * w, 0.85 * w), Vec3::UnitY(),
                            Vec2(0.25 * w, 0.22 * w), Vec2(0.33 * w, 0.2 * w)));
  shape.right.emplace_back(VertebraPart::SacralAla,
                           EllipticCone::between(Vec3(-0.15 * w, -0.5 * w, 0.7 * w), Vec3(-0.38 * w, -1.5 * w, 0.4 * w),
                                                 Vec3::UnitZ(), Vec2(0.28 * w, 0.2 * w), Vec2(0.15 * w, 0.1 * w)));
  shape.lower = Vec3(-1.2 * w, -2.3 * w, -1.4 * w);
  shape.upper = Vec3(0.6 * w, 0.3 * w, 1.4 * w);
  return shape;
}

}  // namespace foramen
