#include "sim/assess/circumstances.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace foramen {

namespace {

/// Differences below these are not worth a sentence.
constexpr double kSmallMoment = 3;                   // [N·m]
constexpr double kSmallAngle = 5 * units::deg;

/// Bodies that L5–S1 carries in every posture: the tree's branch above the pelvis.
constexpr std::array kAbove{Body::L5,           Body::L4,          Body::L3,       Body::L2,
                            Body::L1,           Body::Thorax,      Body::Head,     Body::UpperArmLeft,
                            Body::ForearmLeft,  Body::HandLeft,    Body::UpperArmRight, Body::ForearmRight,
                            Body::HandRight};

const Pose& pose_of(const BodyPoses& poses, Body body) {
  return poses[static_cast<std::size_t>(index(body))];
}

double angle(const Frame& frame, PostureAngle which) {
  return frame.instant.angles[static_cast<std::size_t>(index(which))];
}

}  // namespace

Circumstances circumstances(const Frame& frame, const Subject& subject) {
  Circumstances c;
  const auto l5s1 = static_cast<std::size_t>(index(Level::L5S1));
  const BodyPoses& poses = frame.instant.poses;
  const Vec3 disc = pose_of(poses, body_of(lower_vertebra(Level::L5S1))) * subject.levels[l5s1].X_LD.p;
  c.time = frame.time;
  c.compression = frame.spine.levels[l5s1].compression;
  c.moment = -frame.net[l5s1].moment.z();
  c.load_mass = frame.instant.hand_load_mass;
  const auto hand = [&](Body body) -> Vec3 {
    return pose_of(poses, body) * subject.segments[static_cast<std::size_t>(index(body))].com_B;
  };
  c.load_arm = 0.5 * (hand(Body::HandLeft).x() + hand(Body::HandRight).x()) - disc.x();
  c.load_moment = c.load_mass * kGravity * c.load_arm;
  for (const Body body : kAbove) {
    const Segment& segment = subject.segments[static_cast<std::size_t>(index(body))];
    c.body_moment += segment.mass * kGravity * ((pose_of(poses, body) * segment.com_B).x() - disc.x());
  }
  c.movement_moment = c.moment - c.load_moment - c.body_moment;
  const Vec3 up = pose_of(poses, Body::Thorax).R.col(1);
  c.trunk_inclination = std::atan2(up.x(), up.y());
  c.lumbar_flexion = angle(frame, PostureAngle::LumbarFlexion);
  c.hip_flexion = std::max(angle(frame, PostureAngle::HipFlexionLeft), angle(frame, PostureAngle::HipFlexionRight));
  c.knee_flexion = std::max(angle(frame, PostureAngle::KneeFlexionLeft), angle(frame, PostureAngle::KneeFlexionRight));
  return c;
}

const Frame* hardest_frame(const Result& result) {
  const Frame* hardest = nullptr;
  const auto compression = [](const Frame& f) {
    return f.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression;
  };
  for (const Frame& frame : result.frames) {
    if (frame.converged() && (!hardest || compression(frame) > compression(*hardest))) hardest = &frame;
  }
  return hardest;
}

const RootState& PressedRoot::state() const {
  return frame->nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
}

PressedRoot most_pressed(const Result& result) {
  PressedRoot most;
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    for (const Root root : kRoots) {
      for (const Side side : kSides) {
        const PressedRoot here{&frame, root, side};
        if (!most.frame || here.state().pressure > most.state().pressure) most = here;
      }
    }
  }
  return most;
}

std::vector<Reason> reasons(const Circumstances& a, const Circumstances& b) {
  using Kind = Reason::Kind;
  std::vector<Reason> all;
  // The load's moment is mass times arm: each is changed with the other at its mean, so that the two add up.
  const double mean_mass = 0.5 * (a.load_mass + b.load_mass), mean_arm = 0.5 * (a.load_arm + b.load_arm);
  all.push_back({Kind::LoadArm, a.load_arm, b.load_arm, kGravity * mean_mass * (a.load_arm - b.load_arm)});
  all.push_back({Kind::LoadMass, a.load_mass, b.load_mass, kGravity * mean_arm * (a.load_mass - b.load_mass)});
  all.push_back({Kind::BodyMoment, a.body_moment, b.body_moment, a.body_moment - b.body_moment});
  all.push_back({Kind::Movement, a.movement_moment, b.movement_moment, a.movement_moment - b.movement_moment});
  std::erase_if(all, [](const Reason& r) { return std::abs(r.moment_difference) < kSmallMoment; });
  std::stable_sort(all.begin(), all.end(), [](const Reason& x, const Reason& y) {
    return std::abs(x.moment_difference) > std::abs(y.moment_difference);
  });
  if (std::abs(a.trunk_inclination - b.trunk_inclination) > kSmallAngle)
    all.push_back({Kind::TrunkInclination, a.trunk_inclination, b.trunk_inclination, 0});
  if (std::abs(a.lumbar_flexion - b.lumbar_flexion) > kSmallAngle)
    all.push_back({Kind::LumbarFlexion, a.lumbar_flexion, b.lumbar_flexion, 0});
  return all;
}

}  // namespace foramen
