#include <Eigen/Geometry>
#include <algorithm>

#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// Where an arm leans: the middle of the forearm, on the side of the ulna, over its length from the elbow (estimate).
constexpr double kForearmPlace = 0.6;
/// Distance from the axis of a thigh or shank to the axis of a forearm or hand that rests on it: the radii of both
/// (estimate); closer counts as touching [m].
constexpr double kLimbDistance = 0.13;

Vec3 forearm_place(const Subject& subject, const BodyPoses& poses, Side side) {
  const int forearm = index(on_side(Body::ForearmLeft, side));
  const Segment& segment = subject.segments[forearm];
  const Vec3 skin = segment.bed_contacts_B.empty() ? Vec3(Vec3::Zero()) : segment.bed_contacts_B.front();
  return poses[forearm] * Vec3(skin.x(), -kForearmPlace * segment.length, 0);
}

/// Shortest distance of a point from the axis of a limb segment, and the foot point.
double distance_to_axis(const Subject& subject, const BodyPoses& poses, Body limb, Body next, const Vec3& point) {
  const Vec3 start = poses[index(limb)].p, end = poses[index(limb)] * subject.segments[index(next)].X_PJ.p;
  const Vec3 along = end - start;
  const double s = std::clamp((point - start).dot(along) / along.squaredNorm(), 0.0, 1.0);
  return (point - start - s * along).norm();
}

}  // namespace

double desk_under_arms(const Subject& subject, const BodyPoses& poses) {
  double height = 0;
  for (const Side side : kSides) height += 0.5 * forearm_place(subject, poses, side).y();
  return height;
}

void add_arm_contacts(const Subject& subject, const SupportSetup& setup, const BodyPoses& poses, double desk_height,
                      std::vector<Contact>& contacts) {
  if (setup.hands_on == HandsOn::Nothing) return;
  for (const Side side : kSides) {
    const auto on = [side](Body left) { return on_side(left, side); };
    Contact contact;
    contact.body = on(Body::ForearmLeft);
    contact.point_W = forearm_place(subject, poses, side);
    contact.compliance = kFloorCompliance;
    contact.friction = setup.friction.value_or(kArmFriction);
    if (setup.hands_on == HandsOn::Desk) {
      contact.place = SupportPlace::Desk;
      contact.gap = std::max(0.0, contact.point_W.y() - desk_height);
    } else if (setup.hands_on == HandsOn::Thighs) {
      contact.place = SupportPlace::Thighs;
      contact.leans_on = on(Body::ThighLeft);
      contact.gap =
          std::max(0.0, distance_to_axis(subject, poses, on(Body::ThighLeft), on(Body::ShankLeft), contact.point_W) -
                            kLimbDistance);
    } else {
      // The hands hold the shank below the knee and keep it from sinking away from the chest.
      contact.place = SupportPlace::Hands;
      contact.body = on(Body::ShankLeft);
      contact.leans_on = on(Body::HandLeft);
      contact.point_W = poses[index(on(Body::HandLeft))].p;
      contact.normal_W =
          (poses[index(Body::Thorax)] * subject.segments[index(on(Body::UpperArmLeft))].X_PJ.p - contact.point_W)
              .normalized();
      contact.gap =
          std::max(0.0, distance_to_axis(subject, poses, on(Body::ShankLeft), on(Body::FootLeft), contact.point_W) -
                            kLimbDistance);
    }
    contacts.push_back(contact);
  }
}

void add_foot_contacts(const Subject& subject, const SupportSetup& setup, const BodyPoses& poses, Side side,
                       std::vector<Contact>& contacts) {
  const Body foot = on_side(Body::FootLeft, side);
  for (const Vec3& point : subject.segments[index(foot)].sole_B) {
    Contact contact;
    contact.place = SupportPlace::Feet;
    contact.body = foot;
    contact.point_W = poses[index(foot)] * point;
    contact.gap = std::max(0.0, contact.point_W.y());
    contact.compliance = kFloorCompliance;
    contact.friction = setup.friction.value_or(kFloorFriction);
    contacts.push_back(contact);
  }
}

}  // namespace foramen
