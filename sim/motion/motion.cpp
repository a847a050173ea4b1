#include "sim/motion/motion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/handled_object.h"
#include "sim/motion/keyframe_curve.h"
#include "sim/motion/reach.h"
#include "sim/motion/smoothing_spline.h"
#include "sim/motion/support_models.h"
#include "sim/motion/tasks.h"
#include "sim/motion/trunk_inclination.h"
#include "sim/scenario/support_names.h"

namespace foramen {

namespace {

/// A load of less than this push is off its feet: a jump, which no support here carries [N].
constexpr double kLeastPush = 1.0;

std::vector<std::string_view> names_of(const PostureLibrary& postures) {
  std::vector<std::string_view> names;
  for (const auto& [name, posture] : postures) names.push_back(name);
  return names;
}

PostureAngles keyframe_angles(const PostureLibrary& postures, const Keyframe& keyframe, std::size_t number) {
  const auto found = postures.find(keyframe.posture);
  if (found == postures.end()) {
    throw InputError(InputProblem{.file = keyframe.file,
                                  .line = keyframe.line,
                                  .column = keyframe.column,
                                  .key = fmt::format("motion.keyframe.{}.posture", number),
                                  .message = fmt::format("unknown posture '{}'; the nearest is '{}'", keyframe.posture,
                                                         nearest_name(names_of(postures), keyframe.posture))});
  }
  PostureAngles angles = found->second.angles;
  for (int i = 0; i < kPostureAngleCount; ++i) angles[i] = keyframe.overrides[i].value_or(angles[i]);
  return angles;
}

/// A posture held still must be carried by pushing alone.
void refuse_what_topples(const Instant& instant, const Keyframe& keyframe, const SupportSetup& setup) {
  const auto refuse = [&](std::string message) {
    throw InputError(InputProblem{.file = keyframe.file,
                                  .line = keyframe.line,
                                  .column = keyframe.column,
                                  .key = "motion.keyframe.0.posture",
                                  .message = std::move(message)});
  };
  if (!instant.support_convergence.converged)
    refuse(fmt::format("'{}' cannot be held: {}", keyframe.posture, instant.support_convergence.reason));
  if (instant.balance_offset <= kBalanceTolerance) return;
  refuse(
      fmt::format("'{}' cannot be held on '{}': the support would have to pull or not slip; balance is missed "
                  "by {:.1f} cm (the centre of pressure would have to lie at x = {:.2f} m, z = {:.2f} m)",
                  keyframe.posture, kSupportNames[static_cast<std::size_t>(index(setup.kind))],
                  100 * instant.balance_offset, instant.centre_of_pressure_W.x(), instant.centre_of_pressure_W.z()));
}

bool trunk_may_rest(const SupportSetup& setup) {
  return setup.muscles == Muscles::Relaxed && (setup.kind == Support::Backrest || setup.kind == Support::Bed ||
                                               setup.kind == Support::Forearms || setup.kind == Support::Floor);
}

/// Instant::trunk_rest of a trunk that may rest.
double trunk_rest(const Subject& subject, const std::vector<SupportReaction>& supports) {
  constexpr double kEnough = 0.25;  // of the weight; estimate: a backrest takes more from whoever leans on it
  const auto above_pelvis = [](Body body) { return body > Body::Pelvis && body < Body::ThighLeft; };
  double weight = 0, pressing = 0;
  for (int b = 0; b < kBodyCount; ++b)
    if (above_pelvis(static_cast<Body>(b))) weight += kGravity * subject.segments[b].mass;
  for (const SupportReaction& support : supports)
    if (above_pelvis(support.body)) pressing += support.force_W.norm();
  return smooth_step({pressing / (kEnough * weight)}).value;
}

RestMoments rest_moments(const Subject& subject, const Instant& instant,
                         const std::array<Wrench, kBodyCount>& unsupported, const SpineAtRest& at_rest) {
  RestMoments rest;
  rest.fill(Vec3::Zero());
  if (!at_rest) return rest;
  const auto moments = at_rest(instant.tree, instant.poses, net_loads(subject, instant.poses, unsupported));
  for (const Level level : kLevels) {
    const Mat3 R_WD = instant.poses[index(body_of(lower_vertebra(level)))].R * subject.levels[index(level)].X_LD.R;
    rest[index(body_of(upper_vertebra(level)))] = R_WD * moments[index(level)];
  }
  return rest;
}

MovingAngles resting(const PostureAngles& angles) {
  MovingAngles still;
  for (int i = 0; i < kPostureAngleCount; ++i) still.posture[i] = {angles[i]};
  return still;
}

}  // namespace

struct Motion::Parts {
  std::shared_ptr<const Subject> subject;
  std::vector<Keyframe> knots;
  std::vector<HandLoad> loads;
  std::vector<std::optional<HandledObject>> objects;  ///< of each load; nothing: it follows the hands
  LumbarShares shares;
  std::array<KeyframeCurve, kPostureAngleCount> curves;
  KeyframeCurve abdominal_pressure;
  std::array<std::array<KeyframeCurve, 2>, kActivityGroupCount> activity;
  std::array<std::optional<SmoothingSpline>, kPostureAngleCount> measured;  ///< instead of the curve, from a file
  std::vector<std::string> warnings;
  std::unique_ptr<SupportModel> support;
  bool trunk_may_rest = false;
  double start = 0, end = 0;

  [[nodiscard]] MovingAngles angles(double time) const {
    MovingAngles a;
    for (int i = 0; i < kPostureAngleCount; ++i)
      a.posture[i] = measured[i] ? measured[i]->at(time) : curves[i].at(time);
    return a;
  }

  [[nodiscard]] MuscleActivity activity_at(double time) const {
    MuscleActivity now{};
    for (std::size_t group = 0; group < now.size(); ++group)
      for (std::size_t s = 0; s < 2; ++s)
        if (!activity[group][s].times().empty()) now[group][s] = activity[group][s].at(time).value;
    return now;
  }

  [[nodiscard]] TreeMotion tree(double time, MovingAngles& angles) const {
    TreeMotion motion = turn_joints(angles, shares);
    support->place(time, angles, motion);
    return motion;
  }

  void incline(const PostureLibrary& postures, const SupportSetup& setup, const MotionDescription& motion,
               std::size_t number, PostureAngles& angles) const;
  void add_keyframes(const MotionDescription& motion, const std::vector<PostureAngles>& keyframes);
  void add_activity(const PostureLibrary& postures, const MotionDescription& motion);
  void add_file(const CoordinateMapping& built_in, MotionDescription& motion);
  void add_support(const SupportSetup& setup, const MotionDescription& motion,
                   const std::vector<PostureAngles>& keyframes);
  void refuse_lifted_feet(const MotionDescription& motion) const;
  [[nodiscard]] bool measured_at_all() const {
    return std::any_of(measured.begin(), measured.end(), [](const auto& curve) { return curve.has_value(); });
  }
  void add_reach(const HandLoad& load, std::size_t number);
  void add_object(const HandLoad& load, std::size_t number);
};

/// Where the keyframe, or its posture on the feet, asks for a trunk inclination.
void Motion::Parts::incline(const PostureLibrary& postures, const SupportSetup& setup, const MotionDescription& motion,
                            std::size_t number, PostureAngles& angles) const {
  const Keyframe& keyframe = motion.keyframes[number];
  auto asked = keyframe.trunk_inclination;
  const bool says_all = keyframe.overrides[index(PostureAngle::LumbarFlexion)].has_value() &&
                        keyframe.overrides[index(PostureAngle::PelvisForwardPitch)].has_value();
  if (!asked && setup.kind == Support::Feet && !says_all)
    asked = postures.find(keyframe.posture)->second.trunk_inclination;
  if (!asked) return;
  double held = 0;
  for (const HandLoad& load : loads) {
    held += load.mass * held_share(load, motion.keyframes.front().time, motion.keyframes.back().time, keyframe.time);
  }
  angles = incline_trunk(*subject, shares, postures.rhythm, setup, keyframe, angles, *asked, held, number);
}

void Motion::Parts::add_keyframes(const MotionDescription& motion, const std::vector<PostureAngles>& keyframes) {
  std::vector<double> times;
  std::vector<bool> flows;
  for (const Keyframe& keyframe : motion.keyframes) {
    times.push_back(keyframe.time);
    flows.push_back(keyframe.turn == Turn::Flow);
  }
  for (int i = 0; i < kPostureAngleCount; ++i) {
    std::vector<double> values;
    for (const PostureAngles& angles : keyframes) values.push_back(angles[i]);
    curves[i] = KeyframeCurve(times, std::move(values), flows);
  }
  std::vector<double> held;
  for (const Keyframe& keyframe : motion.keyframes) held.push_back(keyframe.abdominal_pressure);
  abdominal_pressure = KeyframeCurve(times, std::move(held));
  start = times.front();
  end = times.back();
}

/// What was measured of some muscle at any keyframe; between one where it was and one where it was not it fades.
void Motion::Parts::add_activity(const PostureLibrary& postures, const MotionDescription& motion) {
  std::vector<double> times;
  for (const Keyframe& keyframe : motion.keyframes) times.push_back(keyframe.time);
  for (std::size_t group = 0; group < activity.size(); ++group) {
    for (std::size_t s = 0; s < 2; ++s) {
      std::vector<double> told;
      for (const Keyframe& keyframe : motion.keyframes) {
        const double usual = postures.find(keyframe.posture)->second.activity[group][s];
        told.push_back(keyframe.activity[group][s].value_or(usual));
      }
      if (*std::max_element(told.begin(), told.end()) > 0) activity[group][s] = KeyframeCurve(times, std::move(told));
    }
  }
}

/// Curves through measured samples; keyframes at a few instants of them, for the support.
void Motion::Parts::add_file(const CoordinateMapping& built_in, MotionDescription& motion) {
  if (!motion.keyframes.empty()) {
    throw InputError(InputProblem{.key = "motion.file", .message = "cannot be given together with keyframes"});
  }
  const MeasuredMotion file =
      read_motion_file(*motion.file, motion.mapping ? load_coordinate_mapping(*motion.mapping) : built_in);
  for (KeyframeCurve& curve : curves) curve = KeyframeCurve({file.start}, {0.0});
  abdominal_pressure = KeyframeCurve({file.start}, {0.0});
  for (const MeasuredAngle& angle : file.angles) {
    measured[index(angle.angle)] = SmoothingSpline(angle.times, angle.values, motion.smoothing);
  }
  warnings = file.warnings;
  start = file.start;
  end = file.end;
  constexpr int kSamples = 50;
  for (int i = 0; i <= kSamples; ++i) {
    Keyframe keyframe;
    keyframe.time = start + (end - start) * i / kSamples;
    keyframe.posture = "standing";
    const MovingAngles now = angles(keyframe.time);
    for (int a = index(PostureAngle::KneeFlexionLeft); a < kPostureAngleCount; ++a) {
      keyframe.overrides[a] = now.posture[a].value;
    }
    motion.keyframes.push_back(keyframe);
  }
}

void Motion::Parts::add_support(const SupportSetup& setup, const MotionDescription& motion,
                                const std::vector<PostureAngles>& keyframes) {
  RestingKeyframes still;
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    still.times.push_back(motion.keyframes[i].time);
    still.angles.push_back(resting(keyframes[i]));
  }
  still.between = [this](double time) { return angles(time); };
  support = support_model(*subject, setup, still, shares);
}

/// An ankle angle that the scenario itself sets must agree with the flat foot; one of a named posture gives way.
void Motion::Parts::refuse_lifted_feet(const MotionDescription& motion) const {
  constexpr double kAgreement = 1 * units::deg;
  for (std::size_t i = 0; i < motion.keyframes.size(); ++i) {
    MovingAngles solved = angles(motion.keyframes[i].time);
    (void)tree(motion.keyframes[i].time, solved);
    for (const Side side : kSides) {
      const PostureAngle ankle = on_side(PostureAngle::AnkleDorsiflexionLeft, side);
      const auto& asked = motion.keyframes[i].overrides[index(ankle)];
      if (asked && std::abs(*asked - solved[ankle].value) > kAgreement) {
        throw InputError(InputProblem{
            .key = fmt::format("motion.keyframe.{}.{}_deg", i, name(ankle)),
            .message = fmt::format("{:.1f} would lift the foot off the floor; with these hip, knee and pelvis angles "
                                   "it must be {:.1f} (or leave it out)",
                                   *asked / units::deg, solved[ankle].value / units::deg)});
      }
    }
  }
}

void Motion::Parts::add_reach(const HandLoad& load, std::size_t number) {
  if (!load.at) return;
  if (measured_at_all()) {
    throw InputError(InputProblem{.key = fmt::format("load.{}.at_m", number),
                                  .message = "needs keyframes: measured arms go where they went"});
  }
  const double time = std::clamp(load.from, start, end);
  MovingAngles now = angles(time);
  const TreeMotion body = tree(time, now);
  const BodyPoses standing = place_bodies(*subject, {});
  const std::vector<Side> sides = holding_sides(load.hands);
  for (const Side side : sides) {
    Vec3 target = *load.at;
    // Two hands hold to either side of the place, as far apart as they hang.
    const Vec3 hanging = standing[index(on_side(Body::HandLeft, side))] * grip_point(*subject, side);
    if (sides.size() > 1) target.z() += hanging.z();
    const ArmAngles arm = reach(*subject, body, side, target, fmt::format("load.{}.at_m", number));
    const auto bend = [&](PostureAngle left, double value) {
      KeyframeCurve& curve = curves[index(on_side(left, side))];
      curve = curve.with(time, value);
    };
    bend(PostureAngle::ShoulderFlexionLeft, arm.shoulder_flexion);
    bend(PostureAngle::ElbowFlexionLeft, arm.elbow_flexion);
    bend(PostureAngle::ShoulderAbductionLeft, arm.outward);
  }
}

void Motion::Parts::add_object(const HandLoad& load, std::size_t number) {
  objects.emplace_back();
  if (load.object != LoadBody::Rigid) return;
  const auto bodies_at = [this](double time) {
    MovingAngles now = angles(time);
    return move_bodies(*subject, tree(time, now));
  };
  objects.back().emplace(*subject, load, start, end, bodies_at, fmt::format("load.{}.object", number));
}

Motion::Motion(std::shared_ptr<const Subject> subject, const PostureLibrary& postures, const Scenario& written) {
  if (!subject) throw std::invalid_argument("motion: no subject");
  auto parts = std::make_unique<Parts>();
  const Scenario scenario = expand_tasks(*subject, postures, written, &parts->warnings);
  MotionDescription motion = scenario.motion;
  parts->subject = std::move(subject);
  parts->loads = scenario.loads;
  parts->shares = lumbar_shares(scenario.solver);
  if (motion.file) parts->add_file(postures.coordinates, motion);
  if (motion.keyframes.empty())
    throw InputError(InputProblem{.key = "motion.keyframe", .message = "at least one is needed"});
  std::vector<PostureAngles> keyframes;
  for (std::size_t i = 0; i < motion.keyframes.size(); ++i) {
    keyframes.push_back(keyframe_angles(postures, motion.keyframes[i], i));
  }
  parts->knots = motion.keyframes;
  const SupportSetup setup = support_setup(postures, motion);
  for (std::size_t i = 0; i < keyframes.size(); ++i) {
    parts->incline(postures, setup, motion, i, keyframes[i]);
  }
  if (!motion.file) parts->add_keyframes(motion, keyframes);
  if (!motion.file) parts->add_activity(postures, motion);
  parts->add_support(setup, motion, keyframes);
  parts->trunk_may_rest = trunk_may_rest(setup);
  if (setup.kind == Support::Feet) parts->refuse_lifted_feet(motion);
  for (std::size_t i = 0; i < scenario.loads.size(); ++i) parts->add_reach(scenario.loads[i], i);
  for (std::size_t i = 0; i < scenario.loads.size(); ++i) parts->add_object(scenario.loads[i], i);
  parts_ = std::move(parts);
  if (parts_->start == parts_->end) refuse_what_topples(at(parts_->start), motion.keyframes.front(), setup);
}

Motion::~Motion() = default;
Motion::Motion(Motion&&) noexcept = default;
Motion& Motion::operator=(Motion&&) noexcept = default;

const std::vector<Keyframe>& Motion::keyframes() const {
  return parts_->knots;
}
const std::vector<HandLoad>& Motion::loads() const {
  return parts_->loads;
}
const std::vector<std::string>& Motion::warnings() const {
  return parts_->warnings;
}
double Motion::start() const {
  return parts_->start;
}
double Motion::end() const {
  return parts_->end;
}

Instant Motion::at(double time, const SpineAtRest& at_rest) const {
  if (!std::isfinite(time)) throw std::invalid_argument(fmt::format("motion: time {}", time));
  const Subject& subject = *parts_->subject;
  Instant instant;
  instant.time = time;
  instant.abdominal_pressure = parts_->abdominal_pressure.at(time).value;
  instant.activity = parts_->activity_at(time);
  MovingAngles angles = parts_->angles(time);
  instant.tree = parts_->tree(time, angles);
  for (int i = 0; i < kPostureAngleCount; ++i) instant.angles[i] = angles.posture[i].value;

  const BodyMotions bodies = move_bodies(subject, instant.tree);
  for (int b = 0; b < kBodyCount; ++b) instant.poses[b] = bodies[b].pose;
  for (std::size_t l = 0; l < parts_->loads.size(); ++l) {
    const HandLoad& load = parts_->loads[l];
    if (const auto& object = parts_->objects[l]) {
      object->add_forces(time, subject, instant.poses, instant.external);
      instant.hand_load_mass += std::max(0.0, object->borne(time)) / kGravity;
      continue;
    }
    const double held = held_share(load, parts_->start, parts_->end, time);
    add_load_forces(subject, load, held, bodies, instant.external);
    instant.hand_load_mass += held * load.mass;
  }

  const auto unsupported = joint_wrenches(subject, instant.tree, instant.external);
  if (unsupported[0].force.y() < -kLeastPush) {
    const auto rest = [&] { return rest_moments(subject, instant, unsupported, at_rest); };
    SupportForces carried = parts_->support->carry({instant.poses, unsupported, rest});
    instant.external.insert(instant.external.end(), carried.forces.begin(), carried.forces.end());
    instant.supports = std::move(carried.reactions);
    instant.balance_offset = carried.overreach;
    instant.centre_of_pressure_W = carried.centre_of_pressure_W;
    instant.support_convergence = std::move(carried.convergence);
    if (parts_->trunk_may_rest) instant.trunk_rest = trunk_rest(subject, instant.supports);
  }
  instant.support_residual = joint_wrenches(subject, instant.tree, instant.external)[0].force.norm();
  return instant;
}

}  // namespace foramen
