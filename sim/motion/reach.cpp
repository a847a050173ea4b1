#include "sim/motion/reach.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr double kLargestElbowFlexion =
    150 * units::deg;                     ///< range of the elbow, American Academy of Orthopaedic Surgeons
constexpr double kReachTolerance = 1e-9;  ///< [m]
constexpr int kLargestIterations = 60;

/// Upper arm, forearm and hand as a chain from the thorax; q = (flexion, outward, elbow).
class Arm {
 public:
  Arm(const Subject& subject, const TreeMotion& tree, Side side)
      : segments_(subject.segments),
        side_(side),
        upper_(index(on_side(Body::UpperArmLeft, side))),
        forearm_(index(on_side(Body::ForearmLeft, side))),
        hand_(index(on_side(Body::HandLeft, side))),
        thorax_(place_bodies(subject, tree)[index(Body::Thorax)]),
        grip_forearm_(placed(hand_, tree.joints[hand_]) * grip_point(subject, side)) {}

  [[nodiscard]] Pose shoulder() const { return thorax_ * segments_[upper_].X_PJ; }
  /// Lengths of the two links, joint centre to joint centre and on to the grip.
  [[nodiscard]] double upper_length() const { return (segments_[forearm_].X_PJ.p - segments_[upper_].X_BJ.p).norm(); }
  [[nodiscard]] double lower_length() const { return (grip_forearm_ - segments_[forearm_].X_BJ.p).norm(); }

  [[nodiscard]] Vec3 grip(const Vec3& q) const {
    JointMotion shoulder_joint, elbow_joint;
    shoulder_joint.angle = {-side_sign(side_) * q.y(), 0, q.x()};
    elbow_joint.angle = {0, 0, q.z()};
    return thorax_ * (placed(upper_, shoulder_joint) * (placed(forearm_, elbow_joint) * grip_forearm_));
  }

 private:
  [[nodiscard]] Pose placed(int body, const JointMotion& joint) const {
    return segments_[body].X_PJ * Pose{joint.rotation(), Vec3::Zero()} * segments_[body].X_BJ.inverse();
  }

  const std::array<Segment, kBodyCount>& segments_;
  Side side_;
  int upper_, forearm_, hand_;
  Pose thorax_;
  Vec3 grip_forearm_;
};

/// Closed solution for two straight links: elbow from the distance, then the outward swing, then flexion.
Vec3 two_link_angles(double upper, double lower, const Vec3& target_J, double side) {
  const double d2 = target_J.squaredNorm();
  const double elbow = std::acos(std::clamp((d2 - upper * upper - lower * lower) / (2 * upper * lower), -1.0, 1.0));
  const double x = lower * std::sin(elbow), y = -upper - lower * std::cos(elbow);
  const double outward = std::asin(std::clamp(side * target_J.z() / -y, -1.0, 1.0));
  const double flexion = std::atan2(target_J.y(), target_J.x()) - std::atan2(y * std::cos(outward), x);
  return {std::remainder(flexion, 2 * kPi), outward, elbow};
}

[[noreturn]] void fail_reach(const std::string& key, const Vec3& target, double amount, const char* how) {
  throw InputError(
      InputProblem{.key = key,
                   .message = fmt::format("the hands cannot reach ({:.3f}, {:.3f}, {:.3f}) m in this posture: it is "
                                          "{:.3f} m {}",
                                          target.x(), target.y(), target.z(), amount, how)});
}

}  // namespace

Vec3 grip_point(const Subject& subject, Side side) {
  return subject.segments[index(on_side(Body::HandLeft, side))].com_B;
}

ArmAngles reach(const Subject& subject, const TreeMotion& tree, Side side, const Vec3& target_W,
                const std::string& key) {
  const Arm arm(subject, tree, side);
  const Vec3 target_J = arm.shoulder().inverse() * target_W;
  const double a = arm.upper_length(), b = arm.lower_length(), distance = target_J.norm();
  const double nearest = std::sqrt(a * a + b * b + 2 * a * b * std::cos(kLargestElbowFlexion));
  if (distance > a + b) fail_reach(key, target_W, distance - a - b, "beyond the outstretched arms");
  if (distance < nearest) fail_reach(key, target_W, nearest - distance, "too close to the shoulder");

  Vec3 q = two_link_angles(a, b, target_J, side_sign(side));
  Vec3 error = target_W - arm.grip(q);
  for (int i = 0; i < kLargestIterations && error.norm() > kReachTolerance; ++i) {
    constexpr double h = 1e-7;  // [rad]
    Mat3 J;
    for (int k = 0; k < 3; ++k) {
      const Vec3 step = h * Vec3::Unit(k);
      J.col(k) = (arm.grip(q + step) - arm.grip(q - step)) / (2 * h);
    }
    // A stretched arm has no way to lengthen: a little damping keeps the step finite there.
    constexpr double kDamping = 1e-9;  // [m²]
    const Mat3 normal = J.transpose() * J + kDamping * Mat3::Identity();
    q += normal.inverse() * (J.transpose() * error);
    error = target_W - arm.grip(q);
  }
  constexpr double kAcceptable = 1e-4;  // [m]
  if (!(error.norm() < kAcceptable)) fail_reach(key, target_W, error.norm(), "beyond what shoulder and elbow allow");
  return {q.x(), q.y(), q.z()};
}

}  // namespace foramen
