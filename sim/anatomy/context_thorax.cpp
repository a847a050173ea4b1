#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "sim/anatomy/context_shapes.h"
#include "sim/anatomy/context_solids.h"
#include "sim/anatomy/mesh_build.h"
#include "sim/anatomy/polygonise.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using units::deg;
using units::mm;

constexpr int kThoracic = 12;

// Proportions below are drawn by eye after the usual picture of a thorax; nothing is computed from them.

/// Fills in width and depth, and knows where the vertebrae stand.
class Thorax {
 public:
  explicit Thorax(ThoraxSize size) : size_(size) {
    if (!(size.length > 0) || !(size.width >= 0) || !(size.depth >= 0) || !std::isfinite(size.length))
      throw std::invalid_argument(
          fmt::format("context shapes: thorax of length {}, width {}, depth {} m, must be positive", size.length,
                      size.width, size.depth));
    if (!(size_.width > 0)) size_.width = 0.95 * size_.length;
    if (!(size_.depth > 0)) size_.depth = 0.68 * size_.length;
  }

  [[nodiscard]] double width() const { return size_.width; }
  [[nodiscard]] double depth() const { return size_.depth; }
  [[nodiscard]] double length() const { return size_.length; }

  /// Middle of the column at a fraction of its height: it leans back and arches forwards again.
  [[nodiscard]] Vec3 column(double t) const {
    const double back = 0.16 * std::sin(kPi * std::pow(t, 0.9)) + 0.02 * t;
    return size_.length * Vec3(-back, t, 0);
  }
  /// Fraction of the height of the middle of T(i + 1); lower vertebrae are taller.
  [[nodiscard]] static double level(int i) {
    const double x = (kThoracic - 0.5 - i) / kThoracic;
    return x * (1.18 - 0.18 * x);
  }
  /// Pose of a vertebra on the column.
  [[nodiscard]] Pose vertebra(int i) const {
    const double t = level(i), h = 0.01;
    const Vec3 up = (column(t + h) - column(t - h)).normalized();
    Pose pose;
    pose.R.col(0) = up.cross(Vec3::UnitZ());
    pose.R.col(1) = up;
    pose.R.col(2) = Vec3::UnitZ();
    pose.p = column(t);
    return pose;
  }

 private:
  ThoraxSize size_;
};

/// T(i + 1) of a thorax 0.3 m high, between T1 and T12.
VertebraDimensions thoracic(int i, double scale) {
  const double t = static_cast<double>(i) / (kThoracic - 1);
  const auto between = [&](double first, double last) { return scale * (first + t * (last - first)) * mm; };
  VertebraDimensions d;
  d.vertebra = Vertebra::L1;
  d.endplate_width_upper = between(27, 42);
  d.endplate_width_lower = between(28, 44);
  d.endplate_depth_upper = between(18, 31);
  d.endplate_depth_lower = between(19, 32);
  d.height_anterior = between(15, 22);
  d.height_posterior = between(16, 23);
  d.pedicle_width = between(8, 8);
  d.pedicle_height = between(9, 16);
  d.pedicle_centre = Vec3(-between(14, 22), between(2, 3), between(12, 12.5));
  d.canal_width = between(17, 17.5);
  d.canal_depth = between(15, 16);
  const double middle = std::sin(kPi * t);  // mid-thoracic spinous processes are long and steep
  d.transverse_tip = Vec3(-between(28, 34), between(3, 3), between(34, 24));
  d.spinous_tip = Vec3(-between(52, 58), -between(8, 10) - scale * 22 * mm * middle, 0);
  d.spinous_height = between(10, 17);
  d.superior_articular_tip = Vec3(-between(24, 31), between(12, 17), between(12, 13));
  d.inferior_articular_tip = Vec3(-between(28, 35), -between(15, 22), between(10, 11));
  d.superior_facet_normal = Vec3(-0.93, 0.25, 0.25);
  d.inferior_facet_normal = Vec3(0.93, -0.25, -0.25);
  d.facet_width = between(9, 10);
  d.facet_height = between(9, 11);
  d.articular_thickness = between(5, 6);
  d.lamina_thickness = between(5, 6);
  d.lamina_height = between(14, 19);
  return d;
}

/// How the cage widens from the first to the lower ribs: fraction of the half width and of the depth.
Vec2 girth(int i) {
  constexpr std::array<double, kThoracic> kWide{0.42, 0.62, 0.76, 0.86, 0.93, 0.97, 1.0, 1.0, 0.97, 0.92, 0.84, 0.72};
  constexpr std::array<double, kThoracic> kDeep{0.42, 0.60, 0.74, 0.84, 0.91, 0.96, 1.0, 1.0, 0.97, 0.92, 0.86, 0.78};
  return {kWide[static_cast<std::size_t>(i)], kDeep[static_cast<std::size_t>(i)]};
}

/// Right rib i from its vertebra; `to` is how far round it goes, 1 meeting the mid-plane in front.
std::vector<Vec3> rib_path(const Thorax& thorax, int i, double to) {
  const Vec2 part = girth(i);
  const double half_width = 0.5 * thorax.width() * part.x(), depth = thorax.depth() * part.y();
  const Vec3 start = thorax.column(Thorax::level(i)) + Vec3(-0.04, 0.01, 0) * thorax.length();
  const double drop = std::tan((20.0 + 1.8 * i) * deg);  // front end below the hind end
  std::vector<Vec3> path;
  constexpr int kSteps = 26;
  for (int s = 0; s <= kSteps; ++s) {
    const double phi = 0.12 + (kPi - 0.12) * to * s / kSteps;  // 0 behind, pi in front
    const double squareness = 0.8;
    const double c = std::cos(phi), across = std::pow(std::sin(std::min(phi, kPi - 1e-6)), squareness);
    const double ahead =
        0.5 * depth * (1 - std::copysign(std::pow(std::abs(c), squareness), c)) - 0.12 * depth * across;
    path.push_back(start + Vec3(ahead, -drop * std::max(ahead, -0.2 * depth), half_width * across));
  }
  return path;
}

/// Parabola from one point to another, drawn towards a third.
std::vector<Vec3> arc(const Vec3& from, const Vec3& towards, const Vec3& to) {
  constexpr int kSteps = 9;
  std::vector<Vec3> path;
  for (int s = 0; s <= kSteps; ++s) {
    const double t = static_cast<double>(s) / kSteps;
    path.push_back((1 - t) * (1 - t) * from + 2 * t * (1 - t) * towards + t * t * to);
  }
  return path;
}

/// Manubrium, body and xiphoid process between the notch of the neck and the seventh ribs.
DrawnSolid breastbone(const Vec3& notch, const Vec3& end, double scale) {
  DrawnSolid bone;
  const double u = scale * mm;
  bone.blend = 4 * u;
  const Vec3 angle = notch + 0.3 * (end - notch) + Vec3(5 * u, 0, 0), z = Vec3::UnitZ();
  bone.add(implicit::EllipticCone::between(notch - Vec3(0, 4 * u, 0), angle, z, u * Vec2(27, 5), u * Vec2(16, 5), 1.2));
  bone.add(implicit::EllipticCone::between(angle, end, z, u * Vec2(14, 4.5), u * Vec2(18, 4.5), 1.2));
  bone.rod(end, end - Vec3(4 * u, 26 * u, 0), 6 * u, 3 * u);
  return bone;
}

}  // namespace

TriangleMesh thoracic_spine(const ThoraxSize& size, double spacing) {
  const Thorax thorax(size);
  constexpr double kReferenceLength = 0.30;
  TriangleMesh mesh;
  for (int i = 0; i < kThoracic; ++i) {
    const ImplicitVertebra bone(thoracic(i, size.length / kReferenceLength));
    append(mesh, polygonise(bone, spacing), thorax.vertebra(i));
  }
  return mesh;
}

TriangleMesh rib_cage(const ThoraxSize& size, double spacing) {
  const Thorax thorax(size);
  const double u = size.length / 0.30;
  const Vec2 section(3 * u * mm, 6.5 * u * mm);
  TriangleMesh right;
  // Seven ribs reach the breastbone, three lean on the one above, two end free.
  constexpr std::array<double, kThoracic> kReach{0.93, 0.93, 0.93, 0.92, 0.91, 0.90,
                                                 0.88, 0.80, 0.74, 0.67, 0.50, 0.36};
  std::vector<std::vector<Vec3>> ribs;
  for (int i = 0; i < kThoracic; ++i) ribs.push_back(rib_path(thorax, i, kReach[static_cast<std::size_t>(i)]));
  for (const auto& rib : ribs) append(right, tube(rib, section, Vec3::UnitY()));
  const Vec3 top = ribs[0].back(), notch(top.x() + 4 * u * mm, top.y(), 0);
  const Vec3 end(ribs[5].back().x() + 2 * u * mm, ribs[3].back().y() - 0.12 * size.length, 0);
  std::vector<Vec3> above;  // the cartilage of the rib above
  for (std::size_t i = 0; i < 10; ++i) {
    const Vec3 from = ribs[i].back();
    const double along = std::min(1.0, static_cast<double>(i) / 6.0);
    const Vec3 to = i < 7 ? Vec3(notch + along * (end - notch) + Vec3(0, 0, 14 * u * mm)) : above[above.size() / 3];
    const Vec3 middle = 0.5 * (from + to) + Vec3(0.15, -0.2, 0) * (to - from).norm();
    above = arc(from, middle, to);
    append(right, tube(above, 0.9 * section, Vec3::UnitY(), 8));
  }
  TriangleMesh mesh = right;
  append(mesh, mirrored_mesh(std::move(right)));
  append(mesh, breastbone(notch, end, u).mesh(spacing));
  return mesh;
}

}  // namespace foramen
