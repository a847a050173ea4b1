#include "sim/motion/contacts.h"

#include <Eigen/Geometry>
#include <cmath>
#include <limits>

#include "sim/motion/keyframe_curve.h"
#include "sim/motion/pads.h"

namespace foramen {

namespace {

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
/// Stiffness of a joint held against a load over that of a relaxed one. Trunk: 600–2000 N·m/rad at moderate effort
/// (Moorhouse and Granata 2007) against 23/5 of five relaxed levels in a row. Limbs: a knee that bears weight yields by
/// 100–400 N·m/rad, hip and ankle by as much (quasi-stiffness in the stance of walking, Shamaei, Sawicki and Dollar
/// 2013; range recalled), so that a shank that lies on the floor bears little more than itself.
constexpr double kHeldTrunk = 200, kHeldLimb = 30;

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

/// The directions in which a contact may push: its normal, or the edges of its friction pyramid.
void add_ways(const Contact& contact, Pad& pad) {
  const Vec3& n = contact.normal_W;
  pad.count = contact.friction > 0 ? 4 : 1;
  pad.ways.col(0) = n;
  if (pad.count == 1) return;
  // Across and along the plane x–y, so that left and right mirror.
  const Vec3 across = n.cross(Vec3(0, 0, 1)).normalized(), t1 = contact.friction * across, t2 = t1.cross(n);
  pad.ways << n + t1, n - t1, n + t2, n - t2;
}

/// Share of its stiffness that a pad has at its gap.
double presence(const Contact& contact) {
  return 1 - smooth_step({contact.gap / kContactReach}).value;
}

Pad pad_of(const Contact& contact, const Vec3& origin) {
  Pad pad;
  pad.body = contact.body;
  pad.leans_on = contact.leans_on;
  pad.r = contact.point_W - origin;
  pad.offset = contact.gap - contact.compliance * contact.preload;
  add_ways(contact, pad);
  const double compliance = contact.compliance / presence(contact);
  for (int i = 0; i < pad.count; ++i) {
    for (int j = 0; j < pad.count; ++j) {
      const double tangential =
          kShearCompliance * (pad.ways.col(i) - contact.normal_W).dot(pad.ways.col(j) - contact.normal_W);
      pad.energy(i, j) = compliance * (1 + tangential + (i == j && pad.count > 1 ? kPyramidCompliance : 0));
    }
  }
  return pad;
}

/// The pushes that act on `pads`, whether they were found, and whether they carry; balance is made exact by the method
/// of multipliers, which keeps the springs of the problem near another.
struct Settled {
  Convergence convergence;
  bool carried = false;
};
Settled settle_on(std::vector<Pad>& pads, const Subject& subject, const BodyPoses& poses,
                  const std::array<Wrench, kBodyCount>& wrenches, Muscles muscles, const RestMoments& rest) {
  std::array<double, kBodyCount> compliance;
  ElasticTree::Given given;
  for (int b = 0; b < kBodyCount; ++b) {
    compliance[b] = joint_compliance(static_cast<Body>(b), muscles);
    given.moment[b] = wrenches[b].moment - rest[b];
  }
  Vec6 demand, weak;
  demand << wrenches[0].force, wrenches[0].moment;
  weak << Vec3::Constant(1 / kBalanceCompliance), Vec3::Constant(kLever * kLever / kBalanceCompliance);
  given.pelvis = demand;
  ElasticTree tree(subject, poses, compliance, weak);
  PadEquilibrium equilibrium(tree, pads);
  Settled settled{equilibrium.settle(given)};
  Vec6 left = weak.cwiseProduct(equilibrium.motions()[0]);
  left.tail<3>() /= kLever;
  settled.carried = settled.convergence.converged && left.norm() < kUnbalanced * wrenches[0].force.norm();
  for (int i = 0; i < kRefinements && settled.carried && settled.convergence.converged; ++i) {
    given.pelvis = demand + weak.cwiseProduct(equilibrium.motions()[0]);
    settled.convergence = equilibrium.settle(given);
  }
  settled.carried = settled.carried && settled.convergence.converged;
  return settled;
}

}  // namespace

double joint_compliance(Body body, Muscles muscles) {
  const bool limb = body >= Body::UpperArmLeft;
  return 1 / (relaxed_stiffness(body) * (muscles == Muscles::Active ? (limb ? kHeldLimb : kHeldTrunk) : 1));
}

SupportForces carry_by_contacts(const Subject& subject, const BodyPoses& poses,
                                const std::array<Wrench, kBodyCount>& wrenches, const std::vector<Contact>& places,
                                Muscles muscles, const RestMoments& rest) {
  constexpr double kAbsent = 1e-4;  // of a pad's stiffness: its push is less than the tolerance of balance
  std::vector<const Contact*> contacts;
  std::vector<Pad> pads;
  for (const Contact& contact : places) {
    if (presence(contact) <= kAbsent) continue;
    contacts.push_back(&contact);
    pads.push_back(pad_of(contact, poses[0].p));
  }
  const auto [convergence, carried] = settle_on(pads, subject, poses, wrenches, muscles, rest);

  SupportForces result;
  result.convergence = convergence;
  Wrench left = wrenches[0];
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const Contact& contact = *contacts[i];
    const Vec3 force = pads[i].force();
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
  if (!carried) result.overreach = (left.moment.norm() + kLever * left.force.norm()) / wrenches[0].force.norm();
  return result;
}

}  // namespace foramen
