#include "viz/scene/dermatome.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "sim/base/units.h"
#include "viz/scene/mesh_tools.h"

namespace foramen::scene {
namespace {

/// A patch of a leg's segment: from share `from` to `to` of its length, around it from angle `begin` to `end` at the
/// upper and at the lower edge [deg]. 0 is in front, 90 on the outer side, 180 behind, −90 on the inner side.
struct Patch {
  Body body;  ///< left
  double from, to;
  double begin_upper, end_upper, begin_lower, end_lower;
};

// Read off the map by eye.
constexpr std::array kL1{Patch{Body::ThighLeft, -0.12, 0.06, -100, 70, -100, 20}};
constexpr std::array kL2{Patch{Body::ThighLeft, 0.06, 0.50, -95, 75, -80, 60}};
constexpr std::array kL3{Patch{Body::ThighLeft, 0.50, 1.02, -95, 60, -110, 25},
                         Patch{Body::ShankLeft, -0.05, 0.10, -110, 15, -100, -10}};
constexpr std::array kL4{Patch{Body::ThighLeft, 0.93, 1.05, -60, 40, -50, 40},
                         Patch{Body::ShankLeft, 0.00, 1.00, -130, 5, -130, -10},
                         Patch{Body::FootLeft, -0.2, 0.3, -150, -60, -140, -70}};
constexpr std::array kL5{Patch{Body::ShankLeft, -0.04, 0.55, 50, 125, 15, 120},
                         Patch{Body::ShankLeft, 0.55, 1.05, 15, 120, -25, 75}};
constexpr std::array kS1{Patch{Body::ThighLeft, 0.02, 1.00, 135, 215, 140, 210},
                         Patch{Body::ShankLeft, -0.02, 1.05, 135, 215, 105, 215}};

std::span<const Patch> patches_of(Root root) {
  switch (root) {
    case Root::L1:
      return kL1;
    case Root::L2:
      return kL2;
    case Root::L3:
      return kL3;
    case Root::L4:
      return kL4;
    case Root::L5:
      return kL5;
    case Root::S1:
      return kS1;
  }
  return {};
}

/// 1 inside [low, high], falling to 0 within `soft` outside.
double within(double x, double low, double high, double soft) {
  return std::clamp(1.0 + std::min(x - low, high - x) / soft, 0.0, 1.0);
}

/// Of the foot, whose length runs forward: L5 has its back with the great toe, S1 its outer edge and sole.
double foot_share(const Vec3& p, double size, double outward, Root root) {
  constexpr double kSoft = 0.012;
  const double x = p.x() / size, y = p.y() / size, out = outward / size;
  const double top = within(y, -0.052 + 0.010 * (x > 0.12 ? 0.2 : 1.0), 1.0, kSoft);
  if (root == Root::L5) return top * within(x, 0.02, 1.0, 0.03) * within(out, -1.0, 0.016, kSoft);
  if (root == Root::S1) {
    const double edge = within(out, 0.024, 1.0, kSoft);
    const double heel = within(x, -1.0, 0.0, 0.03);
    return std::max(edge, heel);
  }
  return -1.0;  // by patches
}

}  // namespace

double dermatome_share(const Subject& subject, const Skin& skin, std::size_t vertex, Root root, Side side) {
  constexpr double kSoftAlong = 0.03, kSoftAround = 9.0, kReferenceStature = 1.75;
  const Vec3& place = skin.rest.vertices[vertex];
  const SkinCarriers& carriers = skin.carriers[vertex];
  const double size = subject.description.stature / kReferenceStature;
  double share = 0.0;
  for (std::size_t k = 0; k < carriers.bodies.size(); ++k) {
    const Body body = carriers.bodies[k];
    if (carriers.weights[k] < 0.02f || body < Body::ThighLeft) continue;
    if ((body >= Body::ThighRight) != (side == Side::Right)) continue;
    const Vec3 p = skin.rest_poses[static_cast<std::size_t>(index(body))].inverse() * place;
    const double outward = side_sign(side) * p.z();
    const auto left =
        static_cast<Body>(index(body) - (side == Side::Right ? index(Body::ThighRight) - index(Body::ThighLeft) : 0));
    double here = 0.0;
    const double foot = left == Body::FootLeft ? foot_share(p, size, outward, root) : -1.0;
    if (foot >= 0.0) {
      here = foot;
    } else {
      const double length = subject.segments[static_cast<std::size_t>(index(body))].length;
      const double t = left == Body::FootLeft ? p.x() / length : -p.y() / length;
      const double centre_x = left == Body::ShankLeft ? -0.02 * size : 0.0;
      double angle = std::atan2(outward, p.x() - centre_x) / units::deg;
      if (left == Body::FootLeft) angle = std::atan2(outward, -p.y() - 0.045 * size) / units::deg;
      for (const Patch& patch : patches_of(root)) {
        if (patch.body != left) continue;
        const double u = std::clamp((t - patch.from) / (patch.to - patch.from), 0.0, 1.0);
        const double begin = patch.begin_upper + u * (patch.begin_lower - patch.begin_upper);
        const double end = patch.end_upper + u * (patch.end_lower - patch.end_upper);
        double around = 0.0;
        for (const double turn : {-360.0, 0.0, 360.0})
          around = std::max(around, within(angle + turn, begin, end, kSoftAround));
        here = std::max(here, around * within(t, patch.from, patch.to, kSoftAlong));
      }
    }
    share += static_cast<double>(carriers.weights[k]) * here;
  }
  // Where the skin of both thighs meets, each side ends at the midline.
  constexpr double kSoftMidline = 0.01;
  return std::min(1.0, share) * within(side_sign(side) * place.z(), kSoftMidline, 1.0, kSoftMidline);
}

Shape dermatome_shape(const Subject& subject, const Skin& skin, const TriangleMesh& posed, Root root, Side side,
                      const Colour& colour) {
  constexpr double kOutside = 0.0015;  // of the skin, so that the two do not fight for the pixel [m]
  constexpr double kSeen = 0.02;
  Shape shape{.name = fmt::format("dermatome {} {}", name(root), name(side)), .material = Material::Dermatome};
  std::vector<double> shares(posed.vertices.size());
  for (std::size_t i = 0; i < shares.size(); ++i) shares[i] = dermatome_share(subject, skin, i, root, side);
  std::vector<int> place(posed.vertices.size(), -1);
  TriangleMesh mesh;
  const auto opaque = static_cast<float>(finish(Material::Dermatome).opacity);
  for (const auto& triangle : posed.triangles) {
    if (std::all_of(triangle.begin(), triangle.end(),
                    [&](int v) { return shares[static_cast<std::size_t>(v)] < kSeen; }))
      continue;
    std::array<int, 3> kept{};
    for (std::size_t k = 0; k < 3; ++k) {
      const auto v = static_cast<std::size_t>(triangle[k]);
      if (place[v] < 0) {
        place[v] = static_cast<int>(mesh.vertices.size());
        mesh.vertices.push_back(posed.vertices[v] + kOutside * posed.normals[v]);
        mesh.normals.push_back(posed.normals[v]);
        shape.colours.push_back(colour);
        shape.opacities.push_back(opaque * static_cast<float>(shares[v]));
      }
      kept[k] = place[v];
    }
    mesh.triangles.push_back(kept);
  }
  shape.mesh = shared(std::move(mesh));
  return shape;
}

}  // namespace foramen::scene
