#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/anatomy/subject.h"

namespace foramen {
namespace {

/// The outline is x = (d/2)·cos φ − 2B·sin²φ, z = W·(sin φ + e·sin 2φ): B sets the sides back and so flattens the back,
/// e < 0 moves width backwards. Its area is π·W·(d/2 + 2B·e). B = d/8 would make the back just straight at the midline.
constexpr double kFlattening = 0.11;  ///< B over the depth: nearly flat behind, as lumbar discs are (estimate of shape)

/// Largest value of sin φ + e·sin 2φ.
double widest(double e) {
  const double c = std::abs(e) < 1e-9 ? 0.0 : (std::sqrt(1 + 32 * e * e) - 1) / (8 * e);
  return std::sqrt(1 - c * c) * (1 + 2 * e * c);
}

/// Area over width × depth.
double filling(double e) {
  return kPi * (0.25 + kFlattening * e) / widest(e);
}

}  // namespace

DiscOutline::DiscOutline(const DiscGeometry& g) : half_depth_(0.5 * g.depth), setback_(2 * kFlattening * g.depth) {
  double low = -0.35, high = 0.1;  // filling rises with e between them
  const double wanted = g.area / (g.width * g.depth);
  if (!(wanted >= filling(low) && wanted <= filling(high))) {
    throw std::invalid_argument(fmt::format(
        "disc outline: an area of {} m² is not that of a disc {} m wide and {} m deep", g.area, g.width, g.depth));
  }
  // Secant steps within the bracket.
  double e = 0, error = filling(e) - wanted, before = high, error_before = filling(high) - wanted;
  for (int i = 0; i < 30 && std::abs(error) > 1e-13; ++i) {
    (error > 0 ? high : low) = e;
    double next = e - error * (e - before) / (error - error_before);
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    before = std::exchange(e, next);
    error_before = std::exchange(error, filling(e) - wanted);
  }
  half_width_ = 0.5 * g.width / widest(e);
  skew_ = e;
}

Vec2 DiscOutline::point(double phi) const {
  const double s = std::sin(phi), c = std::cos(phi);
  return {half_depth_ * c - setback_ * s * s, half_width_ * s * (1 + 2 * skew_ * c)};
}

Vec2 DiscOutline::tangent(double phi) const {
  const double s = std::sin(phi), c = std::cos(phi);
  return {-half_depth_ * s - 2 * setback_ * s * c, half_width_ * (c + 2 * skew_ * (2 * c * c - 1))};
}

Vec2 DiscOutline::normal(double phi) const {
  const Vec2 t = tangent(phi);
  return Vec2(t.y(), -t.x()).normalized();
}

Vec2 disc_outline_normal(const DiscGeometry& geometry, double phi, Vec2* point) {
  const DiscOutline outline(geometry);
  if (point) *point = outline.point(phi);
  return outline.normal(phi);
}

double disc_outline_angle(const DiscGeometry& geometry, double z) {
  const DiscOutline outline(geometry);
  double low = 0.5 * kPi, high = kPi;  // z falls from the widest place, at or behind π/2, to 0
  while (outline.tangent(low).y() > 0) low += 1e-3 * kPi;
  if (!(z >= 0 && z <= outline.point(low).y())) {
    throw std::invalid_argument(fmt::format("disc outline: z = {} m is not on a disc {} m wide", z, geometry.width));
  }
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (outline.point(middle).y() > z ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double herniation_angle(const Herniation& herniation, const DiscGeometry& geometry, const VertebraDimensions& above) {
  // Centres of the zones (estimates within the borders of Wiltse 1997): two thirds of the way to the pedicle, where the
  // traversing root crosses; below the middle of the pedicle, but still on the back of the disc; beyond it.
  constexpr double kParacentral = 2.0 / 3, kForaminalMost = 0.8, kExtraforaminal = 0.97;
  const double half_width = 0.5 * geometry.width, pedicle = 0.5 * above.canal_width;
  double z = 0;
  if (herniation.zone == HerniationZone::Paracentral) z = kParacentral * pedicle;
  if (herniation.zone == HerniationZone::Foraminal)
    z = std::min(pedicle + 0.5 * above.pedicle_width, kForaminalMost * half_width);
  if (herniation.zone == HerniationZone::Extraforaminal) z = kExtraforaminal * half_width;
  if (z == 0) return kPi;
  const double phi = disc_outline_angle(geometry, z);
  return herniation.side == HerniationSide::Left ? 2 * kPi - phi : phi;
}

double herniation_height(const Herniation& herniation, const DiscGeometry& geometry) {
  const bool lateral =
      herniation.zone == HerniationZone::Foraminal || herniation.zone == HerniationZone::Extraforaminal;
  return (lateral ? 0.5 * geometry.height_posterior : 0) - herniation.migration;
}

}  // namespace foramen
