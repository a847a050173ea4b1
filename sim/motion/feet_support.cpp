#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/support_models.h"

namespace foramen {

namespace {

constexpr double kSameHeight = 0.01;  ///< feet closer than this in height both stand on the floor [m]

/// Which feet carry, from how much higher the left ankle is than the right at each keyframe.
std::vector<Side> standing_feet(const Subject& subject, const std::vector<MovingAngles>& keyframes) {
  bool left_up = false, right_up = false;
  for (const MovingAngles& angles : keyframes) {
    const double left_over_right = ankle_from_pelvis(subject, angles, Side::Left).y.value -
                                   ankle_from_pelvis(subject, angles, Side::Right).y.value;
    left_up |= left_over_right > kSameHeight;
    right_up |= left_over_right < -kSameHeight;
  }
  if (left_up && right_up) {
    throw InputError(
        InputProblem{.key = "motion.support",
                     .message = "the feet take turns on the floor in this motion; one foot, or both, must stay on it"});
  }
  if (left_up) return {Side::Right};
  if (right_up) return {Side::Left};
  return {Side::Left, Side::Right};
}

class FeetSupport final : public SupportModel {
 public:
  FeetSupport(const Subject& subject, const SupportSetup& setup, const RestingKeyframes& keyframes,
              const LumbarShares& shares)
      : subject_(subject), setup_(setup), feet_(standing_feet(subject, keyframes.angles)), sole_(sole(subject)) {
    target_ = middle_of_stance(subject, feet_, sole_.floor);
    if (setup.hands_on == HandsOn::Nothing) return;
    MovingAngles angles = keyframes.angles.front();
    TreeMotion tree = turn_joints(angles, shares);
    place(keyframes.times.front(), angles, tree);
    desk_height_ = desk_under_arms(subject, place_bodies(subject, tree));
  }

  void place(double, MovingAngles& angles, TreeMotion& tree) const override {
    JetVec3 position = constant(target_);
    for (const Side side : feet_) {
      position = position - 1.0 / static_cast<double>(feet_.size()) * ankle_from_pelvis(subject_, angles, side);
      flatten_foot(angles, side, tree);
    }
    tree.pelvis_position = position.value();
    tree.pelvis_velocity = position.rate();
    tree.pelvis_acceleration = position.acceleration();
  }

  SupportForces carry(const UnsupportedBody& body) const override {
    if (setup_.hands_on != HandsOn::Nothing) return lean(body);
    std::array<Vec3, 2> ankles;
    for (const Side side : kSides) ankles[index(side)] = body.poses[index(on_side(Body::FootLeft, side))].p;
    return stand(body.demand(), feet_, ankles, sole_);
  }

 private:
  [[nodiscard]] SupportForces lean(const UnsupportedBody& body) const {
    std::vector<Contact> contacts;
    for (const Side side : feet_) add_foot_contacts(subject_, setup_, body.poses, side, contacts);
    add_arm_contacts(subject_, setup_, body.poses, desk_height_, contacts);
    SupportForces result =
        carry_by_contacts(subject_, body.poses, body.wrenches, contacts, setup_.muscles, body.rest());
    result.centre_of_pressure_W = centre_of_pressure(body.demand(), 0);
    return result;
  }

  const Subject& subject_;
  SupportSetup setup_;
  double desk_height_ = 0;  ///< [m]
  std::vector<Side> feet_;
  Sole sole_;
  Vec3 target_;  ///< of the middle between the standing ankles [m]
};

}  // namespace

Demand UnsupportedBody::demand() const {
  return {poses[0].p, {-wrenches[0].force, -wrenches[0].moment}};
}

std::unique_ptr<SupportModel> stand_on_feet(const Subject& subject, const SupportSetup& setup,
                                            const RestingKeyframes& keyframes, const LumbarShares& shares) {
  return std::make_unique<FeetSupport>(subject, setup, keyframes, shares);
}

}  // namespace foramen
