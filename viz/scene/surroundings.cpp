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

const Pose& at(const Instant& instant, Body body) {
  return instant.poses[static_cast<std::size_t>(index(body))];
}

/// Corners of a box round all segments' origins in all instants [m].
std::pair<Vec3, Vec3> extent(std::span<const Instant> course) {
  Vec3 low = Vec3::Constant(1e3), high = Vec3::Constant(-1e3);
  for (const Instant& instant : course) {
    for (const Pose& pose : instant.poses) {
      low = low.cwiseMin(pose.p);
      high = high.cwiseMax(pose.p);
    }
  }
  return {low, high};
}

/// The first instant in which such a place carries something; nullptr: none.
const Instant* first_on(std::span<const Instant> course, SupportPlace place) {
  const auto found = std::find_if(course.begin(), course.end(), [place](const Instant& instant) {
    return std::any_of(instant.supports.begin(), instant.supports.end(), [place](const SupportReaction& one) {
      return one.place == place && one.force_W.norm() > kFelt;
    });
  });
  return found == course.end() ? nullptr : &*found;
}

void add_box(Drawing& drawing, std::string name, Material material, const Vec3& low, const Vec3& high,
             const Pose& place = {}) {
  drawing.shapes.push_back({std::move(name), material, shared(box_mesh(low, high)), {}, place});
}

void add_floor(Drawing& drawing, std::span<const Instant> course) {
  constexpr double kThick = 0.012, kMargin = 0.45, kHalfWidth = 0.62;
  const auto [low, high] = extent(course);
  add_box(drawing, "floor", Material::Floor, {low.x() - kMargin, -kThick, -kHalfWidth},
          {high.x() + kMargin, 0.0, kHalfWidth});
}

void add_bed(Drawing& drawing, std::span<const Instant> course) {
  constexpr double kMattress = 0.14, kSheet = 0.02, kMargin = 0.30, kHalfWidth = 0.45, kLegs = 0.30, kLeg = 0.05;
  const auto [low, high] = extent(course);
  const double from = low.x() - kMargin, to = high.x() + kMargin;
  add_box(drawing, "bed", Material::Furniture, {from, -kMattress, -kHalfWidth}, {to, -kSheet, kHalfWidth});
  // Pale, so that a translucent body is seen to lie on it.
  add_box(drawing, "sheet", Material::Floor, {from, -kSheet, -kHalfWidth}, {to, 0.0, kHalfWidth});
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

/// The buttocks' bones lie lowest; the cushion's soft rim is not drawn. 0 without a seat [m].
double seat_height(const Instant& sitting) {
  double height = 1e3;
  for (const SupportReaction& one : sitting.supports) {
    if (one.place == SupportPlace::Seat) height = std::min(height, one.point_W.y());
  }
  return height < 1e3 ? height : 0.0;
}

void add_seat(Drawing& drawing, const Instant& sitting) {
  constexpr double kThick = 0.06, kHalfWidth = 0.24, kBehind = 0.14, kLeg = 0.022;
  constexpr double kLowest = 0.12;  // below, the floor itself is the seat [m]
  const double height = seat_height(sitting);
  if (height < kLowest) return;
  const Vec3 pelvis = at(sitting, Body::Pelvis).p;
  const double front = 0.5 * (at(sitting, Body::ShankLeft).p.x() + at(sitting, Body::ShankRight).p.x()) - 0.09;
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

/// A slab behind the trunk, from the seat to above the highest place where it is pushed forward.
void add_backrest(Drawing& drawing, const Instant& leaning) {
  constexpr double kThick = 0.05, kHalfWidth = 0.22, kAbove = 0.16;
  std::vector<Vec3> places;
  for (const SupportReaction& one : leaning.supports) {
    if (one.place == SupportPlace::Backrest) places.push_back(one.point_W);
  }
  const auto by_height = [](const Vec3& a, const Vec3& b) { return a.y() < b.y(); };
  Vec3 low = *std::min_element(places.begin(), places.end(), by_height);
  Vec3 high = *std::max_element(places.begin(), places.end(), by_height);
  low.z() = high.z() = 0.0;
  Vec3 up = high - low;
  if (up.norm() < 0.05) up = at(leaning, Body::Thorax).R.col(1);
  up.normalize();
  Pose place;
  place.R.col(1) = up;
  place.R.col(2) = Vec3::UnitZ();
  place.R.col(0) = up.cross(Vec3::UnitZ()).normalized();
  place.p = low;
  const double down = std::max(0.0, low.y() - seat_height(leaning)) / std::max(0.3, up.y());
  add_box(drawing, "backrest", Material::Furniture, {-kThick, -down, -kHalfWidth},
          {0.0, (high - low).norm() + kAbove, kHalfWidth}, place);
}

/// Where a hand grips: the middle of its palm.
Vec3 grip(const Instant& instant, Side side) {
  constexpr double kPalm = 0.065;  // below the wrist [m]
  return at(instant, on_side(Body::HandLeft, side)) * Vec3(0.0, -kPalm, 0.0);
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

/// A load as a box about the middle of the grips.
struct HeldBox {
  Vec3 low = Vec3::Zero(), high = Vec3::Zero(), middle = Vec3::Zero();
};

constexpr double kHandle = 0.05;  ///< of a box, below its upper edge [m]

/// How high a box is: one that is gripped low stands on the floor, others are of a common size.
double box_height(const Instant* taken_up, const HandLoad& load) {
  constexpr double kUsual = 0.25, kLeast = 0.15, kMost = 0.40;
  if (!taken_up) return kUsual;
  const std::vector<Side> sides = holding_sides(load.hands);
  double height = kHandle;
  for (const Side side : sides) height += grip(*taken_up, side).y() / static_cast<double>(sides.size());
  return height > kMost ? kUsual : std::max(kLeast, height);
}

HeldBox held_box(const Instant& instant, const HandLoad& load, double box_height) {
  constexpr double kBoxDepth = 0.32, kBoxWidth = 0.40, kHalfHand = 0.028;
  HeldBox box;
  const std::vector<Side> sides = holding_sides(load.hands);
  for (const Side side : sides) box.middle += grip(instant, side) / static_cast<double>(sides.size());
  if (load.kind == LoadKind::Box) {
    double half = 0.5 * kBoxWidth;
    if (sides.size() == 2)
      half = 0.5 * std::abs((grip(instant, Side::Right) - grip(instant, Side::Left)).z()) - kHalfHand;
    half = std::max(half, 0.10);
    box.low = {-0.5 * kBoxDepth, kHandle - box_height, -half};
    box.high = {0.5 * kBoxDepth, kHandle, half};
  } else if (load.kind == LoadKind::Bag) {
    box.low = {-0.17, -0.36, -0.07};
    box.high = {0.17, -0.03, 0.07};
  } else {
    box.low = {-0.05, -0.14, -0.05};
    box.high = {0.05, -0.04, 0.05};
  }
  return box;
}

/// What a load stands on above the floor: a board on a post, which hides little.
void add_stand(Drawing& drawing, const std::string& name, const HeldBox& box) {
  constexpr double kLowest = 0.05, kThick = 0.025, kHalfPost = 0.02;  // [m]
  const double top = box.middle.y() + box.low.y();
  if (top < kLowest) return;
  const Vec3 foot(box.middle.x(), 0.0, box.middle.z());
  const auto place = [&](const Vec3& corner, double y) { return Vec3(foot + Vec3(corner.x(), y, corner.z())); };
  add_box(drawing, name, Material::Furniture, place(box.low, top - kThick), place(box.high, top));
  add_box(drawing, name + " post", Material::Furniture, foot + Vec3(-kHalfPost, 0.0, -kHalfPost),
          foot + Vec3(kHalfPost, top - kThick, kHalfPost));
}

const Instant& nearest(std::span<const Instant> course, double time) {
  return *std::min_element(course.begin(), course.end(), [time](const Instant& a, const Instant& b) {
    return std::abs(a.time - time) < std::abs(b.time - time);
  });
}

}  // namespace

void add_supports(Drawing& drawing, const Frame& frame, std::span<const Instant> course) {
  if (course.empty()) course = {&frame.instant, 1};
  if (first_on(course, SupportPlace::Bed)) return add_bed(drawing, course);
  add_floor(drawing, course);
  if (const Instant* sitting = first_on(course, SupportPlace::Seat)) add_seat(drawing, *sitting);
  if (const Instant* leaning = first_on(course, SupportPlace::Backrest)) add_backrest(drawing, *leaning);
}

void add_loads(Drawing& drawing, const Frame& frame, const std::vector<HandLoad>& loads,
               std::span<const Instant> course) {
  if (course.empty()) course = {&frame.instant, 1};
  int number = 0;
  for (const HandLoad& load : loads) {
    ++number;
    if (load.mass <= 0.0) continue;
    const bool before = frame.time<load.from, after = frame.time> load.to;
    const bool starts = load.from > course.front().time, ends = load.to < course.back().time;
    if ((before && !starts) || (after && !ends)) continue;
    const Instant &taken = nearest(course, load.from), &put = nearest(course, load.to);
    const double height = box_height(starts ? &taken : nullptr, load);
    const HeldBox box = held_box(before ? taken : after ? put : frame.instant, load, height);
    Pose place;
    place.p = box.middle;
    add_box(drawing, fmt::format("load {}", number), Material::Load, box.low, box.high, place);
    if (starts) add_stand(drawing, fmt::format("stand {}", number), held_box(taken, load, height));
    if (ends) add_stand(drawing, fmt::format("table {}", number), held_box(put, load, height));
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
