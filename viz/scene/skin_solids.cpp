#include "viz/scene/skin_solids.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace foramen::scene {
namespace {

using implicit::EllipticCone;

constexpr double kReferenceStature = 1.75;  ///< the lengths below are of a person this tall [m]
/// and this heavy for it: skin then holds a body's volume at 1.05 kg/l, that of a fifth of fat (Siri 1961: fat 0.9, all
/// else 1.1 kg/l) [kg/m²].
constexpr double kReferenceIndex = 20.2;

/// Adds solids of one body, given in its frame for the reference person, in their place.
class Sculptor {
 public:
  Sculptor(DrawnSolid& solid, const Pose& X_WB, double size, double girth)
      : solid_(solid), X_(X_WB), size_(size), girth_(girth) {}

  /// A limb of round section.
  void rod(const Vec3& from, const Vec3& to, double radius_from, double radius_to) {
    // Any direction across will do, as long as it is across.
    const bool sideways = std::abs((to - from).normalized().z()) > 0.9;
    loft(from, to, sideways ? Vec3::UnitX() : Vec3::UnitZ(), Vec2::Constant(radius_from), Vec2::Constant(radius_to));
  }

  /// A loft of elliptic section with half axes (along `across`, square to it).
  void loft(const Vec3& from, const Vec3& to, const Vec3& across, const Vec2& half_from, const Vec2& half_to,
            double cap = 0.0) {
    EllipticCone cone = EllipticCone::between(X_ * (size_ * from), X_ * (size_ * to), X_.R * across,
                                              size_ * girth_ * half_from, size_ * girth_ * half_to);
    if (cap > 0.0) cone.cap_start = cone.cap_end = size_ * cap;
    solid_.add(cone);
  }

 private:
  DrawnSolid& solid_;
  Pose X_;
  double size_, girth_;
};

/// Shoulders, chest and hips differ between the sexes [ratio to the reference's].
struct Build {
  double hips = 1, chest = 1, girth = 1;
};

void trunk(Sculptor& s, const Build& build) {
  const Vec3 z = Vec3::UnitZ();
  const double h = build.hips, c = build.chest;
  s.loft({0.018, -0.090, 0}, {0.026, 0.050, 0}, z, {0.158 * h, 0.096}, {0.142 * h, 0.094}, 0.060);
  s.loft({0.026, 0.030, 0}, {0.024, 0.200, 0}, z, {0.138, 0.096}, {0.146 * c, 0.104}, 0.050);
  s.loft({0.022, 0.200, 0}, {0.004, 0.385, 0}, z, {0.146 * c, 0.106}, {0.148 * c, 0.092}, 0.060);
  s.rod({-0.006, 0.418, -0.115 * c}, {-0.006, 0.418, 0.115 * c}, 0.060, 0.060);
  s.loft({-0.008, 0.425, 0}, {0.004, 0.505, 0}, z, {0.105 * c, 0.062}, {0.060, 0.056}, 0.030);
  for (const double side : {-1.0, 1.0}) {
    s.rod({-0.036, -0.100, 0.072 * h * side}, {-0.022, -0.020, 0.065 * h * side}, 0.074, 0.062);
  }
}

void head(Sculptor& s) {
  const Vec3 z = Vec3::UnitZ();
  s.rod({0.000, -0.020, 0}, {0.010, 0.090, 0}, 0.057, 0.054);
  s.loft({0.006, 0.150, 0}, {0.012, 0.172, 0}, z, {0.076, 0.092}, {0.076, 0.090}, 0.073);
  s.loft({0.040, 0.140, 0}, {0.056, 0.066, 0}, z, {0.058, 0.046}, {0.034, 0.034}, 0.026);
  s.rod({0.096, 0.136, 0}, {0.107, 0.116, 0}, 0.009, 0.011);  // nose
}

void upper_arm(Sculptor& s) {
  s.rod({0, -0.010, 0}, {0, -0.070, 0}, 0.055, 0.053);
  s.rod({0, -0.070, 0}, {0, -0.283, 0}, 0.050, 0.040);
}

void forearm(Sculptor& s) {
  s.rod({0, 0, 0}, {0, -0.090, 0}, 0.041, 0.043);
  s.rod({0, -0.090, 0}, {0, -0.265, 0}, 0.043, 0.027);
}

void hand(Sculptor& s) {
  const Vec3 x = Vec3::UnitX();
  s.loft({0, -0.010, 0}, {0.002, -0.085, 0}, x, {0.030, 0.018}, {0.042, 0.016}, 0.014);
  s.loft({0.002, -0.090, 0}, {0.006, -0.172, 0}, x, {0.040, 0.014}, {0.030, 0.010}, 0.012);
  s.rod({0.028, -0.035, 0}, {0.056, -0.095, 0}, 0.014, 0.010);  // thumb
}

void thigh(Sculptor& s) {
  s.rod({0.002, -0.030, 0}, {-0.008, -0.180, 0}, 0.086, 0.077);
  s.rod({-0.008, -0.180, 0}, {-0.012, -0.410, 0}, 0.077, 0.056);
}

void shank(Sculptor& s) {
  s.rod({0.000, -0.005, 0}, {-0.010, -0.120, 0}, 0.055, 0.051);
  s.rod({-0.024, -0.070, 0}, {-0.030, -0.210, 0}, 0.046, 0.044);  // calf
  s.rod({-0.012, -0.120, 0}, {-0.034, -0.410, 0}, 0.050, 0.035);
}

void foot(Sculptor& s) {
  const Vec3 z = Vec3::UnitZ();
  s.rod({-0.028, -0.033, 0}, {0.010, -0.012, 0}, 0.034, 0.036);
  s.loft({0.000, -0.030, 0}, {0.125, -0.050, 0}, z, {0.034, 0.036}, {0.044, 0.017}, 0.030);
  s.loft({0.120, -0.053, 0}, {0.175, -0.056, 0}, z, {0.044, 0.015}, {0.034, 0.011}, 0.018);
}

Build build_of(const SubjectDescription& person) {
  Build build;
  if (person.sex == Sex::Female) build = {.hips = 1.06, .chest = 0.93};
  build.girth = std::sqrt(person.mass / (person.stature * person.stature) / kReferenceIndex);
  return build;
}

}  // namespace

std::vector<SkinPart> skin_parts(const Subject& subject, const BodyPoses& poses) {
  const Build build = build_of(subject.description);
  const double size = subject.description.stature / kReferenceStature;
  constexpr double kBlend = 0.022;
  std::vector<SkinPart> parts;
  const auto add = [&](Body body, Body neighbour, double softness, double girth, const auto& shape) {
    SkinPart part{.body = body, .neighbour = neighbour, .softness = softness, .solid = {}};
    part.solid.blend = kBlend * size;
    Sculptor sculptor(part.solid, poses[static_cast<std::size_t>(index(body))], size, girth);
    shape(sculptor);
    parts.push_back(std::move(part));
  };
  // Heads, hands and feet hardly grow with mass, limbs half as much as the trunk.
  const double limb = std::sqrt(build.girth);
  add(Body::Pelvis, Body::Pelvis, 0.030, build.girth, [&](Sculptor& s) { trunk(s, build); });
  add(Body::Head, Body::Pelvis, 0.020, 1.0, head);
  for (const Side side : kSides) {
    const auto of = [side](Body left) { return on_side(left, side); };
    add(of(Body::UpperArmLeft), Body::Pelvis, 0.018, limb, upper_arm);
    add(of(Body::ForearmLeft), of(Body::UpperArmLeft), 0.008, limb, forearm);
    add(of(Body::HandLeft), of(Body::ForearmLeft), 0.006, 1.0, hand);
    add(of(Body::ThighLeft), Body::Pelvis, 0.026, limb, thigh);
    add(of(Body::ShankLeft), of(Body::ThighLeft), 0.010, limb, shank);
    add(of(Body::FootLeft), of(Body::ShankLeft), 0.008, 1.0, foot);
  }
  return parts;
}

TriangleMesh united_mesh(const std::vector<SkinPart>& parts, double spacing) {
  DrawnSolid all;
  for (const SkinPart& part : parts) {
    all.blend = part.solid.blend;
    all.pieces.insert(all.pieces.end(), part.solid.pieces.begin(), part.solid.pieces.end());
  }
  return all.mesh(spacing);
}

}  // namespace foramen::scene
