#pragma once

/// What a scenario's `support` means: where it puts the body and how it carries it.

#include <functional>
#include <memory>
#include <vector>

#include "sim/motion/contacts.h"
#include "sim/motion/motion.h"
#include "sim/motion/posture_kinematics.h"
#include "sim/motion/support.h"

namespace foramen {

/// What carries the body, every choice made.
struct SupportSetup {
  Support kind = Support::Feet;
  Orientation orientation = Orientation::Upright;
  double backrest = 100 * kPi / 180;      ///< between seat and backrest [rad]; typical of chairs (estimate)
  std::optional<double> backrest_height;  ///< of its upper edge over the seat; nothing: above the head [m]
  std::optional<double> friction;         ///< nothing: one for each place
  HandsOn hands_on = HandsOn::Nothing;
  Muscles muscles = Muscles::Relaxed;
  HeldFeet held_feet = HeldFeet::Free;
};

/// The bodies of one instant with what they lack: wrenches[Pelvis] is what supports must take (joint_wrenches).
struct UnsupportedBody {
  const BodyPoses& poses;
  const std::array<Wrench, kBodyCount>& wrenches;
  std::function<RestMoments()> rest;  ///< asked only by supports that can choose among forces

  [[nodiscard]] Demand demand() const;
};

/// The postures between which the body moves.
struct RestingKeyframes {
  std::vector<double> times;  ///< [s]
  std::vector<MovingAngles> angles;
  std::function<MovingAngles(double time)> between;  ///< the angles at any time
};

class SupportModel {
 public:
  virtual ~SupportModel() = default;

  /// Places the pelvis in the floor frame (x forward, y up from the supporting surface, origin midway between the
  /// ankles; lying: on the bed below the pelvis) and turns those joints that follow from the support.
  virtual void place(double time, MovingAngles& angles, TreeMotion& tree) const = 0;

  [[nodiscard]] virtual SupportForces carry(const UnsupportedBody& body) const = 0;
};

/// On the feet, which stay flat where they are: the ankles follow, the pelvis is placed by the legs. The foot that is
/// lower at every keyframe carries alone; within 1 cm of each other both do. Hands may lean on a desk or on the thighs.
/// Throws InputError if the feet take turns.
[[nodiscard]] std::unique_ptr<SupportModel> stand_on_feet(const Subject& subject, const SupportSetup& setup,
                                                          const RestingKeyframes& keyframes,
                                                          const LumbarShares& shares);

/// On a seat at the height that leaves the lower foot on the floor in the first keyframe; the hips stay where they are.
/// Where the legs lift the hips off the seat in a later keyframe the person rises: both feet stay flat on the floor and
/// the hips follow. Sitting bones, thighs, feet that touch the floor, the backrest and the arms carry. The backrest is
/// the plane at its angle that touches the back where it reaches farthest behind in any keyframe, up to its upper edge;
/// what comes to lie higher leans on it less and less over kContactReach. Throws InputError for one that no part of the
/// back can lean on.
[[nodiscard]] std::unique_ptr<SupportModel> sit_on_seat(const Subject& subject, const SupportSetup& setup,
                                                        const RestingKeyframes& keyframes, const LumbarShares& shares);

/// Lying on a bed, or on hands and knees, forearms and feet on the floor: the body settles on the points of its skin
/// that come lowest, and whatever touches carries. A bed takes up the shape of the body and follows a head on its
/// pillow. Hands that bear weight lie flat. A leg that leaves the bed is held at the ankle by somebody else (the
/// examiner of a straight leg raise) unless muscles are active.
[[nodiscard]] std::unique_ptr<SupportModel> rest_on_surface(const Subject& subject, const SupportSetup& setup,
                                                            const RestingKeyframes& keyframes,
                                                            const LumbarShares& shares);

/// Everything about the support that a motion's first posture says and the scenario does not override. Throws
/// InputError where keyframes lie on different sides, or need different supports that no motion joins.
[[nodiscard]] SupportSetup support_setup(const PostureLibrary& postures, const MotionDescription& motion);

/// The model of that support.
[[nodiscard]] std::unique_ptr<SupportModel> support_model(const Subject& subject, const SupportSetup& setup,
                                                          const RestingKeyframes& keyframes,
                                                          const LumbarShares& shares);

/// What the hands or forearms lean on or hold at this instant, added to `contacts`; `desk_height` is that of the top
/// over the floor [m].
void add_arm_contacts(const Subject& subject, const SupportSetup& setup, const BodyPoses& poses, double desk_height,
                      std::vector<Contact>& contacts);

/// How high a desk stands that the forearms meet in these poses [m].
[[nodiscard]] double desk_under_arms(const Subject& subject, const BodyPoses& poses);

/// The points of a foot on the floor.
void add_foot_contacts(const Subject& subject, const SupportSetup& setup, const BodyPoses& poses, Side side,
                       std::vector<Contact>& contacts);

/// Compliance of the places that carry [m/N]. Estimates: bed 2 cm under 100 N of a hand's breadth, cushion 1 cm, skin
/// on a floor or a desk half a centimetre.
inline constexpr double kBedCompliance = 2e-4, kCushionCompliance = 1e-4, kFloorCompliance = 5e-5;
/// Friction of clothes or skin on them; estimates within the published 0.3…0.7.
inline constexpr double kFloorFriction = 0.6, kSeatFriction = 0.5, kArmFriction = 0.5;
/// Upholstery gives way along the back until a resting trunk hangs on nothing.
inline constexpr double kBackrestFriction = 0;

}  // namespace foramen
