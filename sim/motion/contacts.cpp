#include "sim/motion/contacts.h"

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "sim/motion/keyframe_curve.h"
#include "sim/motion/nonnegative_qp.h"

namespace foramen {

namespace {

constexpr int kJointRows = 3 * (kBodyCount - 1);
constexpr int kRows = kJointRows + 6;
constexpr double kLever = 0.3;             ///< compares moments of the whole body with forces [m]
constexpr double kBalanceCompliance = 10;  ///< penalty on what is left unbalanced, refined to exactness [m/N]
constexpr int kRefinements = 3;
constexpr double kUnbalanced = 1e-3;  ///< of the weight: more than this is not carried
constexpr double kShearCompliance =
    10;  ///< of a pad along its surface over that into it: soft tissue shears easily (estimate)
constexpr double kPyramidCompliance = 1e-3;  ///< of the pad's own; makes the sides of the friction pyramid unique

/// Relaxed joints, per radian about any axis. Lumbar: neutral zone of an unloaded segment, 0.4 N·m per degree (Yamamoto
/// et al. 1989, Panjabi et al. 1994); limbs: slope of the passive moments in mid-range (Riener and Edrich 1999 for hip,
/// knee and ankle), the others estimates of the same kind.
constexpr double kLumbar = 23, kThorax = 35, kNeck = 5, kShoulder = 5, kElbow = 3, kWrist = 2, kHip = 15, kKnee = 8,
                 kAnkle = 8;  // [N·m/rad]
/// Stiffness of a joint held against a load over that of a relaxed one: trunk 600–2000 N·m/rad at moderate
/// effort (Moorhouse and Granata 2007) against 23/5 of five relaxed levels in a row.
constexpr double kHeldStiffness = 200;

double relaxed_stiffness(Body body) {
  switch (body) {
    case Body::Pelvis:
      return std::numeric_limits<double>::infinity();
    case Body::Thorax:
      return kThorax;
    case Body::Head:
      return kNeck;
    case Body::UpperArmLeft:
    case Body::UpperArmRight:
      return kShoulder;
    case Body::ForearmLeft:
    case Body::ForearmRight:
      return kElbow;
    case Body::HandLeft:
    case Body::HandRight:
      return kWrist;
    case Body::ThighLeft:
    case Body::ThighRight:
      return kHip;
    case Body::ShankLeft:
    case Body::ShankRight:
      return kKnee;
    case Body::FootLeft:
    case Body::FootRight:
      return kAnkle;
    default:
      return kLumbar;
  }
}

/// Joint moments beyond those at rest and the whole body's balance as linear functions of the pushes, scaled so that
/// ½|rows|² is energy.
class MomentMap {
 public:
  MomentMap(const Subject& subject, const BodyPoses& poses, Muscles muscles, const RestMoments& rest)
      : subject_(subject), rest_(rest) {
    for (int b = 0; b < kBodyCount; ++b) {
      centres_[b] = b == 0 ? poses[0].p : Vec3(poses[b] * subject.segments[b].X_BJ.p);
      scale_[b] = std::sqrt(joint_compliance(static_cast<Body>(b), muscles));
    }
  }

  [[nodiscard]] Eigen::VectorXd weight(const std::array<Wrench, kBodyCount>& wrenches) const {
    Eigen::VectorXd rows(kRows);
    for (int b = 1; b < kBodyCount; ++b) rows.segment<3>(3 * (b - 1)) = scale_[b] * (wrenches[b].moment - rest_[b]);
    rows.segment<3>(kJointRows) = balance_ * wrenches[0].force;
    rows.segment<3>(kJointRows + 3) = balance_ / kLever * wrenches[0].moment;
    return rows;
  }

  /// Adds the effect of a force on a body.
  template <class Column>
  void add(Body body, const Vec3& point, const Vec3& force, Column&& rows) const {
    for (int b = index(body); b != 0; b = index(subject_.segments[b].parent)) {
      rows.template segment<3>(3 * (b - 1)) += scale_[b] * (point - centres_[b]).cross(force);
    }
    rows.template segment<3>(kJointRows) += balance_ * force;
    rows.template segment<3>(kJointRows + 3) += balance_ / kLever * (point - centres_[0]).cross(force);
  }

 private:
  const Subject& subject_;
  const RestMoments& rest_;
  std::array<Vec3, kBodyCount> centres_;
  std::array<double, kBodyCount> scale_{};
  double balance_ = std::sqrt(kBalanceCompliance);
};

/// The directions in which a contact may push: its normal, or the edges of its friction pyramid.
struct Pushes {
  std::array<Vec3, 4> along;
  int count = 0;
};

Pushes pushes(const Contact& contact) {
  const Vec3& n = contact.normal_W;
  if (contact.friction <= 0) return {{n}, 1};
  // Across and along the plane x–y, so that left and right mirror.
  const Vec3 t1 = n.cross(Vec3(0, 0, 1)).normalized(), t2 = t1.cross(n);
  const double mu = contact.friction;
  return {{n + mu * t1, n - mu * t1, n + mu * t2, n - mu * t2}, 4};
}

struct Program {
  Eigen::MatrixXd A, H;
  Eigen::VectorXd b, c;
  std::vector<Pushes> ways;
};

/// Share of its stiffness that a pad has at its gap.
double presence(const Contact& contact) {
  return 1 - smooth_step({contact.gap / kContactReach}).value;
}

/// Energy of a pad in its pushes.
void add_pad(const Contact& contact, const Pushes& way, Eigen::Index first, Program& program) {
  const double a = contact.compliance / presence(contact);
  for (int i = 0; i < way.count; ++i) {
    program.c[first + i] += contact.gap - contact.compliance * contact.preload;
    for (int j = 0; j < way.count; ++j) {
      const double tangential =
          kShearCompliance * (way.along[i] - contact.normal_W).dot(way.along[j] - contact.normal_W);
      program.H(first + i, first + j) += a * (1 + tangential + (i == j && way.count > 1 ? kPyramidCompliance : 0));
    }
  }
}

Program formulate(const MomentMap& map, const std::array<Wrench, kBodyCount>& wrenches,
                  const std::vector<Contact>& contacts) {
  Program program;
  Eigen::Index n = 0;
  for (const Contact& contact : contacts) {
    program.ways.push_back(pushes(contact));
    n += program.ways.back().count;
  }
  program.A = Eigen::MatrixXd::Zero(kRows, n);
  program.b = map.weight(wrenches);
  Eigen::Index first = 0;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    for (int k = 0; k < program.ways[i].count; ++k) {
      const auto column = first + k;
      map.add(contacts[i].body, contacts[i].point_W, program.ways[i].along[k], program.A.col(column));
      if (contacts[i].leans_on)
        map.add(*contacts[i].leans_on, contacts[i].point_W, -program.ways[i].along[k], program.A.col(column));
    }
    first += program.ways[i].count;
  }
  program.H = Eigen::MatrixXd::Zero(n, n);
  program.H.selfadjointView<Eigen::Lower>().rankUpdate(program.A.transpose());
  program.H.triangularView<Eigen::StrictlyUpper>() = program.H.transpose();
  program.c = program.A.transpose() * program.b;
  first = 0;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    add_pad(contacts[i], program.ways[i], first, program);
    first += program.ways[i].count;
  }
  return program;
}

/// What the pushes leave of the whole body's balance, scaled.
Eigen::VectorXd left_of_balance(const Program& program, const Eigen::VectorXd& x) {
  return program.A.bottomRows<6>() * x + program.b.tail<6>();
}

/// The pushes; balance is made exact by the method of multipliers, which keeps the numbers of the problem near another.
Eigen::VectorXd solve(Program& program, double weight, bool& carried) {
  NonnegativeQp least(program.H);
  Eigen::VectorXd x = least.solve(program.c);
  const double scale = std::sqrt(kBalanceCompliance);
  carried = left_of_balance(program, x).norm() < kUnbalanced * weight * scale;
  for (int i = 0; carried && i < kRefinements; ++i) {
    program.c += program.A.bottomRows<6>().transpose() * left_of_balance(program, x);
    x = least.solve(program.c);
  }
  return x;
}

}  // namespace

double joint_compliance(Body body, Muscles muscles) {
  return 1 / (relaxed_stiffness(body) * (muscles == Muscles::Active ? kHeldStiffness : 1));
}

SupportForces carry_by_contacts(const Subject& subject, const BodyPoses& poses,
                                const std::array<Wrench, kBodyCount>& wrenches, const std::vector<Contact>& places,
                                Muscles muscles, const RestMoments& rest) {
  constexpr double kAbsent = 1e-4;  // of a pad's stiffness: its push is less than the tolerance of balance
  std::vector<Contact> contacts;
  for (const Contact& contact : places) {
    if (presence(contact) > kAbsent) contacts.push_back(contact);
  }
  const double weight = wrenches[0].force.norm();
  Program program = formulate(MomentMap(subject, poses, muscles, rest), wrenches, contacts);
  bool carried = false;
  const Eigen::VectorXd x = solve(program, weight, carried);

  SupportForces result;
  Wrench left = wrenches[0];
  Eigen::Index first = 0;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const Contact& contact = contacts[i];
    Vec3 force = Vec3::Zero();
    for (int k = 0; k < program.ways[i].count; ++k) force += x[first + k] * program.ways[i].along[k];
    first += program.ways[i].count;
    if (force.isZero(0)) continue;
    result.forces.push_back({contact.body, contact.point_W, force, Vec3::Zero()});
    result.reactions.push_back({contact.place, contact.body, contact.point_W, force});
    if (contact.leans_on) {
      result.forces.push_back({*contact.leans_on, contact.point_W, -force, Vec3::Zero()});
    } else {
      left.force += force;
      left.moment += (contact.point_W - poses[0].p).cross(force);
    }
  }
  result.forces.push_back({Body::Pelvis, poses[0].p, -left.force, -left.moment});
  if (!carried) result.overreach = (left.moment.norm() + kLever * left.force.norm()) / weight;
  return result;
}

}  // namespace foramen
