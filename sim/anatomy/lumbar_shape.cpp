#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "sim/anatomy/vertebra_shape.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using implicit::ArticularCut;
using implicit::BodyLoft;
using implicit::CanalPrism;
using implicit::EllipticCone;
using implicit::Piece;
using units::deg;
using units::mm;

// Proportions that the tables do not give. They were set by eye and by distance against a segmented male spine
// (Remus et al. 2021), and are shapes, not measurements.
constexpr double kWaistLateral = 0.085;   ///< of the mean endplate width, each side
constexpr double kWaistAnterior = 0.09;   ///< of the mean endplate depth
constexpr double kWaistPosterior = 0.03;  ///< of the mean endplate depth
constexpr double kKidneyBend = 0.14;      ///< of the mean endplate depth
constexpr double kEndplateHollow = 1.5 * mm;

BodyLoft body_of_vertebra(const VertebraDimensions& d) {
  BodyLoft body;
  const double width = 0.5 * (d.endplate_width_upper + d.endplate_width_lower);
  const double depth = 0.5 * (d.endplate_depth_upper + d.endplate_depth_lower);
  const double middle = 0.5 * (d.height_anterior + d.height_posterior);
  body.upper_width = d.endplate_width_upper;
  body.upper_depth = d.endplate_depth_upper;
  body.lower_width = d.endplate_width_lower;
  body.lower_depth = d.endplate_depth_lower;
  body.upper_y = 0.5 * middle;
  body.lower_y = -0.5 * middle;
  body.upper_slope = 0.5 * (d.height_anterior - d.height_posterior) / d.endplate_depth_upper;
  body.lower_slope = -0.5 * (d.height_anterior - d.height_posterior) / d.endplate_depth_lower;
  body.waist_lateral = kWaistLateral * width;
  body.waist_anterior = kWaistAnterior * depth;
  body.waist_posterior = kWaistPosterior * depth;
  body.bend = kKidneyBend * depth;
  body.hollow_upper = kEndplateHollow;
  body.hollow_lower = 1.5 * kEndplateHollow;
  return body;
}

CanalPrism canal_of(const VertebraDimensions& d, double wall_x) {
  CanalPrism canal;
  canal.front_x = wall_x;
  canal.half_width = 0.5 * d.canal_width;
  canal.apex_x = wall_x - d.canal_depth;
  canal.apex_y = d.pedicle_centre.y() - 0.25 * d.lamina_height;
  canal.lean = 0.12;
  canal.wall_angle = 38 * deg;
  canal.apex_radius = 3 * mm;
  return canal;
}

/// An articular process as a plate behind its facet, from `root` (where it leaves the bone) to its tip. The facet is
/// part of a cylinder along the process: hollow on the superior process, its counterpart on the inferior one.
EllipticCone articular_plate(const Vec3& centre, const Vec3& normal, double width, double height, double thickness,
                             bool superior, double root) {
  const Vec3 along = (Vec3::UnitY() - normal * normal.y()).normalized() * (superior ? 1.0 : -1.0);
  const Vec3 across = along.cross(normal);
  const double margin = 1.0 * mm;  // bone rim around the articular surface
  const Vec2 half(0.5 * width + margin, 0.5 * thickness);
  const Vec3 mid = centre - normal * (superior ? 0.35 : 0.5) * thickness;
  EllipticCone plate = EllipticCone::between(mid - along * (0.5 * height + root), mid + along * (0.5 * height - 2 * mm),
                                             across, half, Vec2(0.8 * half.x(), 0.85 * half.y()), 1.4);
  plate.cap_end = 2 * mm + margin;
  constexpr double kFacetRadius = 16 * mm;  // sagitta 2 mm over a 15 mm facet (estimate)
  plate.cut = {centre + normal * (superior ? kFacetRadius : -kFacetRadius), along, kFacetRadius, superior, 1.5 * mm};
  return plate;
}

void add_bounds(VertebraShape& shape, const VertebraDimensions& d) {
  const double half_width = 0.5 * std::max(d.endplate_width_upper, d.endplate_width_lower);
  const double half_depth = 0.5 * std::max(d.endplate_depth_upper, d.endplate_depth_lower);
  const double half_height = 0.5 * std::max(d.height_anterior, d.height_posterior);
  shape.lower = Vec3(-half_depth, -half_height, -half_width);
  shape.upper = Vec3(half_depth, half_height, half_width);
  const auto grow = [&](const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      const EllipticCone& s = piece.solid;
      for (const bool end : {false, true}) {
        const Vec3 centre = s.start + s.axis * (end ? s.length : 0.0);
        const Vec3 reach = (s.axis * (end ? s.cap_end : s.cap_start)).cwiseAbs() +
                           (s.wide * (end ? s.wide_end : s.wide_start)).cwiseAbs() +
                           (s.thick * (end ? s.thick_end : s.thick_start)).cwiseAbs();
        shape.lower = shape.lower.cwiseMin(centre - reach);
        shape.upper = shape.upper.cwiseMax(centre + reach);
      }
    }
  };
  grow(shape.middle);
  grow(shape.right);
  const double z = std::max(-shape.lower.z(), shape.upper.z());
  const double margin = 2 * mm;  // fillets
  shape.lower = Vec3(shape.lower.x(), shape.lower.y(), -z) - Vec3::Constant(margin);
  shape.upper = Vec3(shape.upper.x(), shape.upper.y(), z) + Vec3::Constant(margin);
}

}  // namespace

VertebraShape lumbar_shape(const VertebraDimensions& d) {
  VertebraShape shape;
  shape.body = body_of_vertebra(d);
  const double wall_x = -0.25 * (d.endplate_depth_upper + d.endplate_depth_lower) + shape.body->waist_posterior;
  shape.canal = canal_of(d, wall_x);
  const double pedicle_z = 0.5 * (d.canal_width + d.pedicle_width);
  const Vec3 pedicle(d.pedicle_centre.x(), d.pedicle_centre.y(), pedicle_z);
  const Vec3 pars(shape.canal->apex_x + 3 * mm, pedicle.y() - 0.35 * d.lamina_height, pedicle_z + 0.5 * mm);

  const Vec2 pedicle_half(0.5 * d.pedicle_height, 0.5 * d.pedicle_width);
  shape.right.emplace_back(VertebraPart::Pedicle,
                           EllipticCone::between(Vec3(wall_x + 8 * mm, pedicle.y(), pedicle_z - 2 * mm),
                                                 Vec3(pedicle.x() - 6 * mm, pedicle.y(), pedicle_z), Vec3::UnitY(),
                                                 pedicle_half, pedicle_half, 1.6));
  // Superior and inferior articular process; the pars joins them.
  shape.right.emplace_back(VertebraPart::SuperiorArticular,
                           articular_plate(d.superior_facet_centre, d.superior_facet_normal, d.facet_width,
                                           d.facet_height, d.articular_thickness, true, 4 * mm));
  shape.right.emplace_back(VertebraPart::InferiorArticular,
                           articular_plate(d.inferior_facet_centre, d.inferior_facet_normal, d.facet_width,
                                           d.facet_height, d.articular_thickness, false, 6 * mm));
  const Vec3 below = d.inferior_facet_centre + Vec3(-3 * mm, 0.3 * d.facet_height, -2 * mm);
  shape.right.emplace_back(VertebraPart::Lamina,
                           EllipticCone::between(pedicle + Vec3(-6 * mm, 0, 0), below, Vec3::UnitZ(),
                                                 Vec2(0.5 * d.pedicle_width, 0.6 * d.lamina_thickness),
                                                 Vec2(6 * mm, 0.5 * d.lamina_thickness)));
  const Vec3 apex(shape.canal->apex_x - 0.5 * d.lamina_thickness, shape.canal->apex_y - 0.3 * d.lamina_height, 0);
  shape.right.emplace_back(VertebraPart::Lamina,
                           EllipticCone::between(pars + Vec3(0, -3 * mm, 0), apex, Vec3(0.25, 1, 0),
                                                 Vec2(0.42 * d.lamina_height, 0.5 * d.lamina_thickness),
                                                 Vec2(0.45 * d.lamina_height, 0.5 * d.lamina_thickness), 1.2));
  const bool fifth = d.vertebra == Vertebra::L5;
  const Vec3 tip = d.transverse_tip;
  shape.right.emplace_back(
      VertebraPart::Transverse,
      EllipticCone::between(pedicle + Vec3(-4 * mm, 0, 3 * mm), tip - Vec3(0, 0, 2.5 * mm), Vec3::UnitY(),
                            fifth ? Vec2(8 * mm, 7 * mm) : Vec2(6.5 * mm, 4.5 * mm), Vec2(3.5 * mm, 2.5 * mm)));
  const double half_height = 0.5 * d.spinous_height;
  const Vec3 spinous_end(d.spinous_tip.x() + 5 * mm, d.spinous_tip.y() + 0.15 * d.spinous_height, 0);
  EllipticCone spinous = EllipticCone::between(apex, spinous_end, Vec3(0.1, 1, 0), Vec2(0.7 * half_height, 3.5 * mm),
                                               Vec2(0.95 * half_height, 3 * mm), 0.8);
  spinous.cap_end = 5 * mm;
  shape.middle.emplace_back(VertebraPart::Spinous, spinous);
  shape.middle.emplace_back(VertebraPart::Spinous,
                            EllipticCone::between(spinous_end + Vec3(-1 * mm, 0.6 * half_height, 0),
                                                  spinous_end + Vec3(-1 * mm, -0.65 * half_height, 0), Vec3::UnitX(),
                                                  Vec2(4 * mm, 3.5 * mm), Vec2(4.5 * mm, 4.5 * mm)));
  add_bounds(shape, d);
  return shape;
}

}  // namespace foramen
