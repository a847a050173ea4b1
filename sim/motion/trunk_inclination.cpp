#include "sim/motion/trunk_inclination.h"

#include <fmt/format.h>

#include "sim/base/error.h"
#include "sim/motion/reach.h"

namespace foramen {

namespace {

bool sets(const Keyframe& keyframe, PostureAngle angle) {
  return keyframe.overrides[static_cast<std::size_t>(index(angle))].has_value();
}

bool sets_legs(const Keyframe& keyframe) {
  for (const PostureAngle left : {PostureAngle::HipFlexionLeft, PostureAngle::AnkleDorsiflexionLeft}) {
    for (const Side side : kSides) {
      if (sets(keyframe, on_side(left, side))) return true;
    }
  }
  return false;
}

void bend_hips(PostureAngles& angles, double by) {
  for (const Side side : kSides) angles[index(on_side(PostureAngle::HipFlexionLeft, side))] += by;
}

/// Centre of mass of body and hand loads in front of the ankles [m].
double mass_before_ankles(const Subject& subject, const LumbarShares& shares, const PostureAngles& angles,
                          double load_mass) {
  MovingAngles still;
  for (int i = 0; i < kPostureAngleCount; ++i) still.posture[i] = {angles[i]};
  TreeMotion tree = turn_joints(still, shares);
  for (const Side side : kSides) flatten_foot(still, side, tree);
  const BodyPoses poses = place_bodies(subject, tree);
  double mass = load_mass, ankles = 0, moment = 0;
  for (const Segment& segment : subject.segments) mass += segment.mass;
  moment = (mass - load_mass) * centre_of_mass(subject, poses).x();
  for (const Side side : kSides) {
    ankles += 0.5 * poses[index(on_side(Body::FootLeft, side))].p.x();
    moment += 0.5 * load_mass * (poses[index(on_side(Body::HandLeft, side))] * grip_point(subject, side)).x();
  }
  return moment / mass - ankles;
}

/// Leans straight or bent legs about the ankles, the pelvis keeping its pitch: hips bend as the legs lean back.
void lean_to_balance(const Subject& subject, const LumbarShares& shares, double load_mass, PostureAngles& angles) {
  constexpr double kMostLean = 0.8;  // [rad]
  constexpr int kHalvings = 50;
  double back = -kMostLean, forward = kMostLean;
  for (int i = 0; i < kHalvings; ++i) {
    const double lean = 0.5 * (back + forward);
    PostureAngles tried = angles;
    bend_hips(tried, lean);
    (mass_before_ankles(subject, shares, tried, load_mass) > kMiddleOfFeet ? back : forward) = lean;
  }
  bend_hips(angles, 0.5 * (back + forward));
}

}  // namespace

PostureAngles incline_trunk(const Subject& subject, const LumbarShares& shares, const LumbopelvicRhythm& rhythm,
                            const SupportSetup& setup, const Keyframe& keyframe, PostureAngles angles,
                            double inclination, double load_mass, std::size_t number) {
  const auto refuse = [&](const std::string& message) {
    throw InputError(InputProblem{.file = keyframe.file,
                                  .line = keyframe.line,
                                  .column = keyframe.column,
                                  .key = fmt::format("motion.keyframe.{}.trunk_inclination_deg", number),
                                  .message = message});
  };
  if (setup.kind != Support::Feet) refuse("the published rhythm is of standing people: it needs support = \"feet\"");
  const bool lumbar_set = sets(keyframe, PostureAngle::LumbarFlexion),
             pelvis_set = sets(keyframe, PostureAngle::PelvisForwardPitch);
  if (lumbar_set && pelvis_set)
    refuse("lumbar_flexion_deg and pelvis_forward_pitch_deg say it already: leave out one of the three");
  double &lumbar = angles[index(PostureAngle::LumbarFlexion)],
         &pelvis = angles[index(PostureAngle::PelvisForwardPitch)];
  const double old_pitch = pelvis, per_lumbar = 1 + shares.flexion_T12L1;
  const double below = inclination - angles[index(PostureAngle::ThoracicFlexion)];
  if (pelvis_set) {
    lumbar = (below - pelvis) / per_lumbar;
  } else if (lumbar_set) {
    pelvis = below - lumbar * per_lumbar;
  } else {
    const Bend bend = split_bend(rhythm, subject.description.hamstrings, below, per_lumbar);
    lumbar = bend.lumbar;
    pelvis = bend.pelvis;
  }
  if (!sets_legs(keyframe)) {
    bend_hips(angles, pelvis - old_pitch);
    lean_to_balance(subject, shares, load_mass, angles);
  }
  return angles;
}

}  // namespace foramen
