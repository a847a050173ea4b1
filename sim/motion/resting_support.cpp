#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/motion/keyframe_curve.h"
#include "sim/motion/settle.h"
#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// How far bedding follows the body: a mattress takes up the hollows of the shape that lies on it, a pillow the head.
/// Estimates; on a floor next to nothing is taken up. [m]
constexpr double kMattress = 0.05, kPillow = 0.12, kMat = 0.01;
/// Beyond that a part of the body keeps no place of its own in the bedding within [m].
constexpr double kFade = 0.03;
/// Heights of a lying ankle between which somebody's hand takes over a leg that leaves the bed [m]. Estimate.
constexpr double kHeldFrom = 0.14, kHeldAt = 0.20;
/// Knees and ankles of one leg rest on those of the other when lying on the side; with a cushion between them down to
/// this distance of their axes [m]. Estimate.
constexpr double kLegOnLeg = 0.20, kLegBesideLeg = 0.12;
constexpr double kQuarter = 0.5 * kPi;

/// Turn of the standing body about z and then about its long axis y that lays it down: supine with the head towards −x,
/// prone towards +x.
struct Laying {
  double z = 0, y = 0;
};
Laying laying(Orientation orientation) {
  switch (orientation) {
    case Orientation::Supine:
      return {kQuarter, 0};
    case Orientation::Prone:
      return {-kQuarter, 0};
    case Orientation::LeftSide:
      return {kQuarter, kQuarter};
    case Orientation::RightSide:
      return {kQuarter, -kQuarter};
    case Orientation::Upright:
      break;
  }
  return {};
}

/// A body settles at its keyframes and at this many instants in between, so that limbs do not sink into the floor.
constexpr int kSettlingsBetween = 7;
std::vector<double> settling_times(const std::vector<double>& keyframes) {
  std::vector<double> times{keyframes.front()};
  for (std::size_t i = 1; i < keyframes.size(); ++i) {
    for (int k = 1; k <= kSettlingsBetween; ++k)
      times.push_back(keyframes[i - 1] + k * (keyframes[i] - keyframes[i - 1]) / (kSettlingsBetween + 1));
    times.push_back(keyframes[i]);
  }
  return times;
}

/// Turn of the wrist that lays a hand flat, seen from its forearm's direction; none for an arm beside or behind.
double flat_wrist(const Pose& forearm) {
  const Vec3 along = forearm.R * Vec3(0, -1, 0);
  const double forward = std::atan2(along.x(), -along.y());
  return forward > -0.25 * kPi && forward < kQuarter ? kQuarter - forward : 0;
}

template <class Visit>
void for_skin(const Subject& subject, Visit&& visit) {
  for (int b = 0; b < kBodyCount; ++b) {
    for (const auto* points :
         {&subject.segments[b].bed_contacts_B, &subject.segments[b].skin_B, &subject.segments[b].sole_B}) {
      for (const Vec3& point : *points) visit(static_cast<Body>(b), point);
    }
  }
}

class RestingSupport final : public SupportModel {
 public:
  RestingSupport(const Subject& subject, const SupportSetup& setup, const RestingKeyframes& keyframes,
                 const LumbarShares& shares)
      : subject_(subject),
        setup_(setup),
        laying_(laying(setup.orientation)),
        soft_(setup.kind == Support::Bed),
        stays_(!held() && (soft_ || setup.kind == Support::Floor)) {
    std::array<std::vector<double>, 5> values;
    Vec3 anchor_at = Vec3::Zero();
    const std::vector<double> times = settling_times(keyframes.times);
    for (std::size_t k = 0; k < times.size(); ++k) {
      const Placed placed = rest(turn_joints(keyframes.between(times[k]), shares));
      const BodyPoses poses = place_bodies(subject, placed.tree);
      if (k == 0) {
        choose_anchor(poses);
        anchor_at = poses[index(anchor_body_)] * anchor_B_;
        desk_height_ = desk_under_arms(subject, poses);
      }
      const double shift = stays_ ? 0 : anchor_at.x() - (poses[index(anchor_body_)] * anchor_B_).x();
      const std::array<double, 5> row{placed.turn, shift, placed.height, placed.wrists[0], placed.wrists[1]};
      for (std::size_t i = 0; i < row.size(); ++i) values[i].push_back(row[i]);
    }
    for (std::size_t i = 0; i < values.size(); ++i) curves_[i] = KeyframeCurve(times, std::move(values[i]));
  }

  void place(double time, MovingAngles& angles, TreeMotion& tree) const override {
    lay(tree);
    const Jet turn = curves_[0].at(time), x = curves_[1].at(time), y = curves_[2].at(time);
    add(turn, tree.joints[0], 2);
    angles[PostureAngle::PelvisForwardPitch] = angles[PostureAngle::PelvisForwardPitch] - turn;
    tree.pelvis_position = {x.value, y.value, 0};
    tree.pelvis_velocity = {x.rate, y.rate, 0};
    tree.pelvis_acceleration = {x.acceleration, y.acceleration, 0};
    for (const Side side : kSides) {
      add(curves_[static_cast<std::size_t>(3 + index(side))].at(time),
          tree.joints[index(on_side(Body::HandLeft, side))], 2);
    }
  }

  SupportForces carry(const UnsupportedBody& body) const override {
    std::vector<Contact> contacts;
    add_skin(body.poses, contacts);
    if (may_be_held()) add_helper(body, contacts);
    if (held()) add_hold(body.poses, contacts);
    if (setup_.orientation == Orientation::LeftSide) add_leg_on_leg(body.poses, Side::Right, contacts);
    if (setup_.orientation == Orientation::RightSide) add_leg_on_leg(body.poses, Side::Left, contacts);
    add_arm_contacts(subject_, setup_, body.poses, desk_height_, contacts);
    SupportForces result =
        carry_by_contacts(subject_, body.poses, body.wrenches, contacts, setup_.muscles, body.rest());
    result.centre_of_pressure_W = centre_of_pressure(body.demand(), 0);
    return result;
  }

 private:
  struct Placed {
    TreeMotion tree;
    double turn = 0, height = 0;
    std::array<double, 2> wrists{};
  };

  static void add(const Jet& angle, JointMotion& joint, int axis) {
    joint.angle[axis] += angle.value;
    joint.rate[axis] += angle.rate;
    joint.acceleration[axis] += angle.acceleration;
  }

  void lay(TreeMotion& tree) const {
    tree.joints[0].angle.z() += laying_.z;
    tree.joints[0].angle.y() += laying_.y;
  }

  void lay(const TreeMotion& joints, Placed& placed) const {
    placed.tree = joints;
    lay(placed.tree);
    placed.tree.joints[0].angle.z() += placed.turn;
    for (const Side side : kSides)
      placed.tree.joints[index(on_side(Body::HandLeft, side))].angle.z() += placed.wrists[index(side)];
  }

  /// Lays the body down and lets it settle; wrists and settling depend on each other.
  [[nodiscard]] Placed rest(const TreeMotion& joints) const {
    constexpr int kRounds = 4;
    Placed placed;
    for (int round = 0; round < kRounds; ++round) {
      lay(joints, placed);
      const BodyPoses poses = place_bodies(subject_, placed.tree);
      std::vector<Vec3> points;
      for_skin(subject_, [&](Body body, const Vec3& point) { points.push_back(poses[index(body)] * point); });
      const Rest found = settle(points, held() ? between_feet_and_seat(poses) : centre_of_mass(subject_, poses));
      placed.turn += found.turn;
      placed.height = found.lift;
      if (setup_.orientation == Orientation::Prone || setup_.orientation == Orientation::Upright) {
        const Mat3 turn = Eigen::AngleAxisd(found.turn, Vec3::UnitZ()).toRotationMatrix();
        for (const Side side : kSides) {
          const Pose forearm{turn * poses[index(on_side(Body::ForearmLeft, side))].R, Vec3::Zero()};
          placed.wrists[index(side)] = flat_wrist(forearm);
        }
      }
    }
    lay(joints, placed);
    placed.tree.pelvis_position = {0, placed.height, 0};
    return placed;
  }

  /// The lowest point of the legs stays where it is on the floor.
  void choose_anchor(const BodyPoses& poses) {
    double lowest = std::numeric_limits<double>::infinity();
    for_skin(subject_, [&](Body body, const Vec3& point) {
      const Vec3 place = poses[index(body)] * point;
      const bool leg = index(body) >= index(Body::ThighLeft);
      if (!leg || place.y() > lowest - 1e-9) return;  // of equal ones the first
      lowest = place.y();
      anchor_body_ = body;
      anchor_B_ = point;
    });
  }

  [[nodiscard]] bool held() const { return setup_.held_feet == HeldFeet::Held; }

  /// Feet that are held stay down with the pelvis, wherever the weight of the rest lies.
  [[nodiscard]] static Vec3 between_feet_and_seat(const BodyPoses& poses) {
    return 0.5 * poses[index(Body::Pelvis)].p +
           0.25 * (poses[index(Body::FootLeft)].p + poses[index(Body::FootRight)].p);
  }

  [[nodiscard]] SupportPlace place_of(Body body) const {
    if (soft_) return SupportPlace::Bed;
    for (const Side side : kSides) {
      if (body == on_side(Body::HandLeft, side)) return SupportPlace::Hands;
      if (body == on_side(Body::ForearmLeft, side)) return SupportPlace::Forearms;
      if (body == on_side(Body::FootLeft, side)) return SupportPlace::Feet;
      if (body == on_side(Body::ShankLeft, side)) return SupportPlace::Knees;
    }
    return SupportPlace::Floor;
  }

  /// Legs are raised by somebody else off bed or floor, lying on the back or the belly.
  [[nodiscard]] bool may_be_held() const {
    return (soft_ || setup_.kind == Support::Floor) && setup_.muscles == Muscles::Relaxed &&
           (setup_.orientation == Orientation::Supine || setup_.orientation == Orientation::Prone);
  }

  [[nodiscard]] bool grips(Body body) const {
    return !soft_ || body == Body::Pelvis || body == Body::FootLeft || body == Body::FootRight ||
           body == Body::HandLeft || body == Body::HandRight;
  }

  void add_skin(const BodyPoses& poses, std::vector<Contact>& contacts) const {
    std::array<double, kBodyCount> touching{};
    const std::size_t first = contacts.size();
    std::vector<double> beds;
    for_skin(subject_, [&](Body body, const Vec3& point) {
      const Vec3 place = poses[index(body)] * point;
      const double follows = !soft_ ? kMat : body == Body::Head ? kPillow : kMattress;
      if (place.y() > follows + kContactReach) return;
      Contact contact;
      contact.place = place_of(body);
      contact.body = body;
      contact.point_W = place;
      contact.gap = std::max(0.0, place.y() - follows);
      contact.compliance = soft_ ? kBedCompliance : kFloorCompliance;
      contact.friction = grips(body) ? setup_.friction.value_or(kFloorFriction) : 0;
      contacts.push_back(contact);
      beds.push_back(1 - smooth_step({(place.y() - follows) / kFade}).value);
      touching[static_cast<std::size_t>(index(body))] += beds.back();
    });
    if (!soft_) return;
    for (std::size_t i = 0; i < beds.size(); ++i) {
      Contact& contact = contacts[first + i];
      const double share = beds[i] / std::max(1.0, touching[static_cast<std::size_t>(index(contact.body))]);
      contact.preload = share * subject_.segments[index(contact.body)].mass * kGravity;
    }
  }

  void add_helper(const UnsupportedBody& body, std::vector<Contact>& contacts) const {
    for (const Side side : kSides) {
      const Body foot = on_side(Body::FootLeft, side);
      const Vec3 ankle = body.poses[index(foot)].p;
      const double share = smooth_step({(ankle.y() - kHeldFrom) / (kHeldAt - kHeldFrom)}).value;
      if (share <= 0) continue;
      Contact contact;
      contact.place = SupportPlace::Helper;
      contact.body = foot;
      contact.point_W = ankle;
      contact.compliance = kFloorCompliance / share;
      contact.friction = kFloorFriction;
      contacts.push_back(contact);
    }
  }

  /// Somebody's hands, or a bar, on the instep: between the ankle and the ball of the foot (estimate).
  void add_hold(const BodyPoses& poses, std::vector<Contact>& contacts) const {
    for (const Side side : kSides) {
      const Body foot = on_side(Body::FootLeft, side);
      const Vec3& ball = subject_.segments[index(foot)].sole_B[1];
      Contact contact;
      contact.place = SupportPlace::Helper;
      contact.body = foot;
      contact.point_W = poses[index(foot)] * Vec3(0.5 * ball.x(), 0, ball.z());
      contact.normal_W = {0, -1, 0};
      contact.compliance = kFloorCompliance;
      contact.friction = setup_.friction.value_or(kFloorFriction);
      contacts.push_back(contact);
    }
  }

  /// Knee and ankle of the upper leg on those of the lower.
  void add_leg_on_leg(const BodyPoses& poses, Side upper, std::vector<Contact>& contacts) const {
    for (const Body left : {Body::ShankLeft, Body::FootLeft}) {
      const Vec3 above = poses[index(on_side(left, upper))].p, below = poses[index(on_side(left, opposite(upper)))].p;
      const Vec3 apart = above - below;
      Contact contact;
      contact.place = SupportPlace::Thighs;
      contact.body = on_side(left, upper);
      contact.leans_on = on_side(left, opposite(upper));
      contact.point_W = 0.5 * (above + below);
      contact.gap =
          std::max(0.0, apart.y() - kLegOnLeg) + std::max(0.0, std::hypot(apart.x(), apart.z()) - kLegBesideLeg);
      contact.compliance = kCushionCompliance;
      contacts.push_back(contact);
    }
  }

  const Subject& subject_;
  SupportSetup setup_;
  Laying laying_;
  bool soft_;                            ///< a bed, else the floor
  bool stays_;                           ///< the pelvis keeps its place along x, not a point of the legs
  std::array<KeyframeCurve, 5> curves_;  ///< turn of settling [rad], x and height of the pelvis [m], wrists [rad]
  Body anchor_body_ = Body::FootLeft;    ///< on the floor this point keeps its place along x
  Vec3 anchor_B_ = Vec3::Zero();         ///< [m]
  double desk_height_ = 0;               ///< [m]
};

}  // namespace

std::unique_ptr<SupportModel> rest_on_surface(const Subject& subject, const SupportSetup& setup,
                                              const RestingKeyframes& keyframes, const LumbarShares& shares) {
  return std::make_unique<RestingSupport>(subject, setup, keyframes, shares);
}

}  // namespace foramen
