#include "sim/anatomy/articular_process.h"

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace foramen {
namespace {

using implicit::EllipticCone;
using units::mm;

constexpr double kFacetRadius = 16 * mm;  ///< of the articular cylinder: 1.6 mm deep over a 14 mm facet (estimate)
constexpr double kRim = 1 * mm;           ///< bone around the articular surface (estimate)
constexpr double kRoom = 1.2 * mm;        ///< free all around a neighbour's process (estimate)

struct Facet {
  Vec3 centre, normal;
  double width = 0, height = 0, thickness = 0;  ///< articular surface, and bone behind it
  bool superior = true;
};

/// Along the process, from its root to its tip.
Vec3 outward(const Facet& f) {
  return (Vec3::UnitY() - f.normal * f.normal.y()).normalized() * (f.superior ? 1.0 : -1.0);
}

EllipticCone plate_behind(const Facet& f, double root) {
  const Vec3 along = outward(f);
  const Vec2 half(0.5 * f.width + kRim, 0.5 * f.thickness);
  // The margins of a hollow surface stand forward of its middle.
  const Vec3 mid = f.centre - f.normal * (f.superior ? 0.35 : 0.42) * f.thickness;
  constexpr double kCap = 4 * mm;
  EllipticCone plate =
      EllipticCone::between(mid - along * (0.5 * f.height + root), mid + along * (0.5 * f.height - kCap),
                            along.cross(f.normal), half, Vec2(0.85 * half.x(), 0.8 * half.y()), 1.7);
  plate.cap_end = kCap + kRim;
  if (!f.superior) plate.cut = {f.centre - f.normal * kFacetRadius, along, kFacetRadius, 1.5 * mm};
  return plate;
}

Facet superior_facet(const VertebraDimensions& d) {
  const Vec3 bone = d.superior_facet_centre - kFacetCartilage * d.superior_facet_normal;
  return {bone, d.superior_facet_normal, d.facet_width, d.facet_height, d.articular_thickness, true};
}

}  // namespace

EllipticCone superior_process(const VertebraDimensions& d, double root) {
  return plate_behind(superior_facet(d), root);
}

EllipticCone inferior_process(const VertebraDimensions& d, double root) {
  const Vec3 bone = d.inferior_facet_centre - kFacetCartilage * d.inferior_facet_normal;
  return plate_behind({bone, d.inferior_facet_normal, d.facet_width, d.facet_height, d.articular_thickness, false},
                      root);
}

EllipticCone mammillary_process(const VertebraDimensions& d) {
  const Facet f = superior_facet(d);
  const Vec3 along = outward(f), hind = Vec3(f.normal.z(), 0, -f.normal.x()).normalized();
  const Vec3 mid = f.centre + hind * 0.5 * f.width - f.normal * 2 * mm;
  EllipticCone knob = EllipticCone::between(mid - along * 0.3 * f.height, mid + along * 0.1 * f.height, hind,
                                            Vec2(4 * mm, 3.5 * mm), Vec2(4.5 * mm, 4 * mm));
  return knob;
}

EllipticCone joint_space(const VertebraDimensions& d) {
  Facet neighbour = superior_facet(d);
  neighbour.superior = false;
  neighbour.normal = -neighbour.normal;
  neighbour.width += 2 * kRoom;
  neighbour.height += 2 * kRoom;
  neighbour.thickness += 2 * kRoom;
  return plate_behind(neighbour, 2 * mm);
}

EllipticCone room_for_superior_process(const VertebraDimensions& d) {
  Facet neighbour{d.inferior_facet_centre,    -d.inferior_facet_normal,          d.facet_width + 2 * kRoom,
                  d.facet_height + 2 * kRoom, d.articular_thickness + 2 * kRoom, true};
  // Its flat face stays clear of the facet of this bone, which is round.
  constexpr double kClear = 1 * mm;
  neighbour.centre -= neighbour.normal * (0.15 * neighbour.thickness + kClear);
  return plate_behind(neighbour, 0);
}

}  // namespace foramen
