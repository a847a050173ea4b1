#include "sim/anatomy/context_shapes.h"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/anatomy/context_solids.h"
#include "sim/anatomy/mesh_build.h"
#include "sim/base/units.h"

namespace foramen {
namespace {

using implicit::EllipticCone;
using units::mm;

void require_positive(const char* what, double found) {
  if (!(found > 0) || !std::isfinite(found))
    throw std::invalid_argument(fmt::format("context shapes: {} = {} m, must be positive", what, found));
}

/// Places points of a male hip bone, read off one in millimetres (Remus et al. 2021), into a pelvis of given size: the
/// hip joint lies where it is given and the crests have the given width.
class PelvisMap {
 public:
  explicit PelvisMap(const PelvisSize& size) : size_(size) {
    scale_ = -size.hip_centre.y() / -kHip.y();
    hip_scale_ = size.hip_centre.z() / kHip.z();
    crest_scale_ = size.width > 0 ? 0.5 * size.width / kCrestLateral : hip_scale_;
  }

  [[nodiscard]] Vec3 operator()(double x, double y, double z) const {
    const double down = std::clamp(y / kHip.y(), 0.0, 1.0);  // 0 at the endplate's height, 1 at the hip
    const double shift = size_.hip_centre.x() - scale_ * kHip.x();
    return {scale_ * x + shift * down, scale_ * y, z * (crest_scale_ + (hip_scale_ - crest_scale_) * down)};
  }
  [[nodiscard]] double length(double millimetres) const { return scale_ * millimetres; }

 private:
  static inline const Vec3 kHip{17, -97, 88};
  static constexpr double kCrestLateral = 141;
  PelvisSize size_;
  double scale_, hip_scale_, crest_scale_;
};

void add_ilium(DrawnSolid& bone, const PelvisMap& at) {
  // From the front spine over the crest to the hind spine, and where the blade below each point springs from.
  const std::vector<Vec3> crest{at(57, -19, 127), at(44, 2, 137),  at(20, 28, 130), at(-12, 46, 108),
                                at(-42, 40, 78),  at(-63, 14, 53), at(-70, -18, 38)};
  const std::vector<Vec3> root{at(32, -62, 100), at(24, -58, 95),  at(14, -56, 90), at(4, -56, 84),
                               at(-6, -56, 78),  at(-14, -52, 70), at(-24, -46, 62)};
  for (std::size_t i = 0; i < crest.size(); ++i) {
    const Vec3 along = crest[std::min(i + 1, crest.size() - 1)] - crest[i > 0 ? i - 1 : 0];
    if (i + 1 < crest.size()) bone.rod(crest[i], crest[i + 1], at.length(4), at.length(4));
    const bool at_sacrum = i >= 4;  // the blade is thick where it bears the sacrum
    bone.add(EllipticCone::between(root[i], crest[i], along, at.length(1) * Vec2(15, at_sacrum ? 10 : 7),
                                   at.length(1) * Vec2(22, at_sacrum ? 6 : 4.5)));
  }
  bone.rod(crest.front(), at(47, -58, 108), at.length(5), at.length(6));      // between the two front spines
  bone.rod(at(24, -72, 92), at(46, -60, 107), at.length(11), at.length(6));   // lower front spine
  bone.rod(at(-34, -30, 58), at(-62, -42, 43), at.length(12), at.length(8));  // to the hind lower spine
  bone.rod(at(-60, 0, 50), at(-64, -40, 42), at.length(10), at.length(8));
  bone.rod(at(12, -50, 90), at(3, -98, 80), at.length(9), at.length(19));  // column above the socket
}

void add_ischium_and_pubis(DrawnSolid& bone, const PelvisMap& at) {
  bone.rod(at(0, -105, 80), at(-24, -140, 64), at.length(17), at.length(15));  // ischium to its tuberosity
  bone.rod(at(-28, -134, 66), at(-14, -158, 50), at.length(13), at.length(12));
  bone.rod(at(-14, -92, 72), at(-36, -104, 57), at.length(9), at.length(3));  // ischial spine
  bone.rod(at(28, -90, 66), at(63, -117, 16), at.length(11), at.length(8));   // upper ramus of the pubis
  bone.add(EllipticCone::between(at(65, -118, 10), at(56, -138, 9), Vec3::UnitZ(), at.length(1) * Vec2(9, 9),
                                 at.length(1) * Vec2(7, 8)));
  bone.rod(at(55, -138, 11), at(20, -157, 38), at.length(6), at.length(6));  // lower rami
  bone.rod(at(20, -157, 38), at(-8, -163, 47), at.length(6), at.length(9));
}

void add_socket(DrawnSolid& bone, const PelvisMap& at, const Vec3& hip) {
  const Vec3 opening = Vec3(0.35, -0.5, 0.8).normalized();
  const double head = at.length(26.5);  // femoral head with cartilage
  bone.rod(hip - opening * at.length(1), hip + opening * at.length(8), at.length(32), at.length(34));
  EllipticCone rim = EllipticCone::between(hip + opening * at.length(12), hip + opening * at.length(30), Vec3::UnitX(),
                                           at.length(1) * Vec2(40, 40), at.length(1) * Vec2(40, 40), 0.5);
  rim.cap_start = rim.cap_end = at.length(7);
  bone.hole(rim);
  const Vec3 outside = hip + opening * at.length(60);
  bone.hole(EllipticCone::between(hip, outside, Vec3::UnitX(), Vec2::Constant(head), Vec2::Constant(head)));
}

}  // namespace

TriangleMesh hip_bone(const PelvisSize& size, Side side, double spacing) {
  require_positive("spacing", spacing);
  require_positive("hip centre below the sacrum", -size.hip_centre.y());
  require_positive("hip centre to the right", size.hip_centre.z());
  const PelvisMap at(size);
  DrawnSolid bone;
  bone.blend = at.length(6);
  add_ilium(bone, at);
  add_ischium_and_pubis(bone, at);
  add_socket(bone, at, size.hip_centre);
  TriangleMesh mesh = bone.mesh(spacing);
  return side == Side::Right ? mesh : mirrored_mesh(std::move(mesh));
}

TriangleMesh femur(double length, Side side, double spacing) {
  require_positive("spacing", spacing);
  require_positive("length of the femur", length);
  constexpr double kReferenceLength = 430;  // hip to knee of a man of 1.75 m, millimetres; proportions by eye
  const double u = length / kReferenceLength;
  const auto at = [&](double x, double y, double z) { return Vec3(u * x, u * y, u * z); };
  DrawnSolid bone;
  bone.blend = u * 9;
  bone.rod(at(0, 0, 0), at(0.5, -0.5, 0.5), u * 24, u * 24);    // head
  bone.rod(at(0, -4, 6), at(-4, -30, 48), u * 15, u * 17);      // neck
  bone.rod(at(-10, -12, 60), at(-6, -45, 58), u * 12, u * 17);  // greater trochanter
  bone.rod(at(-14, -70, 36), at(-4, -76, 44), u * 8, u * 12);   // lesser trochanter
  bone.rod(at(-5, -45, 50), at(0, -380, 5), u * 15, u * 18);    // shaft
  bone.rod(at(2, -388, -8), at(2, -388, 8), u * 24, u * 24);    // flare above the knee
  for (const double z : {-23.0, 24.0})                          // condyles
    bone.add(EllipticCone::between(at(4, -398, 0.8 * z), at(-14, -408, z), Vec3::UnitZ(), u * Vec2(15, 21),
                                   u * Vec2(14, 21)));
  TriangleMesh mesh = bone.mesh(spacing);
  return side == Side::Right ? mesh : mirrored_mesh(std::move(mesh));
}

}  // namespace foramen
