// Net loads against Simbody (Sherman, Seth and Delp 2011), an independent multibody code: random trees in random
// motion.

#include <gtest/gtest.h>

#ifdef FORAMEN_HAS_SIMBODY
#include <Simbody.h>
#endif

#include <Eigen/Geometry>
#include <cmath>
#include <random>

#include "tests/unit/body/synthetic_body.h"

namespace foramen {
namespace {

#ifndef FORAMEN_HAS_SIMBODY

TEST(AgainstSimbody, NetLoadsOfRandomTrees) {
  GTEST_SKIP() << "libsimbody-dev is not installed: net loads were not compared with Simbody";
}

#else

using testing::random_vector;

SimTK::Vec3 sim(const Vec3& v) {
  return {v.x(), v.y(), v.z()};
}
Vec3 ours(const SimTK::Vec3& v) {
  return {v[0], v[1], v[2]};
}
SimTK::Rotation sim(const Mat3& R) {
  SimTK::Mat33 m;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) m(i, j) = R(i, j);
  }
  return SimTK::Rotation(m, true);
}

/// Simbody's gimbal turns about x, y, z of the moving frame; ours about z, x, y: its axes are ours, renamed.
const Mat3 kRenamed = (Mat3() << 0, 1, 0, 0, 0, 1, 1, 0, 0).finished();

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

/// The tree built in Simbody.
class SimbodyTree {
 public:
  explicit SimbodyTree(const Subject& subject) : subject_(subject), matter_(system_) {
    for (int b = 0; b < kBodyCount; ++b) {
      const Segment& s = subject.segments[b];
      const Mat3& I = s.inertia_B;
      const SimTK::Inertia central(SimTK::Vec3(I(0, 0), I(1, 1), I(2, 2)), SimTK::Vec3(I(0, 1), I(0, 2), I(1, 2)));
      const SimTK::Body::Rigid body(
          SimTK::MassProperties(s.mass, sim(s.com_B), central.shiftFromMassCenter(sim(s.com_B), s.mass)));
      if (b == 0) {
        const SimTK::Transform renamed(sim(kRenamed));
        bodies_.emplace_back(SimTK::MobilizedBody::Bushing(matter_.updGround(), renamed, body, renamed));
      } else {
        bodies_.emplace_back(SimTK::MobilizedBody::Gimbal(bodies_[static_cast<std::size_t>(index(s.parent))],
                                                          frame(s.X_PJ), body, frame(s.X_BJ)));
      }
    }
    state_ = system_.realizeTopology();
  }

  /// Generalised forces that the motion needs beyond gravity and the external forces, body by body.
  std::vector<SimTK::Vector> needed(const TreeMotion& motion, const std::vector<ExternalForce>& external) {
    SimTK::Vector accelerations(matter_.getNumMobilities());
    for (int b = 0; b < kBodyCount; ++b) {
      const JointMotion& joint = motion.joints[b];
      const auto set = [&](const Vec3& angle, const Vec3& rate, const Vec3& acceleration, int first) {
        const SimTK::MobilizedBody& body = bodies_[static_cast<std::size_t>(b)];
        for (int k = 0; k < 3; ++k) {
          body.setOneQ(state_, first + k, angle[k]);
          body.setOneU(state_, first + k, rate[k]);
          accelerations[body.getFirstUIndex(state_) + first + k] = acceleration[k];
        }
      };
      const auto renamed = [](const Vec3& v) { return Vec3(v.z(), v.x(), v.y()); };
      set(renamed(joint.angle), renamed(joint.rate), renamed(joint.acceleration), 0);
      if (b == 0) {
        set(renamed(motion.pelvis_position), renamed(motion.pelvis_velocity), renamed(motion.pelvis_acceleration), 3);
      }
    }
    system_.realize(state_, SimTK::Stage::Velocity);
    SimTK::Vector_<SimTK::SpatialVec> forces(matter_.getNumBodies(), SimTK::SpatialVec(SimTK::Vec3(0), SimTK::Vec3(0)));
    const auto apply = [&](int b, const Vec3& point_W, const Vec3& force, const Vec3& moment) {
      const SimTK::MobilizedBody& body = bodies_[static_cast<std::size_t>(b)];
      const Vec3 arm = point_W - ours(body.getBodyOriginLocation(state_));
      forces[body.getMobilizedBodyIndex()] += SimTK::SpatialVec(sim(moment + arm.cross(force)), sim(force));
    };
    for (int b = 0; b < kBodyCount; ++b) {
      const Segment& s = subject_.segments[b];
      const Vec3 com = ours(bodies_[static_cast<std::size_t>(b)].findStationLocationInGround(state_, sim(s.com_B)));
      apply(b, com, Vec3(0, -s.mass * kGravity, 0), Vec3::Zero());
    }
    for (const ExternalForce& e : external) apply(index(e.body), e.point_W, e.force_W, e.moment_W);
    SimTK::Vector residual;
    matter_.calcResidualForceIgnoringConstraints(state_, SimTK::Vector(), forces, accelerations, residual);
    std::vector<SimTK::Vector> by_body;
    for (const SimTK::MobilizedBody& body : bodies_) {
      by_body.emplace_back(residual(body.getFirstUIndex(state_), body.getNumU(state_)));
    }
    return by_body;
  }

 private:
  static SimTK::Transform frame(const Pose& X) { return {sim(Mat3(X.R * kRenamed)), sim(X.p)}; }

  const Subject& subject_;
  SimTK::MultibodySystem system_;
  SimTK::SimbodyMatterSubsystem matter_;
  std::vector<SimTK::MobilizedBody> bodies_;
  SimTK::State state_;
};

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
    const auto needed = SimbodyTree(subject).needed(motion, external);
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
