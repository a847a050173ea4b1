#include "viz/scene/surroundings.h"

#include <fmt/core.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/anatomy/lofted_mesh.h"
#include "sim/motion/handled_load.h"
#include "viz/scene/mesh_tools.h"

namespace foramen::scene {
namespace {

constexpr double kFelt = 3.0;  ///< forces below this are not pointed out [N]

bool is_hand(Body b) {
  return b == Body::HandLeft || b == Body::HandRight;
}
bool is_thigh(Body b) {
  return b == Body::ThighLeft || b == Body::ThighRight;
}
bool is_trunk(Body b) {
  return b == Body::Thorax || (b >= Body::L5 && b <= Body::L1);
}

const Pose& at(const Frame& frame, Body body) {
  return frame.instant.poses[static_cast<std::size_t>(index(body))];
}

bool is_lying(const Frame& frame) {
  constexpr double kUpright = 0.35;  // cosine of the trunk's lean from where the knees or a bed must carry it
  return std::abs(at(frame, Body::Thorax).R(1, 1)) < kUpright && at(frame, Body::Pelvis).p.y() < 0.30;
}

/// Corners of a box round all segments' origins [m].
std::pair<Vec3, Vec3> extent(const Frame& frame) {
  Vec3 low = Vec3::Constant(1e3), high = Vec3::Constant(-1e3);
  for (const Pose& pose : frame.instant.poses) {
    low = low.cwiseMin(pose.p);
    high = high.cwiseMax(pose.p);
  }
  return {low, high};
}

void add_box(Drawing& drawing, std::string name, Material material, const Vec3& low, const Vec3& high,
             const Pose& place = {}) {
  drawing.shapes.push_back({std::move(name), material, shared(box_mesh(low, high)), {}, place});
}

void add_floor(Drawing& drawing, const Frame& frame) {
  constexpr double kThick = 0.012, kMargin = 0.45, kHalfWidth = 0.62;
  const auto [low, high] = extent(frame);
  add_box(drawing, "floor", Material::Floor, {low.x() - kMargin, -kThick, -kHalfWidth},
          {high.x() + kMargin, 0.0, kHalfWidth});
}

void add_bed(Drawing& drawing, const Frame& frame) {
  constexpr double kMattress = 0.14, kMargin = 0.30, kHalfWidth = 0.45, kLegs = 0.30, kLeg = 0.05;
  const auto [low, high] = extent(frame);
  const double from = low.x() - kMargin, to = high.x() + kMargin;
  add_box(drawing, "bed", Material::Furniture, {from, -kMattress, -kHalfWidth}, {to, 0.0, kHalfWidth});
  int leg = 0;
  for (const double x : {from + kLeg, to - 2 * kLeg}) {
    for (const double z : {-kHalfWidth + kLeg, kHalfWidth - 2 * kLeg}) {
      add_box(drawing, fmt::format("bed leg {}", ++leg), Material::Furniture, {x, -kMattress - kLegs, z},
              {x + kLeg, -kMattress, z + kLeg});
    }
  }
  add_box(drawing, "floor", Material::Floor, {from - 0.2, -kMattress - kLegs - 0.012, -kHalfWidth - 0.2},
          {to + 0.2, -kMattress - kLegs, kHalfWidth + 0.2});
}

/// The seat's height, where pelvis and thighs are pushed up; nothing where they are not.
std::optional<double> seat_height(const Frame& frame) {
  double weight = 0.0, height = 0.0;
  for (const ExternalForce& one : frame.instant.external) {
    if (one.body != Body::Pelvis && !is_thigh(one.body)) continue;
    if (one.force_W.y() < kFelt) continue;
    weight += one.force_W.y();
    height += one.force_W.y() * one.point_W.y();
  }
  if (weight <= 0.0) return std::nullopt;
  return height / weight;
}

void add_seat(Drawing& drawing, const Frame& frame, double height) {
  constexpr double kThick = 0.06, kHalfWidth = 0.24, kBehind = 0.14, kLeg = 0.022;
  const Vec3 pelvis = at(frame, Body::Pelvis).p;
  const double front = 0.5 * (at(frame, Body::ShankLeft).p.x() + at(frame, Body::ShankRight).p.x()) - 0.09;
  const double back = pelvis.x() - kBehind;
  const double to = std::max(front, back + 0.35);
  add_box(drawing, "seat", Material::Furniture, {back, height - kThick, -kHalfWidth}, {to, height, kHalfWidth});
  int leg = 0;
  for (const double x : {back + kLeg, to - 3 * kLeg}) {
    for (const double z : {-kHalfWidth + kLeg, kHalfWidth - 3 * kLeg}) {
      add_box(drawing, fmt::format("seat leg {}", ++leg), Material::Furniture, {x, 0.0, z},
              {x + 2 * kLeg, height - kThick, z + 2 * kLeg});
    }
  }
}

/// A slab behind the trunk through the lowest and the highest place where it is pushed forward.
void add_backrest(Drawing& drawing, const Frame& frame) {
  constexpr double kThick = 0.05, kHalfWidth = 0.22, kBeyond = 0.10;
  std::vector<Vec3> places;
  for (const ExternalForce& one : frame.instant.external) {
    if ((is_trunk(one.body) || one.body == Body::Pelvis) && one.force_W.x() > kFelt &&
        one.force_W.x() > 0.4 * std::abs(one.force_W.y())) {
      places.push_back(one.point_W);
    }
  }
  if (places.empty()) return;
  const auto by_height = [](const Vec3& a, const Vec3& b) { return a.y() < b.y(); };
  Vec3 low = *std::min_element(places.begin(), places.end(), by_height);
  Vec3 high = *std::max_element(places.begin(), places.end(), by_height);
  low.z() = high.z() = 0.0;
  Vec3 up = high - low;
  if (up.norm() < 0.05) up = at(frame, Body::Thorax).R.col(1);
  up.normalize();
  Pose place;
  place.R.col(1) = up;
  place.R.col(2) = Vec3::UnitZ();
  place.R.col(0) = up.cross(Vec3::UnitZ()).normalized();
  place.p = low;
  add_box(drawing, "backrest", Material::Furniture, {-kThick, -kBeyond, -kHalfWidth},
          {0.0, (high - low).norm() + kBeyond, kHalfWidth}, place);
}

/// Where a hand grips: the middle of its palm.
Vec3 grip(const Frame& frame, Side side) {
  constexpr double kPalm = 0.065;  // below the wrist [m]
  return at(frame, on_side(Body::HandLeft, side)) * Vec3(0.0, -kPalm, 0.0);
}

/// A closed arrow from `from` to `to`.
TriangleMesh arrow(const Vec3& from, const Vec3& to) {
  constexpr double kShaft = 0.007, kHead = 0.019, kHeadLength = 0.050;
  constexpr int kSides = 16;
  const Vec3 along = (to - from).normalized();
  const Vec3 u = along.unitOrthogonal(), v = along.cross(u);
  const double length = (to - from).norm(), neck = std::max(0.2 * length, length - kHeadLength);
  std::vector<Ring> rings;
  const std::array<std::pair<double, double>, 4> profile{
      {{0.0, kShaft}, {neck, kShaft}, {neck, kHead}, {length, 1e-4}}};
  for (const auto& [place, radius] : profile) {
    Ring ring;
    for (int k = 0; k < kSides; ++k) {
      const double angle = 2.0 * kPi * k / kSides;
      ring.push_back(from + place * along + radius * (std::cos(angle) * u + std::sin(angle) * v));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings);
}

}  // namespace

void add_supports(Drawing& drawing, const Frame& frame) {
  if (is_lying(frame)) return add_bed(drawing, frame);
  add_floor(drawing, frame);
  const std::optional<double> height = seat_height(frame);
  constexpr double kLowest = 0.12;  // below, the floor itself is the seat [m]
  if (height && *height > kLowest) add_seat(drawing, frame, *height);
  add_backrest(drawing, frame);
}

void add_loads(Drawing& drawing, const Frame& frame, const std::vector<HandLoad>& loads) {
  constexpr double kBoxHeight = 0.25, kBoxDepth = 0.32, kBoxWidth = 0.40, kHandle = 0.05, kHalfHand = 0.028;
  int number = 0;
  for (const HandLoad& load : loads) {
    ++number;
    if (frame.instant.hand_load_mass <= 0.0 || load.mass <= 0.0 || frame.time < load.from || frame.time > load.to)
      continue;
    Vec3 middle = Vec3::Zero();
    const std::vector<Side> sides = holding_sides(load.hands);
    for (const Side side : sides) middle += grip(frame, side) / static_cast<double>(sides.size());
    Vec3 low, high;
    if (load.kind == LoadKind::Box) {
      double half = 0.5 * kBoxWidth;
      if (sides.size() == 2)
        half = 0.5 * std::abs((grip(frame, Side::Right) - grip(frame, Side::Left)).z()) - kHalfHand;
      half = std::max(half, 0.10);
      low = {-0.5 * kBoxDepth, kHandle - kBoxHeight, -half};
      high = {0.5 * kBoxDepth, kHandle, half};
    } else if (load.kind == LoadKind::Bag) {
      low = {-0.17, -0.36, -0.07};
      high = {0.17, -0.03, 0.07};
    } else {
      low = {-0.05, -0.14, -0.05};
      high = {0.05, -0.04, 0.05};
    }
    Pose place;
    place.p = middle;
    add_box(drawing, fmt::format("load {}", number), Material::Load, low, high, place);
  }
}

void add_forces(Drawing& drawing, const Frame& frame) {
  constexpr double kMetresPerNewton = 0.45e-3, kShortest = 0.06;
  struct Sum {
    Vec3 force = Vec3::Zero(), place = Vec3::Zero();
    double weight = 0.0;
  };
  std::array<Sum, kBodyCount> sums;
  for (const ExternalForce& one : frame.instant.external) {
    Sum& sum = sums[static_cast<std::size_t>(index(one.body))];
    const double size = one.force_W.norm();
    sum.force += one.force_W;
    sum.place += size * one.point_W;
    sum.weight += size;
  }
  for (int b = 0; b < kBodyCount; ++b) {
    const Sum& sum = sums[static_cast<std::size_t>(b)];
    const double size = sum.force.norm();
    if (size < kFelt) continue;
    const Vec3 place = sum.place / sum.weight;
    const Vec3 reach = std::max(kShortest, kMetresPerNewton * size) * sum.force / size;
    // A push ends at its place; what hangs on a hand begins there.
    const bool hangs = is_hand(static_cast<Body>(b)) && sum.force.y() < 0.0;
    const Vec3 from = hangs ? place : Vec3(place - reach), to = hangs ? Vec3(place + reach) : place;
    drawing.shapes.push_back(
        {fmt::format("force on {}", name(static_cast<Body>(b))), Material::Arrow, shared(arrow(from, to)), {}, Pose{}});
    drawing.labels.push_back({.text = fmt::format("{:.0f} N", size),
                              .anchor_W = hangs ? to : from,
                              .beside_W = 0.03 * Vec3::UnitX(),
                              .clear_across = 0.03,
                              .finding = false});
  }
}

}  // namespace foramen::scene
