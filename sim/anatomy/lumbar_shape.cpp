#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "sim/anatomy/articular_process.h"
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
constexpr double kWaistLateral = 0.07;    ///< of the mean endplate width, each side
constexpr double kWaistAnterior = 0.055;  ///< of the mean endplate depth
constexpr double kWaistPosterior = 0.03;  ///< of the mean endplate depth
constexpr double kKidneyBend = 0.14;      ///< of the mean endplate depth
constexpr double kEndplateHollowUpper = 0.5 * mm, kEndplateHollowLower = 1.5 * mm;

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
  // The rounded rim is widest a little below the endplate; there the section has its stated size.
  const double s = 1.0 - 2.0 * 0.75 * body.rim / middle, taken = 1.0 - s * s;
  const double pad_width = 2 * body.waist_lateral * taken;
  const double pad_depth = (body.waist_anterior + body.waist_posterior) * taken;
  body.upper_width += pad_width;
  body.lower_width += pad_width;
  body.upper_depth += pad_depth;
  body.lower_depth += pad_depth;
  body.bend = kKidneyBend * depth;
  body.hollow_upper = kEndplateHollowUpper;
  body.hollow_lower = kEndplateHollowLower;
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

/// Centre of the right pedicle, by the widths of canal and pedicle.
Vec3 pedicle_of(const VertebraDimensions& d) {
  return {d.pedicle_centre.x(), d.pedicle_centre.y(), 0.5 * (d.canal_width + d.pedicle_width)};
}

void add_pedicle_and_transverse(VertebraShape& shape, const VertebraDimensions& d, double wall_x) {
  const Vec3 pedicle = pedicle_of(d);
  const Vec2 half(0.5 * d.pedicle_height, 0.5 * d.pedicle_width);
  EllipticCone cone = EllipticCone::between(Vec3(wall_x + 1 * mm, pedicle.y(), pedicle.z()),
                                            pedicle + Vec3(-5 * mm, 0, 0), Vec3::UnitY(), half, half, 1.7);
  shape.right.emplace_back(VertebraPart::Pedicle, cone);

  const bool fifth = d.vertebra == Vertebra::L5;  // short and stout, from the whole side of the pedicle
  const Vec3 root = pedicle + Vec3(fifth ? 3 * mm : -3 * mm, -1 * mm, 0);
  const double tall = std::min(fifth ? 10 * mm : 8 * mm, 0.43 * d.pedicle_height);
  const Vec2 thick(tall, fifth ? 8 * mm : 6 * mm);
  const Vec2 thin = fifth ? Vec2(std::min(7 * mm, tall), 4.5 * mm) : Vec2(4.3 * mm, 3 * mm);
  const Vec2 end = fifth ? Vec2(4.5 * mm, 2.8 * mm) : Vec2(2.4 * mm, 1.9 * mm);
  const Vec3 tip = d.transverse_tip - Vec3(0, 0, end.y());
  shape.right.emplace_back(VertebraPart::Transverse,
                           EllipticCone::between(root, root + 0.45 * (tip - root), Vec3::UnitY(), thick, thin));
  shape.right.emplace_back(VertebraPart::Transverse,
                           EllipticCone::between(root + 0.35 * (tip - root), tip, Vec3::UnitY(), thin, end));
}

void add_articular(VertebraShape& shape, const VertebraDimensions& d) {
  const Vec3 pedicle = pedicle_of(d);
  const EllipticCone superior = superior_process(d, 0 * mm);
  const EllipticCone inferior = inferior_process(d, 3 * mm);
  shape.right.emplace_back(VertebraPart::SuperiorArticular, superior);
  EllipticCone stem =
      EllipticCone::between(pedicle + Vec3(-2 * mm, 1 * mm, 1 * mm), superior.start + 2 * mm * Vec3::UnitY(),
                            Vec3::UnitY(), Vec2(0.45 * d.pedicle_height, 5 * mm), Vec2(6 * mm, 4 * mm));
  shape.right.emplace_back(VertebraPart::SuperiorArticular, stem);
  shape.right.emplace_back(VertebraPart::SuperiorArticular, mammillary_process(d));
  shape.right.emplace_back(VertebraPart::InferiorArticular, inferior);
  shape.holes.emplace_back(VertebraPart::SuperiorArticular, joint_space(d));
  shape.holes.emplace_back(VertebraPart::InferiorArticular, room_for_superior_process(d));
  // The pars joins the two processes behind the pedicle.
  shape.right.emplace_back(VertebraPart::Lamina,
                           EllipticCone::between(pedicle + Vec3(-6 * mm, -1 * mm, -1 * mm), inferior.start,
                                                 Vec3::UnitZ(), Vec2(0.5 * d.pedicle_width, 0.6 * d.lamina_thickness),
                                                 Vec2(6 * mm, 0.5 * d.lamina_thickness)));
}

void add_laminae_and_spinous(VertebraShape& shape, const VertebraDimensions& d) {
  const double half_lamina = 0.5 * d.lamina_thickness;
  const Vec3 pedicle = pedicle_of(d);
  const double apex_x = shape.canal->apex_x - half_lamina;
  const Vec3 middle(apex_x, d.pedicle_centre.y() - 0.5 * d.lamina_height, 0);
  const Vec3 pars(shape.canal->apex_x + 3 * mm, middle.y(), pedicle.z() - 3 * mm);
  shape.right.emplace_back(VertebraPart::Lamina, EllipticCone::between(pars, middle, Vec3(0.15, 1, 0),
                                                                       Vec2(0.42 * d.lamina_height, half_lamina),
                                                                       Vec2(0.45 * d.lamina_height, half_lamina), 1.3));
  // Lower margin: the lamina runs out into the inferior articular process.
  const Vec3 low(apex_x - 0.5 * mm, middle.y() - 0.2 * d.lamina_height, 0);
  const Vec3 process = d.inferior_facet_centre - d.inferior_facet_normal * 0.6 * d.articular_thickness;
  shape.right.emplace_back(VertebraPart::Lamina,
                           EllipticCone::between(process, low, Vec3::UnitY(), Vec2(0.4 * d.facet_height, half_lamina),
                                                 Vec2(0.3 * d.lamina_height, half_lamina)));

  const double half_height = 0.5 * d.spinous_height;
  constexpr double kCap = 8 * mm;
  const Vec3 end(d.spinous_tip.x() + kCap, d.spinous_tip.y() + 0.13 * d.spinous_height, 0);
  EllipticCone blade = EllipticCone::between(middle + Vec3(0, 0.05 * d.lamina_height, 0), end, Vec3(0.1, 1, 0),
                                             Vec2(0.85 * half_height, 3.3 * mm), Vec2(half_height, 2.7 * mm), 0.7);
  blade.cap_end = kCap;
  shape.middle.emplace_back(VertebraPart::Spinous, blade);
  // The hind border is thicker, most so at its lower corner.
  shape.middle.emplace_back(
      VertebraPart::Spinous,
      EllipticCone::between(end + Vec3(0, 0.4 * half_height, 0), end + Vec3(-2 * mm, -0.55 * half_height, 0),
                            Vec3::UnitX(), Vec2(4 * mm, 2.5 * mm), Vec2(4 * mm, 3.6 * mm)));
}

}  // namespace

VertebraShape lumbar_shape(const VertebraDimensions& d) {
  VertebraShape shape;
  shape.body = body_of_vertebra(d);
  const double wall_x = -0.25 * (d.endplate_depth_upper + d.endplate_depth_lower) + shape.body->waist_posterior;
  shape.canal = canal_of(d, wall_x);
  add_pedicle_and_transverse(shape, d, wall_x);
  add_articular(shape, d);
  add_laminae_and_spinous(shape, d);
  shape.set_bounds();
  return shape;
}

}  // namespace foramen
