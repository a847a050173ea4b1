#include <algorithm>
#include <stdexcept>

#include "sim/motion/bed_shape.h"
#include "sim/motion/keyframe_curve.h"
#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// Sink of the resting body into its pads. Estimate: a firm mattress or a padded couch gives 1–3 cm under a lying body;
/// pads take up the shape of the back and share weight as the segments bring it, as foam and muscle at rest do.
constexpr double kSink = 0.02;  // [m]
/// Rise of the ankle over which an examiner's hand takes over a leg that leaves the bed. Estimate.
constexpr double kTakeOver = 0.05;  // [m]

/// Mass that would rest on each segment's own pads if segments lay side by side [kg]: its own, and for pelvis and
/// thorax half of the lumbar slices, which bridge the hollow of the back.
std::array<double, kBodyCount> resting_masses(const Subject& subject) {
  std::array<double, kBodyCount> masses{};
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& segment = subject.segments[b];
    if (!segment.bed_contacts_B.empty()) {
      masses[b] += segment.mass;
    } else {
      masses[index(Body::Pelvis)] += 0.5 * segment.mass;
      masses[index(Body::Thorax)] += 0.5 * segment.mass;
    }
  }
  return masses;
}

class BedSupport final : public SupportModel {
 public:
  BedSupport(const Subject& subject, const MovingAngles& resting, const LumbarShares& shares) : subject_(subject) {
    if (subject.segments[0].bed_contacts_B.empty()) throw std::invalid_argument("lying: the pelvis touches no bed");
    MovingAngles angles = resting;
    TreeMotion tree = turn_joints(angles, shares);
    place(angles, tree);
    const BodyPoses poses = place_bodies(subject, tree);
    for (const Side side : kSides) resting_ankles_[index(side)] = ankle(poses, side).y();
    const std::array<double, kBodyCount> masses = resting_masses(subject);
    std::vector<double> even;
    double lowest = 0;
    for (int b = 0; b < kBodyCount; ++b) {
      const std::vector<Vec3>& contacts = subject.segments[b].bed_contacts_B;
      for (const Vec3& contact : contacts) {
        pads_.push_back({static_cast<Body>(b), poses[b] * contact, 0, 0});
        contacts_.push_back({contact, pads_.back().point_W.y()});
        even.push_back(masses[b] * kGravity / static_cast<double>(contacts.size()));
        lowest = std::min(lowest, contacts_.back().resting_height);
      }
    }
    const std::vector<double> pushes = resting_pushes(subject, tree, pads_, even);
    for (std::size_t i = 0; i < pads_.size(); ++i) pads_[i].stiffness = pushes[i] / kSink;
    height_ = -lowest;
  }

  void place(MovingAngles&, TreeMotion& tree) const override {
    tree.joints[0].angle.z() += 0.5 * kPi;  // backwards onto the back: the head towards −x, the front up
    tree.pelvis_position = {0, height_, 0};
  }

  SupportForces carry(const UnsupportedBody& body) const override {
    std::vector<Pad> pads = pads_;
    for (std::size_t i = 0; i < pads.size(); ++i) {
      pads[i].point_W = body.poses[index(pads[i].body)] * contacts_[i].point_B;
      pads[i].lift = pads[i].point_W.y() - height_ - contacts_[i].resting_height;
    }
    return rest_on_pads(body.demand(), pads, {held_leg(body, Side::Left), held_leg(body, Side::Right)});
  }

 private:
  struct Contact {
    Vec3 point_B;           ///< [m]
    double resting_height;  ///< over the pelvis' origin [m]
  };

  [[nodiscard]] static Vec3 ankle(const BodyPoses& poses, Side side) {
    return poses[index(on_side(Body::FootLeft, side))].p;
  }

  [[nodiscard]] HeldLeg held_leg(const UnsupportedBody& body, Side side) const {
    const int thigh = index(on_side(Body::ThighLeft, side));
    const Vec3 held = ankle(body.poses, side);
    const double rise = held.y() - height_ - resting_ankles_[index(side)];
    return {side, smooth_step({rise / kTakeOver}).value, body.poses[thigh] * subject_.segments[thigh].X_BJ.p, held,
            body.wrenches[thigh].moment.z()};
  }

  const Subject& subject_;
  std::vector<Pad> pads_;
  std::vector<Contact> contacts_;           ///< of each pad
  std::array<double, 2> resting_ankles_{};  ///< height over the pelvis' origin [m]
  double height_ = 0;                       ///< of the pelvis' origin over the bed [m]
};

}  // namespace

std::unique_ptr<SupportModel> lie_on_bed(const Subject& subject, const MovingAngles& resting,
                                         const LumbarShares& shares) {
  return std::make_unique<BedSupport>(subject, resting, shares);
}

}  // namespace foramen
