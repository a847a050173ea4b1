#include "tests/unit/body/simbody_tree.h"

#include <Simbody.h>

#include <Eigen/Geometry>

namespace foramen::testing {

namespace {

using Vec3 = Eigen::Vector3d;
using Mat3 = Eigen::Matrix3d;

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

SimTK::Transform frame(const PlainFrame& X) {
  return {sim(Mat3(X.R * kRenamed)), sim(X.p)};
}

Vec3 renamed(const Vec3& v) {
  return {v.z(), v.x(), v.y()};
}

class SimbodyTree {
 public:
  explicit SimbodyTree(const std::vector<PlainBody>& plain) : plain_(plain), matter_(system_) {
    for (std::size_t b = 0; b < plain.size(); ++b) {
      const PlainBody& s = plain[b];
      const Mat3& I = s.inertia_B;
      const SimTK::Inertia central(SimTK::Vec3(I(0, 0), I(1, 1), I(2, 2)), SimTK::Vec3(I(0, 1), I(0, 2), I(1, 2)));
      const SimTK::Body::Rigid body(
          SimTK::MassProperties(s.mass, sim(s.com_B), central.shiftFromMassCenter(sim(s.com_B), s.mass)));
      if (b == 0) {
        const SimTK::Transform turned(sim(kRenamed));
        bodies_.emplace_back(SimTK::MobilizedBody::Bushing(matter_.updGround(), turned, body, turned));
      } else {
        bodies_.emplace_back(SimTK::MobilizedBody::Gimbal(bodies_[static_cast<std::size_t>(s.parent)], frame(s.X_PJ),
                                                          body, frame(s.X_BJ)));
      }
    }
    state_ = system_.realizeTopology();
  }

  std::vector<Eigen::VectorXd> needed(const PlainRoot& root, const std::vector<PlainForce>& external, double gravity) {
    SimTK::Vector accelerations(matter_.getNumMobilities());
    for (std::size_t b = 0; b < plain_.size(); ++b) {
      const auto set = [&](const Vec3& angle, const Vec3& rate, const Vec3& acceleration, int first) {
        for (int k = 0; k < 3; ++k) {
          bodies_[b].setOneQ(state_, first + k, angle[k]);
          bodies_[b].setOneU(state_, first + k, rate[k]);
          accelerations[bodies_[b].getFirstUIndex(state_) + first + k] = acceleration[k];
        }
      };
      set(renamed(plain_[b].angle), renamed(plain_[b].rate), renamed(plain_[b].acceleration), 0);
      if (b == 0) set(renamed(root.position), renamed(root.velocity), renamed(root.acceleration), 3);
    }
    system_.realize(state_, SimTK::Stage::Velocity);
    SimTK::Vector_<SimTK::SpatialVec> forces(matter_.getNumBodies(), SimTK::SpatialVec(SimTK::Vec3(0), SimTK::Vec3(0)));
    const auto apply = [&](std::size_t b, const Vec3& point_W, const Vec3& force, const Vec3& moment) {
      const Vec3 arm = point_W - ours(bodies_[b].getBodyOriginLocation(state_));
      forces[bodies_[b].getMobilizedBodyIndex()] += SimTK::SpatialVec(sim(Vec3(moment + arm.cross(force))), sim(force));
    };
    for (std::size_t b = 0; b < plain_.size(); ++b) {
      const Vec3 com = ours(bodies_[b].findStationLocationInGround(state_, sim(plain_[b].com_B)));
      apply(b, com, Vec3(0, -plain_[b].mass * gravity, 0), Vec3::Zero());
    }
    for (const PlainForce& e : external) apply(static_cast<std::size_t>(e.body), e.point_W, e.force_W, e.moment_W);
    SimTK::Vector residual;
    matter_.calcResidualForceIgnoringConstraints(state_, SimTK::Vector(), forces, accelerations, residual);
    std::vector<Eigen::VectorXd> by_body;
    for (const SimTK::MobilizedBody& body : bodies_) {
      Eigen::VectorXd own(body.getNumU(state_));
      for (int k = 0; k < own.size(); ++k) own[k] = residual[body.getFirstUIndex(state_) + k];
      by_body.push_back(std::move(own));
    }
    return by_body;
  }

 private:
  const std::vector<PlainBody>& plain_;
  SimTK::MultibodySystem system_;
  SimTK::SimbodyMatterSubsystem matter_;
  std::vector<SimTK::MobilizedBody> bodies_;
  SimTK::State state_;
};

}  // namespace

std::vector<Eigen::VectorXd> needed_in_simbody(const std::vector<PlainBody>& bodies, const PlainRoot& root,
                                               const std::vector<PlainForce>& forces, double gravity) {
  return SimbodyTree(bodies).needed(root, forces, gravity);
}

}  // namespace foramen::testing
