#pragma once

/// A mechanical stand-in for a person of 1.75 m and 75 kg: segments only, no bones, muscles or nerves. Mass fractions
/// and lengths after de Leva (1996), rounded; left and right mirror each other exactly.

#include <random>

#include "sim/body/kinematics.h"

namespace foramen::testing {

inline Segment make_segment(Body parent, const Pose& X_PJ, const Pose& X_BJ, double mass, const Vec3& com,
                            const Vec3& radii_of_gyration, double length = 0) {
  Segment segment;
  segment.parent = parent;
  segment.X_PJ = X_PJ;
  segment.X_BJ = X_BJ;
  segment.mass = mass;
  segment.com_B = com;
  segment.inertia_B = (mass * radii_of_gyration.array().square().matrix()).asDiagonal();
  segment.length = length;
  return segment;
}

inline Pose turned_z(double angle, const Vec3& p) {
  return {rotation_from_vector({0, 0, angle}), p};
}
inline Pose at(const Vec3& p) {
  return {Mat3::Identity(), p};
}

inline void add_spine(Subject& subject) {
  auto& s = subject.segments;
  s[index(Body::Pelvis)] = make_segment(Body::Pelvis, {}, {}, 8.4, {0.03, -0.08, 0}, {0.10, 0.10, 0.09});
  s[index(Body::Pelvis)].bed_contacts_B = {{-0.07, -0.06, -0.06}, {-0.07, -0.06, 0.06}};
  // Lordosis lives in the turn from one vertebra to the next; the disc frame D halves it.
  constexpr double kTurn[] = {-0.35, 0.22, 0.15, 0.10, 0.06};  // L5–S1 … L1–L2, first against the world
  for (int i = 0; i < kLevelCount; ++i) {
    const Body body = static_cast<Body>(index(Body::L5) + i);
    const Body parent = static_cast<Body>(index(body) - 1);
    const Vec3 up = i == 0 ? Vec3(0.002, 0.006, 0) : Vec3(0.001, 0.019, 0);
    const Pose X_PJ = turned_z(0.5 * kTurn[i], up);
    const Pose X_BJ = turned_z(-0.5 * kTurn[i], {0, -0.019, 0});
    s[index(body)] = make_segment(parent, X_PJ, X_BJ, 2.4, {0.05, 0, 0}, {0.09, 0.11, 0.08});
    MotionSegment& level = subject.levels[kLevelCount - 1 - i];
    level.X_LD = X_PJ * at({0.0007, 0.0003, 0});
    level.X_UD = X_BJ * at({0.0007, 0.0003, 0});
  }
  const double sum = -0.35 + 0.22 + 0.15 + 0.10 + 0.06;
  s[index(Body::Thorax)] = make_segment(Body::L1, turned_z(0, {0, 0.018, 0}), turned_z(sum, {0, 0, 0}), 12.2,
                                        {0.02, 0.17, 0}, {0.14, 0.11, 0.13}, 0.32);
  s[index(Body::Thorax)].bed_contacts_B = {{-0.10, 0.20, -0.08}, {-0.10, 0.20, 0.08}};
  s[index(Body::Head)] = make_segment(Body::Thorax, at({0.0, 0.32, 0}), {}, 5.2, {0.03, 0.13, 0}, {0.09, 0.08, 0.09});
  s[index(Body::Head)].bed_contacts_B = {{-0.10, 0.16, 0}};
}

inline void add_limbs(Subject& subject, Side side) {
  auto& s = subject.segments;
  const double z = side_sign(side);
  const auto on = [&](Body left) { return on_side(left, side); };
  const Body upper = on(Body::UpperArmLeft), forearm = on(Body::ForearmLeft), hand = on(Body::HandLeft);
  s[index(upper)] =
      make_segment(Body::Thorax, at({0.0, 0.28, 0.18 * z}), {}, 2.03, {0, -0.16, 0.005 * z}, {0.08, 0.04, 0.08}, 0.29);
  s[index(upper)].bed_contacts_B = {{-0.05, -0.2, 0}};
  s[index(forearm)] = make_segment(upper, at({0, -0.29, 0}), {}, 1.21, {0.01, -0.12, 0}, {0.07, 0.03, 0.07}, 0.26);
  s[index(forearm)].bed_contacts_B = {{-0.04, -0.15, 0}};
  s[index(hand)] = make_segment(forearm, at({0, -0.26, 0}), {}, 0.46, {0, -0.07, 0}, {0.05, 0.03, 0.05});
  const Body thigh = on(Body::ThighLeft), shank = on(Body::ShankLeft), foot = on(Body::FootLeft);
  s[index(thigh)] = make_segment(Body::Pelvis, at({0.04, -0.10, 0.085 * z}), {}, 10.6, {0, -0.17, 0.004 * z},
                                 {0.14, 0.06, 0.14}, 0.42);
  s[index(thigh)].bed_contacts_B = {{-0.08, -0.22, 0}};
  s[index(shank)] = make_segment(thigh, at({0, -0.42, 0}), {}, 3.25, {0, -0.19, 0}, {0.11, 0.04, 0.11}, 0.43);
  s[index(shank)].bed_contacts_B = {{-0.06, -0.15, 0}};
  s[index(foot)] = make_segment(shank, at({0, -0.43, 0}), {}, 1.03, {0.06, -0.04, 0.003 * z}, {0.03, 0.06, 0.06});
  s[index(foot)].bed_contacts_B = {{-0.06, -0.03, 0}};
  s[index(foot)].sole_B = {{-0.065, -0.07, 0}, {0.12, -0.07, 0}, {0.195, -0.07, 0}};
}

inline Subject synthetic_body() {
  Subject subject;
  subject.description.stature = 1.75;
  subject.description.mass = 75;
  add_spine(subject);
  add_limbs(subject, Side::Left);
  add_limbs(subject, Side::Right);
  return subject;
}

inline double total_mass(const Subject& subject) {
  double mass = 0;
  for (const Segment& segment : subject.segments) mass += segment.mass;
  return mass;
}

inline Vec3 random_vector(std::mt19937& generator, double size) {
  std::uniform_real_distribution<double> uniform(-size, size);
  const double x = uniform(generator), y = uniform(generator), z = uniform(generator);
  return {x, y, z};
}

/// Every joint turned, turning and accelerating about all three axes.
inline TreeMotion random_motion(unsigned seed) {
  std::mt19937 generator(seed);
  TreeMotion motion;
  for (JointMotion& joint : motion.joints) {
    joint = {random_vector(generator, 0.6), random_vector(generator, 2), random_vector(generator, 9)};
  }
  motion.pelvis_position = random_vector(generator, 1);
  motion.pelvis_velocity = random_vector(generator, 1);
  motion.pelvis_acceleration = random_vector(generator, 4);
  return motion;
}

/// The motion a time `h` later, accelerations held constant.
inline TreeMotion advanced(const TreeMotion& motion, double h) {
  TreeMotion next = motion;
  const auto step = [h](Vec3& x, Vec3& v, const Vec3& a) {
    x += h * v + 0.5 * h * h * a;
    v += h * a;
  };
  for (JointMotion& joint : next.joints) step(joint.angle, joint.rate, joint.acceleration);
  step(next.pelvis_position, next.pelvis_velocity, next.pelvis_acceleration);
  return next;
}

/// Left and right exchanged in the sagittal plane.
inline Body mirrored(Body body) {
  const int b = index(body), arm = index(Body::UpperArmLeft), leg = index(Body::ThighLeft);
  if (b < arm) return body;
  return static_cast<Body>(b < leg ? arm + (b - arm + 3) % 6 : leg + (b - leg + 3) % 6);
}
inline Vec3 mirrored_turn(const Vec3& v) {
  return {-v.x(), -v.y(), v.z()};
}
inline TreeMotion mirrored(const TreeMotion& motion) {
  TreeMotion image = motion;
  for (int b = 0; b < kBodyCount; ++b) {
    const JointMotion& joint = motion.joints[b];
    image.joints[index(mirrored(static_cast<Body>(b)))] = {mirrored_turn(joint.angle), mirrored_turn(joint.rate),
                                                           mirrored_turn(joint.acceleration)};
  }
  image.pelvis_position = foramen::mirrored(motion.pelvis_position);
  image.pelvis_velocity = foramen::mirrored(motion.pelvis_velocity);
  image.pelvis_acceleration = foramen::mirrored(motion.pelvis_acceleration);
  return image;
}

}  // namespace foramen::testing
