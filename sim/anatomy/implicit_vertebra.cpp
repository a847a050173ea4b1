#include "sim/anatomy/implicit_vertebra.h"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

#include "sim/anatomy/vertebra_shape.h"

namespace foramen {
namespace {

using implicit::Jet;
using implicit::kFar;
using implicit::Point;
using implicit::smooth_max;
using implicit::smooth_min;
using implicit::united;
using implicit::value;

constexpr double kBlend = 0.0035;       ///< fillet where two pieces meet [m]; an estimate: bone has no sharp inner edge
constexpr double kGrowthBlend = 0.001;  ///< fillet of a growth [m]; small, so that its height is what was asked for
constexpr double kHoleBlend = 0.002;    ///< rounding of the edges of canal and foramina [m]

template <class T>
Point<T> at(const Vec3& p, double mirror);

template <>
Point<double> at(const Vec3& p, double mirror) {
  return {p.x(), p.y(), mirror * p.z()};
}

template <>
Point<Jet> at(const Vec3& p, double mirror) {
  return {{p.x(), 1, 0, 0}, {p.y(), 0, 1, 0}, {mirror * p.z(), 0, 0, mirror}};
}

/// The posterior parts less the canal, the foramina and the joint spaces.
template <class T>
T hollowed(const VertebraShape& shape, const T& solid, const Point<T>& p, const Point<T>& mirrored_p) {
  const double depth = value(solid);
  if (depth > kFar / 2) return solid;
  const double beyond = 3 * kHoleBlend - depth;  // holes farther off, blended with each other, cannot cut into it
  T hole = united(shape.middle_holes, nullptr, p, beyond, kHoleBlend);
  if (shape.canal) hole = smooth_min(hole, shape.canal->distance(p), kHoleBlend);
  const T sides = smooth_min(united(shape.holes, nullptr, p, beyond, kHoleBlend),
                             united(shape.holes, nullptr, mirrored_p, beyond, kHoleBlend), kHoleBlend);
  return smooth_max(solid, T(-smooth_min(hole, sides, kHoleBlend)), kHoleBlend);
}

/// Bone with the growths of a side (those of one part, if asked); `p` as seen from the right.
template <class T>
T grown(const VertebraShape& shape, Side side, const T& bone, const VertebraPart* part, const Point<T>& p) {
  const auto& pieces = shape.growths[static_cast<std::size_t>(index(side))];
  if (pieces.empty()) return bone;
  return smooth_min(bone, united(pieces, part, p, value(bone) + kGrowthBlend, kGrowthBlend), kGrowthBlend);
}

template <class T>
T healthy(const VertebraShape& shape, const Point<T>& p, const Point<T>& q) {
  const T body = shape.body ? shape.body->distance(p) : T(kFar);
  const T middle = united(shape.middle, nullptr, p, value(body) + kBlend, kBlend);
  const double beyond = std::min(value(body), value(middle)) + kBlend;
  const T sides = smooth_min(united(shape.right, nullptr, p, beyond, kBlend),
                             united(shape.right, nullptr, q, beyond, kBlend), kBlend);
  return smooth_min(body, hollowed(shape, smooth_min(middle, sides, kBlend), p, q), kBlend);
}

enum class Tissue { All, Healthy, Growths };

template <class T>
T whole(const VertebraShape& shape, const Vec3& where, Tissue tissue) {
  const Point<T> p = at<T>(where, 1.0), q = at<T>(where, -1.0);
  const T bone = tissue == Tissue::Growths ? T(kFar) : healthy(shape, p, q);
  if (tissue == Tissue::Healthy) return bone;
  return grown(shape, Side::Left, grown(shape, Side::Right, bone, nullptr, p), nullptr, q);
}

template <class T>
T single(const VertebraShape& shape, VertebraPart part, Side side, const Vec3& where) {
  const Point<T> p = at<T>(where, 1.0), q = at<T>(where, -1.0);
  if (part == VertebraPart::Body && shape.body) return shape.body->distance(p);
  const T middle = united(shape.middle, &part, p, kFar, kBlend);
  const bool both = part == VertebraPart::Lamina || part == VertebraPart::Spinous || part == VertebraPart::Body;
  T sides = T(kFar);
  if (both || side == Side::Right) sides = united(shape.right, &part, p, kFar, kBlend);
  if (both || side == Side::Left) sides = smooth_min(sides, united(shape.right, &part, q, kFar, kBlend), kBlend);
  const T bone = hollowed(shape, smooth_min(middle, sides, kBlend), p, q);
  return both ? bone : grown(shape, side, bone, &part, side == Side::Right ? p : q);
}

double with_gradient(const Jet& d, Vec3* gradient) {
  *gradient = Vec3(d.x, d.y, d.z);
  return d.v;
}

double distance_to(const VertebraShape& shape, const Vec3& p, Tissue tissue, Vec3* gradient) {
  return gradient ? with_gradient(whole<Jet>(shape, p, tissue), gradient) : whole<double>(shape, p, tissue);
}

const VertebraShape& required(const std::shared_ptr<const VertebraShape>& shape) {
  if (!shape) throw std::logic_error("ImplicitVertebra: default-constructed, there is no bone to ask for a distance");
  return *shape;
}

VertebraShape shape_of(const VertebraDimensions& dimensions, const std::vector<BoneGrowth>& growths) {
  const VertebraDimensions d = completed(dimensions);
  VertebraShape shape = d.vertebra == Vertebra::S1 ? sacrum_shape(d) : lumbar_shape(d);
  for (const BoneGrowth& g : growths) {
    implicit::EllipticCone bar =
        implicit::EllipticCone::between(g.from, g.to, g.across, g.half_from, g.half_to, g.squareness);
    bar.cap_start = g.cap_from;
    bar.cap_end = g.cap_to;
    shape.growths[static_cast<std::size_t>(index(g.side))].emplace_back(g.part, bar);
  }
  if (!growths.empty()) shape.set_bounds();
  return shape;
}

}  // namespace

ImplicitVertebra::ImplicitVertebra(const VertebraDimensions& dimensions, const std::vector<BoneGrowth>& growths)
    : shape_(std::make_shared<const VertebraShape>(shape_of(dimensions, growths))) {}

double ImplicitVertebra::distance(const Vec3& p, Vec3* gradient) const {
  return distance_to(required(shape_), p, Tissue::All, gradient);
}

double ImplicitVertebra::healthy_distance(const Vec3& p, Vec3* gradient) const {
  return distance_to(required(shape_), p, Tissue::Healthy, gradient);
}

double ImplicitVertebra::growth_distance(const Vec3& p, Vec3* gradient) const {
  return distance_to(required(shape_), p, Tissue::Growths, gradient);
}

bool ImplicitVertebra::has_growths() const {
  const VertebraShape& shape = required(shape_);
  return !shape.growths[0].empty() || !shape.growths[1].empty();
}

double ImplicitVertebra::distance(VertebraPart part, Side side, const Vec3& p, Vec3* gradient) const {
  const VertebraShape& shape = required(shape_);
  return gradient ? with_gradient(single<Jet>(shape, part, side, p), gradient) : single<double>(shape, part, side, p);
}

std::pair<Vec3, Vec3> ImplicitVertebra::bounds() const {
  const VertebraShape& shape = required(shape_);
  return {shape.lower, shape.upper};
}

}  // namespace foramen
