#include <algorithm>

#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// Sitting bone from the hip, standing, over stature: estimate (ischial tuberosity about 7 cm below and 2 cm behind the
/// hip centre and 5 cm from the midline at 1.75 m).
constexpr double kSittingBoneBack = 0.0115, kSittingBoneDown = 0.040, kSittingBoneLateral = 0.029;
/// Where the thigh rests on the seat, over its length from the hip: estimate (middle of the part on a seat).
constexpr double kThighPad = 0.45;
/// Middle of the pressure under a resting foot, over the sole from heel to toe: estimate.
constexpr double kFootPad = 0.4;
/// Sink of the cushion under the weight, and the split of it: estimates; sitting bones, thighs and feet of upright
/// sitting on a flat seat. None of it reaches the spine.
constexpr double kSink = 0.02;  // [m]
constexpr double kBoneShare = 0.55, kThighShare = 0.25, kFootShare = 0.20;

class SeatSupport final : public SupportModel {
 public:
  SeatSupport(const Subject& subject, const MovingAngles& first) : subject_(subject), sole_(sole(subject)) {
    const JetVec3 left = ankle_from_pelvis(subject, first, Side::Left),
                  right = ankle_from_pelvis(subject, first, Side::Right);
    const JetVec3 hip = hip_from_pelvis(first);
    hip_.x() = hip.x.value - 0.5 * (left.x.value + right.x.value);
    hip_.y() = hip.y.value - std::min(left.y.value, right.y.value) - sole_.floor;
    for (const Segment& segment : subject.segments) mass_ += segment.mass;
  }

  void place(MovingAngles& angles, TreeMotion& tree) const override {
    const JetVec3 position = constant(hip_) - hip_from_pelvis(angles);
    tree.pelvis_position = position.value();
    tree.pelvis_velocity = position.rate();
    tree.pelvis_acceleration = position.acceleration();
  }

  SupportForces carry(const UnsupportedBody& body) const override {
    std::vector<Pad> pads;
    const double H = subject_.description.stature;
    const double stiffness = 0.5 * mass_ * kGravity / kSink;  // of one side
    for (const Side side : kSides) {
      const auto on = [side](Body left) { return on_side(left, side); };
      const Vec3 hip = subject_.segments[index(on(Body::ThighLeft))].X_PJ.p;
      const Vec3 bone(hip.x() - kSittingBoneBack * H, hip.y() - kSittingBoneDown * H,
                      side_sign(side) * kSittingBoneLateral * H);
      const Vec3 thigh = kThighPad * subject_.segments[index(on(Body::ShankLeft))].X_PJ.p;
      const Vec3 foot(sole_.heel + kFootPad * (sole_.toe - sole_.heel), sole_.floor, 0);
      const Vec3 foot_W = body.poses[index(on(Body::FootLeft))] * foot;
      pads.push_back({Body::Pelvis, body.poses[0] * bone, kBoneShare * stiffness, 0});
      pads.push_back({on(Body::ThighLeft), body.poses[index(on(Body::ThighLeft))] * thigh, kThighShare * stiffness, 0});
      pads.push_back({on(Body::FootLeft), foot_W, kFootShare * stiffness, std::max(0.0, foot_W.y())});
    }
    return rest_on_pads(body.demand(), pads, {});
  }

 private:
  /// Middle between the hips from the pelvis' origin, world axes.
  [[nodiscard]] JetVec3 hip_from_pelvis(const MovingAngles& angles) const {
    const Vec3& hip = subject_.segments[index(Body::ThighRight)].X_PJ.p;
    return turned_with_pelvis(angles, constant({hip.x(), hip.y(), 0}));
  }

  const Subject& subject_;
  Sole sole_;
  Vec3 hip_ = Vec3::Zero();  ///< middle between the hips, floor frame [m]
  double mass_ = 0;
};

}  // namespace

std::unique_ptr<SupportModel> sit_on_seat(const Subject& subject, const MovingAngles& first) {
  return std::make_unique<SeatSupport>(subject, first);
}

}  // namespace foramen
