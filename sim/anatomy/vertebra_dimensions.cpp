#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "sim/anatomy/implicit_vertebra.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using units::deg;
using units::mm;

/// Angle of the facets below a vertebra from the sagittal plane, and of those above it [rad] (CT, n = 620, levels
/// L2–L3 to L5–S1; T12–L1 and L1–L2: Masharawi 2004, T12–L2 range 25.9–33.9°).
constexpr std::array kFacetAngle{29.9 * deg, 29.9 * deg, 30.4 * deg, 38.7 * deg, 47.0 * deg, 47.3 * deg};
/// Forward tilt of the articular surfaces from the vertical: between 4 and 13° (Remus et al. 2021, rising caudally).
constexpr std::array kFacetTilt{4 * deg, 4.4 * deg, 5.4 * deg, 6.7 * deg, 10.8 * deg, 13.0 * deg};

/// Outward normal of the right superior facet: backwards, medial and up.
Vec3 facing(double from_sagittal, double tilt) {
  return {-std::cos(tilt) * std::sin(from_sagittal), std::sin(tilt), -std::cos(tilt) * std::cos(from_sagittal)};
}

void require(bool good, Vertebra vertebra, const char* what, double found, const char* allowed) {
  if (!good) {
    throw std::invalid_argument(
        fmt::format("VertebraDimensions of {}: {} = {} m, must be {}", name(vertebra), what, found, allowed));
  }
}

void check(const VertebraDimensions& d) {
  const bool sacrum = d.vertebra == Vertebra::S1;
  const auto positive = [&](const char* what, double v) {
    require(std::isfinite(v) && v > 1 * mm && v < 200 * mm, d.vertebra, what, v, "between 0.001 and 0.2");
  };
  const auto finite = [&](const char* what, const Vec3& v) {
    for (int i = 0; i < 3; ++i)
      require(std::isfinite(v[i]) && std::abs(v[i]) < 0.3, d.vertebra, what, v[i], "within 0.3 of the origin");
  };
  positive("endplate_width_upper", d.endplate_width_upper);
  positive("endplate_depth_upper", d.endplate_depth_upper);
  if (sacrum) return;
  positive("endplate_width_lower", d.endplate_width_lower);
  positive("endplate_depth_lower", d.endplate_depth_lower);
  positive("height_anterior", d.height_anterior);
  positive("height_posterior", d.height_posterior);
  positive("pedicle_width", d.pedicle_width);
  positive("pedicle_height", d.pedicle_height);
  positive("canal_width", d.canal_width);
  positive("canal_depth", d.canal_depth);
  positive("spinous_height", d.spinous_height);
  finite("pedicle_centre", d.pedicle_centre);
  finite("transverse_tip", d.transverse_tip);
  finite("spinous_tip", d.spinous_tip);
  finite("superior_articular_tip", d.superior_articular_tip);
  finite("inferior_articular_tip", d.inferior_articular_tip);
  require(d.pedicle_centre.x() < 0, d.vertebra, "pedicle_centre.x", d.pedicle_centre.x(), "behind the body's centre");
  require(d.spinous_tip.x() < d.pedicle_centre.x(), d.vertebra, "spinous_tip.x", d.spinous_tip.x(),
          "behind the pedicle");
  require(d.transverse_tip.z() > 0.5 * d.canal_width, d.vertebra, "transverse_tip.z", d.transverse_tip.z(),
          "on the right, lateral to the canal");
}

/// Canal and joints of the sacrum in proportion to its endplate, as in a male of 56.3 mm (Remus et al. 2021); the
/// canal's size is an estimate (his surface is shrunk onto the canal): as wide and deep as a usual canal at L5.
void complete_sacrum(VertebraDimensions& d) {
  const double scale = d.endplate_width_upper / 56.3;
  if (d.canal_width <= 0) d.canal_width = 30 * scale;
  if (d.canal_depth <= 0) d.canal_depth = 15 * scale;
  if (d.superior_facet_centre.norm() <= 0 && d.superior_articular_tip.norm() <= 0)
    d.superior_facet_centre = Vec3(-0.5 * d.endplate_depth_upper - 12.5 * scale, -4.5 * scale, 22.8 * scale);
}

}  // namespace

VertebraDimensions completed(const VertebraDimensions& dimensions) {
  VertebraDimensions d = dimensions;
  check(d);
  if (d.lamina_height <= 0) d.lamina_height = 0.75 * d.height_posterior;
  if (d.lamina_thickness <= 0) d.lamina_thickness = 7 * mm;
  if (d.articular_thickness <= 0) d.articular_thickness = 8 * mm;
  if (d.facet_width <= 0) d.facet_width = 14 * mm;
  if (d.facet_height <= 0) d.facet_height = 16 * mm;
  const auto above = static_cast<std::size_t>(index(d.vertebra)), below = std::min<std::size_t>(above + 1, 5);
  if (d.superior_facet_normal.norm() < 0.5) d.superior_facet_normal = facing(kFacetAngle[above], kFacetTilt[above]);
  if (d.inferior_facet_normal.norm() < 0.5) d.inferior_facet_normal = -facing(kFacetAngle[below], kFacetTilt[below]);
  d.superior_facet_normal.normalize();
  d.inferior_facet_normal.normalize();
  if (d.vertebra == Vertebra::S1) complete_sacrum(d);
  // The tip of a superior process stands above the front margin of its facet; that of an inferior one below its middle.
  const auto hind = [](const Vec3& normal) { return Vec3(normal.z(), 0, -normal.x()).normalized(); };
  if (d.superior_facet_centre.norm() <= 0) {
    const Vec3& n = d.superior_facet_normal;
    d.superior_facet_centre = d.superior_articular_tip + 0.3 * d.facet_width * hind(n) +
                              0.3 * d.articular_thickness * n - 0.45 * d.facet_height * Vec3::UnitY();
  }
  if (d.inferior_facet_centre.norm() <= 0) {
    const Vec3& n = d.inferior_facet_normal;
    d.inferior_facet_centre =
        d.inferior_articular_tip + 0.45 * d.articular_thickness * n + 0.4 * d.facet_height * Vec3::UnitY();
  }
  return d;
}

}  // namespace foramen
