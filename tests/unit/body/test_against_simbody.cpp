// Net loads against Simbody (Sherman, Seth and Delp 2011), an independent multibody code: random trees in random
// motion.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>
#include <random>

#include "tests/unit/body/simbody_tree.h"
#include "tests/unit/body/synthetic_body.h"

namespace foramen {
namespace {

#ifndef FORAMEN_HAS_SIMBODY

TEST(AgainstSimbody, NetLoadsOfRandomTrees) {
  GTEST_SKIP() << "libsimbody-dev is not installed: net loads were not compared with Simbody";
}

#else

using testing::random_vector;

/// A tree of random bodies on random parents.
Subject random_tree(std::mt19937& generator) {
  Subject subject = testing::synthetic_body();
  std::uniform_real_distribution<double> mass(0.3, 12);
  for (int b = 0; b < kBodyCount; ++b) {
    Segment& segment = subject.segments[b];
    segment.parent = b == 0 ? Body::Pelvis : static_cast<Body>(generator() % static_cast<unsigned>(b));
    if (b > 0) {
      segment.X_PJ = {rotation_from_vector(random_vector(generator, 1)), random_vector(generator, 0.3)};
      segment.X_BJ = {rotation_from_vector(random_vector(generator, 1)), random_vector(generator, 0.2)};
    }
    segment.mass = mass(generator);
    segment.com_B = random_vector(generator, 0.2);
    // The inertia of three rods along random axes is one a body can have.
    const Mat3 R = rotation_from_vector(random_vector(generator, 1));
    const Vec3 rods = segment.mass * (Vec3(0.02, 0.03, 0.025) + random_vector(generator, 0.01));
    segment.inertia_B =
        R * Vec3(rods.y() + rods.z(), rods.x() + rods.z(), rods.x() + rods.y()).asDiagonal() * R.transpose();
  }
  return subject;
}

std::vector<testing::PlainBody> plain(const Subject& subject, const TreeMotion& motion) {
  const auto frame = [](const Pose& X) { return testing::PlainFrame{X.R, X.p}; };
  std::vector<testing::PlainBody> bodies;
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& s = subject.segments[b];
    const JointMotion& joint = motion.joints[b];
    bodies.push_back({index(s.parent), frame(s.X_PJ), frame(s.X_BJ), s.mass, s.com_B, s.inertia_B, joint.angle,
                      joint.rate, joint.acceleration});
  }
  return bodies;
}

TEST(AgainstSimbody, NetLoadsOfRandomTrees) {
  std::mt19937 generator(11);
  for (unsigned trial = 0; trial < 20; ++trial) {
    const Subject subject = random_tree(generator);
    const TreeMotion motion = testing::random_motion(trial);
    const BodyPoses poses = place_bodies(subject, motion);
    std::vector<ExternalForce> external;
    for (int i = 0; i < 6; ++i) {
      const auto body = static_cast<Body>(generator() % kBodyCount);
      external.push_back({body, poses[index(body)] * random_vector(generator, 0.2), random_vector(generator, 300),
                          random_vector(generator, 20)});
    }
    const auto wrenches = joint_wrenches(subject, motion, external);
    std::vector<testing::PlainForce> forces;
    for (const ExternalForce& e : external) forces.push_back({index(e.body), e.point_W, e.force_W, e.moment_W});
    const auto needed = testing::needed_in_simbody(
        plain(subject, motion), {motion.pelvis_position, motion.pelvis_velocity, motion.pelvis_acceleration}, forces,
        kGravity);
    for (int b = 0; b < kBodyCount; ++b) {
      const Segment& s = subject.segments[b];
      const Mat3 R_WJ = b == 0 ? Mat3(Mat3::Identity()) : Mat3(poses[index(s.parent)].R * s.X_PJ.R);
      const Vec3& angle = motion.joints[b].angle;
      const Mat3 turned_z = rotation_from_vector({0, 0, angle.z()});
      const Vec3 axes[] = {Vec3::UnitZ(), turned_z * Vec3::UnitX(),
                           turned_z * rotation_from_vector({angle.x(), 0, 0}) * Vec3::UnitY()};
      // What the body exerts on its parent is the opposite of what drives it.
      const double size = 1 + wrenches[b].moment.norm();
      for (int k = 0; k < 3; ++k) {
        EXPECT_NEAR(needed[static_cast<std::size_t>(b)][k], -wrenches[b].moment.dot(R_WJ * axes[k]), 1e-9 * size)
            << "tree " << trial << ", body " << b << ", axis " << k;
      }
      if (b > 0) continue;
      for (int k = 0; k < 3; ++k) {
        EXPECT_NEAR(needed[0][3 + k], -wrenches[0].force[(k + 2) % 3], 1e-9 * wrenches[0].force.norm());
      }
    }
  }
}

#endif

}  // namespace
}  // namespace foramen
