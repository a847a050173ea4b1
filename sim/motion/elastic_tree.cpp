#include "sim/motion/elastic_tree.h"

#include <Eigen/LU>

namespace foramen {

ElasticTree::ElasticTree(const Subject& subject, const BodyPoses& poses,
                         const std::array<double, kBodyCount>& compliance, const Vec6& root)
    : subject_(subject), compliance_(compliance), root_(root) {
  for (int b = 0; b < kBodyCount; ++b) centres_[b] = poses[b] * subject.segments[b].X_BJ.p - poses[0].p;
}

void ElasticTree::use(Body body) {
  for (int b = index(body); b != 0; b = index(subject_.segments[b].parent)) used_[b] = true;
}

bool ElasticTree::fold(const Springs& springs) {
  Springs stiffness = springs;
  for (int b = kBodyCount - 1; b > 0; --b) {  // children come after parents
    if (!used_[b]) continue;
    const Mat3 lever = skew(centres_[b]);  // a turn of the joint moves the origin by lever · turn
    Folded& f = folded_[b];
    f.coupling = stiffness[b].rightCols<3>();
    f.coupling.noalias() += stiffness[b].leftCols<3>() * lever;
    Mat3 joint = f.coupling.bottomRows<3>();
    joint.noalias() -= lever * f.coupling.topRows<3>();
    joint.diagonal().array() += 1 / compliance_[b];
    f.turn = joint.inverse();
    const Eigen::Matrix<double, 6, 3> given_way = f.coupling * f.turn;
    Mat6& parent = stiffness[index(subject_.segments[b].parent)];
    parent += stiffness[b];
    parent.noalias() -= given_way * f.coupling.transpose();
  }
  Mat6 pelvis = stiffness[0];
  pelvis.diagonal() += root_;
  pelvis_.compute(pelvis);
  return pelvis_.info() == Eigen::Success;
}

ElasticTree::Motions ElasticTree::move(const Loads& loads, const Given& given) const {
  Loads carried = loads;
  std::array<Vec3, kBodyCount> turn;
  for (int b = kBodyCount - 1; b > 0; --b) {
    if (!used_[b]) continue;
    const Vec6& load = carried[b];
    const Vec3 moment = given.moment[b] - load.tail<3>() + centres_[b].cross(load.head<3>());
    turn[b] = folded_[b].turn * moment;
    Vec6& parent = carried[index(subject_.segments[b].parent)];
    parent += load;
    parent.noalias() += folded_[b].coupling * turn[b];
  }
  Motions motions;
  for (Vec6& motion : motions) motion.setZero();
  motions[0] = pelvis_.solve(given.pelvis - carried[0]);
  for (int b = 1; b < kBodyCount; ++b) {
    if (!used_[b]) continue;
    const Vec6& parent = motions[index(subject_.segments[b].parent)];
    const Vec3 turned = turn[b] - folded_[b].turn * (folded_[b].coupling.transpose() * parent);
    motions[b] = parent;
    motions[b].head<3>() += centres_[b].cross(turned);
    motions[b].tail<3>() += turned;
  }
  return motions;
}

}  // namespace foramen
