#include <fmt/format.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/error.h"
#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// Sitting bone from the hip, standing, over stature: estimate (ischial tuberosity about 7 cm below and 2 cm behind the
/// hip centre and 5 cm from the midline at 1.75 m).
constexpr double kSittingBoneBack = 0.0115, kSittingBoneDown = 0.040, kSittingBoneLateral = 0.029;
/// How far before and behind the sitting bone buttocks press on a seat [m]. Estimate: half the depth of the region of
/// high pressure on maps of seated people.
constexpr double kButtockReach = 0.05;
/// Where the thigh rests on the seat, over its length from the hip: estimate (middle of the part on a seat).
constexpr double kThighPad = 0.45;
/// How far upholstery follows the back [m]. Estimate.
constexpr double kUpholstery = 0.03;
/// The hips rise from the seat when a later keyframe has them higher over the feet by this much [m].
constexpr double kRise = 0.05;

class SittingSupport final : public SupportModel {
 public:
  SittingSupport(const Subject& subject, const SupportSetup& setup, const RestingKeyframes& keyframes,
                 const LumbarShares& shares)
      : subject_(subject), setup_(setup), sole_(sole(subject)) {
    const MovingAngles& first = keyframes.angles.front();
    hip_ = hip_over_feet(first);
    for (const MovingAngles& angles : keyframes.angles) rises_ |= hip_over_feet(angles).y() > hip_.y() + kRise;
    if (setup.kind == Support::Backrest) {
      const double a = setup.backrest;
      backrest_normal_ = {std::sin(a), -std::cos(a), 0};
      backrest_ = std::numeric_limits<double>::infinity();
    }
    for (std::size_t k = 0; k < keyframes.angles.size(); ++k) {
      MovingAngles angles = keyframes.angles[k];
      TreeMotion tree = turn_joints(angles, shares);
      place(keyframes.times[k], angles, tree);
      const BodyPoses poses = place_bodies(subject, tree);
      if (k == 0) {
        desk_height_ = desk_under_arms(subject, poses);
        for (const Side side : kSides) {
          thigh_height_[index(side)] = thigh_place(poses, side).y();
          bone_height_ = (poses[0] * sitting_bone(side)).y();
        }
      }
      if (setup.kind == Support::Backrest) {
        for_back(poses, [&](Body, const Vec3& point) {
          if (above_backrest(point) == 0) backrest_ = std::min(backrest_, backrest_normal_.dot(point));
        });
      }
    }
    if (std::isinf(backrest_)) {
      throw InputError(InputProblem{.key = "motion.backrest_height_m",
                                    .message = fmt::format("a backrest that ends {:.2f} m over the seat is below "
                                                           "every part of the back that could lean on it",
                                                           *setup.backrest_height)});
    }
  }

  void place(double, MovingAngles& angles, TreeMotion& tree) const override {
    JetVec3 position = constant(hip_) - hip_from_pelvis(angles);
    if (rises_) {
      position = constant({0, -sole_.floor, 0});
      for (const Side side : kSides) {
        position = position - 0.5 * ankle_from_pelvis(subject_, angles, side);
        flatten_foot(angles, side, tree);
      }
    }
    tree.pelvis_position = position.value();
    tree.pelvis_velocity = position.rate();
    tree.pelvis_acceleration = position.acceleration();
  }

  SupportForces carry(const UnsupportedBody& body) const override {
    std::vector<Contact> contacts;
    for (const Side side : kSides) {
      add_seat(body.poses, side, contacts);
      add_foot_contacts(subject_, setup_, body.poses, side, contacts);
    }
    if (setup_.kind == Support::Backrest) add_backrest(body.poses, contacts);
    add_arm_contacts(subject_, setup_, body.poses, desk_height_, contacts);
    SupportForces result =
        carry_by_contacts(subject_, body.poses, body.wrenches, contacts, setup_.muscles, body.rest());
    result.centre_of_pressure_W = centre_of_pressure(body.demand(), bone_height_);
    return result;
  }

 private:
  /// Middle between the hips from the pelvis' origin, world axes.
  [[nodiscard]] JetVec3 hip_from_pelvis(const MovingAngles& angles) const {
    const Vec3& hip = subject_.segments[index(Body::ThighRight)].X_PJ.p;
    return turned_with_pelvis(angles, constant({hip.x(), hip.y(), 0}));
  }

  /// Middle between the hips in the floor frame when the lower foot stands on the floor.
  [[nodiscard]] Vec3 hip_over_feet(const MovingAngles& angles) const {
    const JetVec3 left = ankle_from_pelvis(subject_, angles, Side::Left),
                  right = ankle_from_pelvis(subject_, angles, Side::Right), hip = hip_from_pelvis(angles);
    return {hip.x.value - 0.5 * (left.x.value + right.x.value),
            hip.y.value - std::min(left.y.value, right.y.value) - sole_.floor, 0};
  }

  [[nodiscard]] Vec3 sitting_bone(Side side) const {
    const double H = subject_.description.stature;
    const Vec3& hip = subject_.segments[index(on_side(Body::ThighLeft, side))].X_PJ.p;
    return {hip.x() - kSittingBoneBack * H, hip.y() - kSittingBoneDown * H, side_sign(side) * kSittingBoneLateral * H};
  }

  [[nodiscard]] Vec3 thigh_place(const BodyPoses& poses, Side side) const {
    return poses[index(on_side(Body::ThighLeft, side))] *
           Vec3(kThighPad * subject_.segments[index(on_side(Body::ShankLeft, side))].X_PJ.p);
  }

  void add_seat(const BodyPoses& poses, Side side, std::vector<Contact>& contacts) const {
    Contact bone;
    bone.place = SupportPlace::Seat;
    bone.body = Body::Pelvis;
    bone.point_W = poses[0] * sitting_bone(side);
    // A pelvis that rolls on the seat stays on it: only rising takes it off.
    bone.gap = rises_ ? std::max(0.0, bone.point_W.y() - bone_height_) : 0;
    bone.compliance = kCushionCompliance;
    bone.friction = setup_.friction.value_or(kSeatFriction);
    for (const double along : {-kButtockReach, kButtockReach}) {
      Contact buttock = bone;
      buttock.point_W.x() += along;
      buttock.compliance = 2 * kCushionCompliance;
      contacts.push_back(buttock);
    }
    Contact thigh = bone;
    thigh.body = on_side(Body::ThighLeft, side);
    thigh.point_W = thigh_place(poses, side);
    thigh.gap = std::max(0.0, thigh.point_W.y() - thigh_height_[index(side)]);
    contacts.push_back(thigh);
  }

  /// Pelvis, thorax and head may lean back; the hollow of the back between them does not.
  template <class Visit>
  void for_back(const BodyPoses& poses, Visit&& visit) const {
    for (const Body body : {Body::Pelvis, Body::Thorax, Body::Head}) {
      for (const Vec3& point : subject_.segments[index(body)].bed_contacts_B) visit(body, poses[index(body)] * point);
    }
  }

  /// By how much a point is higher than the backrest [m].
  [[nodiscard]] double above_backrest(const Vec3& point) const {
    return setup_.backrest_height ? std::max(0.0, point.y() - bone_height_ - *setup_.backrest_height) : 0;
  }

  void add_backrest(const BodyPoses& poses, std::vector<Contact>& contacts) const {
    for_back(poses, [&](Body body, const Vec3& point) {
      const double away = backrest_normal_.dot(point) - backrest_;
      Contact contact;
      contact.place = SupportPlace::Backrest;
      contact.body = body;
      contact.point_W = point;
      contact.normal_W = backrest_normal_;
      contact.gap = std::max(0.0, away - kUpholstery) + above_backrest(point);
      contact.compliance = kCushionCompliance;
      contact.friction = setup_.friction.value_or(kBackrestFriction);
      contacts.push_back(contact);
    });
  }

  const Subject& subject_;
  SupportSetup setup_;
  Sole sole_;
  Vec3 hip_ = Vec3::Zero();               ///< middle between the hips, floor frame [m]
  bool rises_ = false;                    ///< the feet stay, the hips leave the seat
  double bone_height_ = 0;                ///< of the sitting bones in the first keyframe: the seat [m]
  std::array<double, 2> thigh_height_{};  ///< of the thighs' places on it [m]
  Vec3 backrest_normal_ = Vec3::UnitX();  ///< towards the back
  double backrest_ = 0;                   ///< its distance from the origin along the normal [m]
  double desk_height_ = 0;                ///< [m]
};

}  // namespace

std::unique_ptr<SupportModel> sit_on_seat(const Subject& subject, const SupportSetup& setup,
                                          const RestingKeyframes& keyframes, const LumbarShares& shares) {
  return std::make_unique<SittingSupport>(subject, setup, keyframes, shares);
}

}  // namespace foramen
