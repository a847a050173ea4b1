#include "viz/scene/limb_bones.h"

#include <fmt/core.h>

#include <array>
#include <utility>

namespace foramen::scene {
namespace {

using implicit::EllipticCone;

constexpr double kReferenceStature = 1.75;

/// Adds rods given for the reference person, on one side.
struct Carver {
  DrawnSolid& solid;
  double size = 1, side = 1;

  [[nodiscard]] Vec3 at(double x, double y, double z) const { return size * Vec3(x, y, side * z); }
  void rod(const Vec3& from, const Vec3& to, double radius_from, double radius_to) const {
    solid.rod(from, to, size * radius_from, size * radius_to);
  }
};

void skull(const Carver& c) {
  EllipticCone cranium = EllipticCone::between(c.at(0.004, 0.158, 0), c.at(0.010, 0.168, 0), Vec3::UnitZ(),
                                               c.size * Vec2(0.068, 0.084), c.size * Vec2(0.068, 0.084));
  cranium.cap_start = cranium.cap_end = c.size * 0.064;
  c.solid.add(cranium);
  c.rod(c.at(0.064, 0.130, -0.030), c.at(0.064, 0.130, 0.030), 0.024, 0.024);  // face
  c.rod(c.at(0.070, 0.112, -0.016), c.at(0.070, 0.112, 0.016), 0.020, 0.020);
  for (const double z : {-1.0, 1.0}) {
    c.rod(c.at(0.016, 0.110, 0.046 * z), c.at(0.012, 0.078, 0.044 * z), 0.008, 0.008);  // jaw
    c.rod(c.at(0.012, 0.078, 0.044 * z), c.at(0.074, 0.066, 0.010 * z), 0.008, 0.009);
    c.solid.hole(EllipticCone::between(c.at(0.070, 0.140, 0.030 * z), c.at(0.110, 0.140, 0.034 * z), Vec3::UnitY(),
                                       c.size * Vec2(0.015, 0.017), c.size * Vec2(0.018, 0.020)));  // orbit
  }
  for (int i = 0; i < 6; ++i) {  // cervical spine
    const double y = 0.008 + 0.016 * i, x = -0.004 + 0.001 * i;
    c.rod(c.at(x, y, -0.004), c.at(x, y, 0.004), 0.011, 0.011);
    c.rod(c.at(x - 0.010, y, 0), c.at(x - 0.036, y - 0.006, 0), 0.006, 0.004);
  }
}

void shoulder_girdle(const Carver& c, const Vec3& shoulder) {
  const Vec3 top = shoulder + c.at(-0.010, 0.022, -0.004);
  c.rod(c.size * Vec3(0.078, 0.262, c.side * 0.020), top, 0.008, 0.006);  // clavicle
  const Vec3 inner = c.at(-0.078, 0.225, 0.062), lower = c.at(-0.092, 0.120, 0.078);
  c.rod(top, inner, 0.008, 0.005);  // spine of the scapula
  c.rod(inner, lower, 0.005, 0.006);
  c.rod(lower, shoulder + c.at(-0.030, -0.020, -0.020), 0.006, 0.008);
  c.rod(0.5 * (inner + lower), shoulder + c.at(-0.040, -0.010, -0.030), 0.007, 0.008);
}

void humerus(const Carver& c, double length) {
  c.rod(c.at(0, 0, 0), c.at(0, -0.010, 0), 0.021, 0.020);
  c.rod(c.at(0, -0.015, 0.002), c.at(0, -length + 0.030, 0), 0.013, 0.010);
  c.rod(c.at(0, -length + 0.008, -0.018), c.at(0, -length + 0.008, 0.018), 0.013, 0.011);
}

void forearm(const Carver& c, double length) {
  c.rod(c.at(-0.012, 0.010, -0.008), c.at(-0.006, -length + 0.004, -0.014), 0.010, 0.005);
  c.rod(c.at(0.004, -0.018, 0.012), c.at(0.004, -length + 0.006, 0.010), 0.008, 0.011);
}

void hand(const Carver& c) {
  c.rod(c.at(-0.010, -0.014, 0), c.at(0.014, -0.014, 0), 0.012, 0.012);
  for (int f = 0; f < 4; ++f) {
    const double x = -0.024 + 0.016 * f, reach = 0.150 + 0.008 * ((f == 1 || f == 2) ? 2 : f == 3 ? 1 : 0);
    c.rod(c.at(0.6 * x, -0.022, 0), c.at(x, -0.080, 0), 0.0055, 0.0055);
    c.rod(c.at(x, -0.086, 0), c.at(0.9 * x, -reach, 0.003), 0.0055, 0.0035);
  }
  c.rod(c.at(0.018, -0.024, 0), c.at(0.052, -0.090, 0), 0.0065, 0.0045);
}

void shank(const Carver& c, double length) {
  c.rod(c.at(0, -0.020, -0.018), c.at(0, -0.020, 0.018), 0.022, 0.021);
  c.rod(c.at(0.006, -0.030, -0.006), c.at(-0.014, -length + 0.040, -0.010), 0.016, 0.011);
  c.rod(c.at(-0.026, -length + 0.034, -0.012), c.at(-0.034, -length + 0.010, -0.010), 0.015, 0.016);
  c.rod(c.at(-0.020, -0.030, 0.034), c.at(-0.036, -length - 0.006, 0.022), 0.007, 0.008);  // fibula
  c.rod(c.at(0.032, 0.014, 0), c.at(0.034, -0.008, 0), 0.016, 0.014);                      // kneecap
}

void foot(const Carver& c) {
  c.rod(c.at(0.004, -0.014, 0), c.at(0.030, -0.024, 0), 0.019, 0.016);
  c.rod(c.at(-0.042, -0.044, 0), c.at(0.014, -0.032, 0.002), 0.019, 0.015);
  c.rod(c.at(0.030, -0.026, -0.010), c.at(0.066, -0.036, -0.012), 0.015, 0.013);
  c.rod(c.at(0.020, -0.040, 0.014), c.at(0.062, -0.048, 0.020), 0.012, 0.011);
  for (int t = 0; t < 5; ++t) {
    const double z = -0.022 + 0.013 * t, thick = t == 0 ? 0.008 : 0.0055;
    c.rod(c.at(0.062, -0.038 - 0.003 * t, 0.7 * z), c.at(0.126 - 0.006 * t, -0.056, z), thick, thick);
    c.rod(c.at(0.132 - 0.006 * t, -0.057, z), c.at(0.178 - 0.010 * t, -0.059, z), thick, 0.7 * thick);
  }
}

}  // namespace

std::vector<LimbBones> limb_bones(const Subject& subject) {
  std::vector<LimbBones> all;
  const auto segment = [&](Body body) -> const Segment& {
    return subject.segments[static_cast<std::size_t>(index(body))];
  };
  if (segment(Body::ThighRight).length <= 0.0) return all;
  const double size = subject.description.stature / kReferenceStature;
  const auto add = [&](std::string name, Body body, double side, const auto& shape) {
    LimbBones bones{std::move(name), body, {}};
    bones.solid.blend = 0.004 * size;
    shape(Carver{bones.solid, size, side});
    all.push_back(std::move(bones));
  };
  add("skull", Body::Head, 1.0, skull);
  for (const Side side : kSides) {
    const auto on = [&](Body left) { return on_side(left, side); };
    const auto length = [&](Body left) { return segment(on(left)).length / size; };
    const auto called = [&](const char* what) { return fmt::format("{} {}", what, name(side)); };
    const double sign = side_sign(side);
    const Vec3 shoulder = segment(on(Body::UpperArmLeft)).X_PJ.p;
    add(called("shoulder blade"), Body::Thorax, sign, [&](const Carver& c) { shoulder_girdle(c, shoulder); });
    add(called("humerus"), on(Body::UpperArmLeft), sign,
        [&](const Carver& c) { humerus(c, length(Body::UpperArmLeft)); });
    add(called("forearm bones"), on(Body::ForearmLeft), sign,
        [&](const Carver& c) { forearm(c, length(Body::ForearmLeft)); });
    add(called("hand bones"), on(Body::HandLeft), sign, hand);
    add(called("shin bones"), on(Body::ShankLeft), sign, [&](const Carver& c) { shank(c, length(Body::ShankLeft)); });
    add(called("foot bones"), on(Body::FootLeft), sign, foot);
  }
  return all;
}

}  // namespace foramen::scene
