/// Cuts a disc into sectors and layers.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/tissue/disc.h"

namespace foramen {

namespace {

/// Peak of a parabola over its mean: thickening of the wall is nought at the endplates.
constexpr double kPeakOverMean = 1.5;
constexpr double kMeanOfParabola = 2.0 / 3;
/// Mean square of the parabola 4ζ(1−ζ).
constexpr double kMeanSquare = 8.0 / 15;

struct GaussRule {
  std::vector<double> at, weight;  ///< on 0…1
};

GaussRule gauss(int points) {
  switch (points) {
    case 1:
      return {{0.5}, {1}};
    case 2:
      return {{0.5 - 0.5 / std::sqrt(3.0), 0.5 + 0.5 / std::sqrt(3.0)}, {0.5, 0.5}};
    case 3:
      return {{0.5 - 0.5 * std::sqrt(0.6), 0.5, 0.5 + 0.5 * std::sqrt(0.6)}, {5.0 / 18, 8.0 / 18, 5.0 / 18}};
    case 4: {
      const double a = std::sqrt(3.0 / 7 - 2.0 / 7 * std::sqrt(1.2)), b = std::sqrt(3.0 / 7 + 2.0 / 7 * std::sqrt(1.2));
      const double u = (18 + std::sqrt(30.0)) / 72, v = (18 - std::sqrt(30.0)) / 72;
      return {{0.5 - 0.5 * b, 0.5 - 0.5 * a, 0.5 + 0.5 * a, 0.5 + 0.5 * b}, {v, u, u, v}};
    }
    case 5: {
      const double a = std::sqrt(5 - 2 * std::sqrt(10.0 / 7)) / 3, b = std::sqrt(5 + 2 * std::sqrt(10.0 / 7)) / 3;
      const double u = (322 + 13 * std::sqrt(70.0)) / 1800, v = (322 - 13 * std::sqrt(70.0)) / 1800;
      return {{0.5 - 0.5 * b, 0.5 - 0.5 * a, 0.5, 0.5 + 0.5 * a, 0.5 + 0.5 * b}, {v, u, 128.0 / 450, u, v}};
    }
    default:
      throw std::invalid_argument(fmt::format("{} Gauss points: between 1 and 5 are known", points));
  }
}

/// Smooth round the disc: given in front, at the sides and behind.
double round_the_disc(double phi, double anterior, double lateral, double posterior) {
  const double first = 0.5 * (anterior - posterior), second = 0.25 * (anterior + posterior) - 0.5 * lateral;
  return anterior - first - second + first * std::cos(phi) + second * std::cos(2 * phi);
}

/// Share of the wall's stiffness that the tears leave at a place on the outline: smooth bumps of cos² shape.
double intact_share(const std::vector<DiscTear>& tears, const Vec2& place, const DiscGeometry& geometry) {
  double share = 1;
  for (const DiscTear& tear : tears) {
    const double u = (place - disc_outline(geometry, tear.phi)).norm() / (2 * tear.half_width);
    if (u >= 1) continue;
    const double bump = std::cos(0.5 * kPi * u) * std::cos(0.5 * kPi * u);
    share *= 1 - tear.severity * bump;
  }
  return share;
}

void check(const DiscGeometry& g, const std::vector<DiscTear>& tears, double nucleus, const DiscResolution& r) {
  if (!(g.height_anterior > 0 && g.height_posterior > 0 && g.area > 0)) {
    throw std::invalid_argument(fmt::format("disc heights {} and {} m, area {} m²: all must be positive",
                                            g.height_anterior, g.height_posterior, g.area));
  }
  const double most = 0.5 * g.depth;
  if (!(g.wall_anterior > 0 && g.wall_lateral > 0 && g.wall_posterior > 0 &&
        g.wall_anterior + g.wall_posterior < 2 * most)) {
    throw std::invalid_argument(
        fmt::format("disc wall {} m in front, {} m at the sides, {} m behind in a depth of {} m", g.wall_anterior,
                    g.wall_lateral, g.wall_posterior, g.depth));
  }
  if (!(nucleus > 0)) throw std::invalid_argument(fmt::format("nucleus volume factor {}: must be positive", nucleus));
  if (r.sectors < 8 || kContourPoints % r.sectors != 0 || r.heights < 2) {
    throw std::invalid_argument(
        fmt::format("{} sectors, {} heights: sectors divide 40 and are at least 8, heights at "
                    "least 2",
                    r.sectors, r.heights));
  }
  for (const DiscTear& t : tears) {
    if (!(t.half_width > 0 && t.severity >= 0 && t.severity < 1)) {
      throw std::invalid_argument(fmt::format(
          "tear of half width {} m and severity {}: needs a width and 0 ≤ severity < 1", t.half_width, t.severity));
    }
  }
}

}  // namespace

DiscLaw::DiscLaw(const DiscGeometry& geometry, const std::vector<DiscTear>& tears, double nucleus,
                 DiscResolution resolution)
    : geometry_(geometry), resolution_(resolution), material_(disc_material(geometry.pfirrmann)) {
  check(geometry, tears, nucleus, resolution);
  material_.matrix_c1 *= geometry.stiffness;
  material_.stiffening_c2 *= geometry.stiffness;
  material_.fibre_k1 *= geometry.stiffness;
  const GaussRule over_height = gauss(resolution.heights);
  for (std::size_t g = 0; g < over_height.at.size(); ++g) {
    const double z = over_height.at[g];
    heights_.push_back({4 * z * (1 - z), 4 * (1 - 2 * z), over_height.weight[g]});
  }
  build(tears, nucleus);
}

void DiscLaw::build(const std::vector<DiscTear>& tears, double nucleus) {
  const DiscGeometry& g = geometry_;
  const int n = resolution_.sectors;
  const DiscOutline outline(g);
  const GaussRule layers = gauss(resolution_.layers);
  const double step = 2 * kPi / n;
  const double wedge = (g.height_anterior - g.height_posterior) / g.depth;
  const auto height_at = [&](double x) { return g.height_mean() + wedge * x; };
  const auto top_of = [&](const Vec2& p) { return Vec3(p.x(), 0.5 * height_at(p.x()), p.y()); };
  double moment = 0;
  std::vector<double> own_stiffness;
  for (int i = 0; i < n; ++i) {
    const double phi = step * i;
    const Vec2 place = outline.point(phi), normal = outline.normal(phi);
    const double h = 1e-4;
    const double arc = (outline.point(phi + h) - outline.point(phi - h)).norm() / (2 * h) * step;
    const double arm = place.dot(normal), wall = round_the_disc(phi, g.wall_anterior, g.wall_lateral, g.wall_posterior);
    const double share = intact_share(tears, place, g);
    const double angle = round_the_disc(phi, material_.fibre_angle_anterior,
                                        0.5 * (material_.fibre_angle_anterior + material_.fibre_angle_posterior),
                                        material_.fibre_angle_posterior);
    Sector sector;
    sector.axes << normal.x(), 0, normal.y(), 0, 1, 0, -normal.y(), 0, normal.x();
    const auto by_bulge = [&](double depth) { return 1 + depth * kPeakOverMean * kMeanOfParabola * wall / arm; };
    const auto by_rise = [&](double depth, double height) { return depth * kPeakOverMean * wall / height; };
    for (std::size_t k = 0; k < layers.at.size(); ++k) {
      const double depth = layers.at[k];  // 0 outer … 1 inner
      AnnulusStrip strip;
      strip.top = top_of(place - depth * wall * normal);
      strip.height = height_at(strip.top.x());
      strip.hoop_arm = arm - depth * wall;
      strip.by_bulge = by_bulge(depth);
      strip.by_rise = by_rise(depth, strip.height);
      strip.volume = layers.weight[k] * wall * arc * (strip.hoop_arm / arm) * strip.height;
      const double fibres =
          round_the_disc(phi, material_.fibres_anterior, material_.fibres_lateral, material_.fibres_posterior) *
          (1 + (material_.fibres_inner - 1) * depth);
      strip.material = {share * material_.matrix_c1,
                        share * material_.stiffening_c2,
                        share * fibres * material_.fibre_k1,
                        material_.fibre_k2,
                        std::sin(angle),
                        std::cos(angle)};
      strips_.push_back(strip);
    }
    sector.cavity.top = top_of(place - wall * normal);
    sector.cavity.height = height_at(sector.cavity.top.x());
    sector.cavity.by_bulge = by_bulge(1);
    sector.cavity.by_rise = by_rise(1, sector.cavity.height);
    const double inner_arc = arc * (arm - wall) / arm;
    sector.cavity.area_per_bulge = kMeanOfParabola * inner_arc;
    const double piece = 0.5 * inner_arc * (arm - wall);
    nucleus_.area += piece;
    moment += piece * 2.0 / 3 * (place - wall * normal).x();
    own_stiffness.push_back(2 * share * material_.matrix_c1 * kMeanSquare * wall * height_at(place.x()) / arc);
    sectors_.push_back(sector);
  }
  // Shear between neighbours that bulge differently, in the matrix alone: half of each.
  for (std::size_t i = 0; i < sectors_.size(); ++i)
    sectors_[i].neighbour_stiffness = 0.5 * (own_stiffness[i] + own_stiffness[(i + 1) % sectors_.size()]);
  nucleus_.centre_top = top_of({moment / nucleus_.area, 0});
  nucleus_.height = height_at(nucleus_.centre_top.x());
  nucleus_.volume = nucleus_.area * nucleus_.height;
  nucleus_.free_volume = nucleus_.volume * material_.swelling * nucleus;
  nucleus_.bulk = material_.nucleus_bulk;
}

}  // namespace foramen
