// What joints carry: closed solutions, plain sums and energy.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "tests/unit/body/synthetic_body.h"

namespace foramen {
namespace {

using testing::advanced;
using testing::make_segment;
using testing::mirrored;
using testing::mirrored_turn;
using testing::random_motion;
using testing::synthetic_body;

const Vec3 kWeightPerMass(0, -kGravity, 0);

/// A body whose only masses hang from the left shoulder: a pendulum of one rod, or of two.
Subject pendulum(double m1, double l1, double m2, double l2) {
  Subject subject = synthetic_body();
  for (Segment& s : subject.segments) {
    s.mass = 0;
    s.inertia_B.setZero();
  }
  const auto rod = [](Body parent, const Vec3& joint, double m, double l) {
    const double k = l / std::sqrt(12.0);
    return make_segment(parent, testing::at(joint), {}, m, {0, -0.5 * l, 0}, {k, 0, k}, l);
  };
  subject.segments[index(Body::UpperArmLeft)] = rod(Body::Thorax, {0, 0.28, -0.18}, m1, l1);
  subject.segments[index(Body::ForearmLeft)] = rod(Body::UpperArmLeft, {0, -l1, 0}, m2, l2);
  return subject;
}

TEST(NewtonEuler, PhysicalPendulumHasItsClosedReaction) {
  const double m = 2.3, l = 0.7;
  const Subject subject = pendulum(m, l, 0, 0.3);
  for (const double angle : {0.0, 0.5, -1.2, 2.5}) {
    for (const double rate : {0.0, 1.7, -3.0}) {
      // Swinging freely: I·α = −m·g·(l/2)·sin(angle) with I = m·l²/3.
      const double alpha = -1.5 * kGravity / l * std::sin(angle);
      TreeMotion motion;
      motion.joints[index(Body::UpperArmLeft)] = {{0, 0, angle}, {0, 0, rate}, {0, 0, alpha}};
      const Wrench w = joint_wrenches(subject, motion, {})[index(Body::UpperArmLeft)];
      const Vec3 along(std::sin(angle), -std::cos(angle), 0), across(std::cos(angle), std::sin(angle), 0);
      EXPECT_NEAR(w.moment.norm(), 0, 1e-12);
      EXPECT_NEAR(w.force.dot(along), m * kGravity * std::cos(angle) + m * rate * rate * l / 2, 1e-11);
      EXPECT_NEAR(w.force.dot(across), -m * kGravity * std::sin(angle) / 4, 1e-11);
      EXPECT_NEAR(w.force.z(), 0, 1e-13);
    }
  }
}

TEST(NewtonEuler, ConicalPendulumHasItsClosedMoment) {
  // A rod held at 35° in a body that turns steadily about the vertical.
  const double m = 1.5, l = 0.6, tilt = 0.61, omega = 4.2;
  const Subject subject = pendulum(m, l, 0, 0.3);
  TreeMotion motion;
  motion.joints[0].rate = {0, omega, 0};
  motion.pelvis_position = -place_bodies(subject, {})[index(Body::UpperArmLeft)].p;  // shoulder on the axis
  motion.joints[index(Body::UpperArmLeft)].angle = {0, 0, tilt};
  // Put the shoulder on the axis of turning: the pelvis circles around it.
  const Vec3 r = motion.pelvis_position;
  motion.pelvis_velocity = Vec3(0, omega, 0).cross(r);
  motion.pelvis_acceleration = Vec3(0, omega, 0).cross(motion.pelvis_velocity);
  const Wrench w = joint_wrenches(subject, motion, {})[index(Body::UpperArmLeft)];
  const double s = std::sin(tilt), c = std::cos(tilt);
  EXPECT_NEAR(w.force.x(), m * omega * omega * 0.5 * l * s, 1e-11);
  EXPECT_NEAR(w.force.y(), -m * kGravity, 1e-11);
  // About z: weight pulls the rod down, rotation throws it out; ∫ρω²·x·y of a rod is m·ω²·l²·s·c/3.
  EXPECT_NEAR(w.moment.z(), -m * kGravity * 0.5 * l * s + m * omega * omega * l * l * s * c / 3, 1e-11);
}

TEST(NewtonEuler, DoublePendulumObeysItsLagrangian) {
  const double m1 = 1.9, l1 = 0.31, m2 = 1.2, l2 = 0.27;
  const Subject subject = pendulum(m1, l1, m2, l2);
  const double a = 0.4, b = 0.9, va = 1.3, vb = -2.1, aa = 5.0, ab = -3.0;        // joint angles
  const double q1 = a, q2 = a + b, v1 = va, v2 = va + vb, w1 = aa, w2 = aa + ab;  // absolute angles
  TreeMotion motion;
  motion.joints[index(Body::UpperArmLeft)] = {{0, 0, a}, {0, 0, va}, {0, 0, aa}};
  motion.joints[index(Body::ForearmLeft)] = {{0, 0, b}, {0, 0, vb}, {0, 0, ab}};
  const auto wrenches = joint_wrenches(subject, motion, {});
  // Lagrange: torque on the absolute angles q1, q2 of two uniform rods; the elbow's torque is Q2, the shoulder's Q1+Q2.
  const double I1 = m1 * l1 * l1 / 3 + m2 * l1 * l1, I2 = m2 * l2 * l2 / 3, h = 0.5 * m2 * l1 * l2;
  const double d = q1 - q2;
  const double Q1 =
      I1 * w1 + h * std::cos(d) * w2 + h * std::sin(d) * v2 * v2 + (0.5 * m1 + m2) * kGravity * l1 * std::sin(q1);
  const double Q2 =
      I2 * w2 + h * std::cos(d) * w1 - h * std::sin(d) * v1 * v1 + 0.5 * m2 * kGravity * l2 * std::sin(q2);
  EXPECT_NEAR(-wrenches[index(Body::ForearmLeft)].moment.z(), Q2, 1e-11);
  EXPECT_NEAR(-wrenches[index(Body::UpperArmLeft)].moment.z(), Q1 + Q2, 1e-11);
}

bool is_above(const Subject& subject, int b, int root) {
  for (; b != root; b = index(subject.segments[b].parent)) {
    if (b == 0) return false;
  }
  return true;
}

/// Angular momentum about a fixed point [kg·m²/s] and linear momentum of `root` and all it carries, by finite
/// differences of places: nothing of Newton–Euler in it.
Wrench momentum(const Subject& subject, const TreeMotion& motion, int root, const Vec3& about) {
  const double h = 1e-4;
  const BodyPoses before = place_bodies(subject, advanced(motion, -h)), now = place_bodies(subject, motion),
                  after = place_bodies(subject, advanced(motion, h));
  Wrench sum;
  for (int b = 0; b < kBodyCount; ++b) {
    if (!is_above(subject, b, root)) continue;
    const Segment& s = subject.segments[b];
    const Vec3 p = s.mass * (after[b] * s.com_B - before[b] * s.com_B) / (2 * h);
    const Vec3 spin = vector_from_rotation(after[b].R * before[b].R.transpose()) / (2 * h);
    const Vec3 own = now[b].R * s.inertia_B * now[b].R.transpose() * spin;
    sum += {p, (now[b] * s.com_B - about).cross(p) + own};
  }
  return sum;
}

TEST(NewtonEuler, JointsCarryThePlainSumOverTheBodiesAbove) {
  const Subject subject = synthetic_body();
  for (const unsigned seed : {1u, 2u, 3u}) {
    const TreeMotion motion = random_motion(seed);
    const auto wrenches = joint_wrenches(subject, motion, {});
    const BodyPoses poses = place_bodies(subject, motion);
    for (int root = 0; root < kBodyCount; ++root) {
      const Vec3 joint = root == 0 ? poses[0].p : poses[root] * subject.segments[root].X_BJ.p;
      const double h = 1e-4;
      const Wrench later = momentum(subject, advanced(motion, h), root, joint),
                   earlier = momentum(subject, advanced(motion, -h), root, joint);
      Vec3 force = -(later.force - earlier.force) / (2 * h), moment = -(later.moment - earlier.moment) / (2 * h);
      for (int b = 0; b < kBodyCount; ++b) {
        if (!is_above(subject, b, root)) continue;
        const Segment& s = subject.segments[b];
        force += s.mass * kWeightPerMass;
        moment += (poses[b] * s.com_B - joint).cross(s.mass * kWeightPerMass);
      }
      EXPECT_LT((wrenches[root].force - force).norm(), 1e-4 * (1 + force.norm())) << "body " << root;
      EXPECT_LT((wrenches[root].moment - moment).norm(), 1e-4 * (1 + moment.norm())) << "body " << root;
    }
  }
}

TEST(NewtonEuler, StandingStillPressesWithTheWeightAbove) {
  const Subject subject = synthetic_body();
  const auto wrenches = joint_wrenches(subject, {}, {});
  EXPECT_LT((wrenches[0].force - testing::total_mass(subject) * kWeightPerMass).norm(), 1e-10);
  double above_pelvis = 0;
  for (int b = 1; b < index(Body::ThighLeft); ++b) above_pelvis += subject.segments[b].mass;
  EXPECT_LT((wrenches[index(Body::L5)].force - above_pelvis * kWeightPerMass).norm(), 1e-10);
  EXPECT_GT(wrenches[index(Body::ThighLeft)].force.norm(), 0);
  EXPECT_LT(wrenches[index(Body::ThighLeft)].force.y(), 0);  // an unsupported leg hangs from the hip
}

TEST(NewtonEuler, ExternalForceRunsDownTheChainToThePelvis) {
  const Subject subject = synthetic_body();
  const TreeMotion motion = random_motion(4);
  const ExternalForce load{Body::HandRight, {0.3, 0.2, 0.1}, {12, -95, 20}, {1, 2, -3}};
  const auto with = joint_wrenches(subject, motion, {load}), without = joint_wrenches(subject, motion, {});
  const BodyPoses poses = place_bodies(subject, motion);
  for (int b = 0; b < kBodyCount; ++b) {
    const Vec3 joint = poses[b] * subject.segments[b].X_BJ.p;
    const bool carries = is_above(subject, index(Body::HandRight), b);
    const Vec3 force = carries ? load.force_W : Vec3(Vec3::Zero());
    const Vec3 moment = carries ? Vec3(load.moment_W + (load.point_W - joint).cross(load.force_W)) : Vec3(Vec3::Zero());
    EXPECT_LT((with[b].force - without[b].force - force).norm(), 1e-10);
    EXPECT_LT((with[b].moment - without[b].moment - moment).norm(), 1e-10);
  }
}

double energy(const Subject& subject, const TreeMotion& motion) {
  const BodyMotions bodies = move_bodies(subject, motion);
  double sum = 0;
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& s = subject.segments[b];
    const Vec3 omega_B = bodies[b].pose.R.transpose() * bodies[b].angular_velocity;
    sum += 0.5 * s.mass * bodies[b].point_velocity(s.com_B).squaredNorm() + 0.5 * omega_B.dot(s.inertia_B * omega_B) +
           s.mass * kGravity * (bodies[b].pose * s.com_B).y();
  }
  return sum;
}

TEST(NewtonEuler, PowerOfTheJointsIsTheGainOfEnergy) {
  const Subject subject = synthetic_body();
  for (const unsigned seed : {11u, 12u, 13u}) {
    const TreeMotion motion = random_motion(seed);
    const auto wrenches = joint_wrenches(subject, motion, {});
    const BodyMotions bodies = move_bodies(subject, motion);
    double power = -wrenches[0].force.dot(motion.pelvis_velocity) - wrenches[0].moment.dot(bodies[0].angular_velocity);
    for (int b = 1; b < kBodyCount; ++b) {
      const Vec3 relative = bodies[b].angular_velocity - bodies[index(subject.segments[b].parent)].angular_velocity;
      power -= wrenches[b].moment.dot(relative);
    }
    const double h = 1e-5;
    const double gain = (energy(subject, advanced(motion, h)) - energy(subject, advanced(motion, -h))) / (2 * h);
    EXPECT_NEAR(power, gain, 1e-6 * (1 + std::abs(gain)));
  }
}

TEST(NewtonEuler, MirroredMotionGivesMirroredWrenches) {
  const Subject subject = synthetic_body();
  const TreeMotion motion = random_motion(21);
  const ExternalForce load{Body::HandRight, {0.3, 0.2, 0.1}, {12, -95, 20}, {1, 2, -3}};
  const ExternalForce image{Body::HandLeft, foramen::mirrored(load.point_W), foramen::mirrored(load.force_W),
                            mirrored_turn(load.moment_W)};
  const auto wrenches = joint_wrenches(subject, motion, {load});
  const auto mirror = joint_wrenches(subject, mirrored(motion), {image});
  for (int b = 0; b < kBodyCount; ++b) {
    const Wrench& w = mirror[index(mirrored(static_cast<Body>(b)))];
    EXPECT_LT((w.force - foramen::mirrored(wrenches[b].force)).norm(), 1e-11);
    EXPECT_LT((w.moment - mirrored_turn(wrenches[b].moment)).norm(), 1e-11);
  }
}

}  // namespace
}  // namespace foramen
