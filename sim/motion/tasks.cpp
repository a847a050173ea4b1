#include "sim/motion/tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/reach.h"
#include "sim/motion/task_postures.h"
#include "sim/motion/task_ways.h"

namespace foramen {

namespace {

/// Grips to either side of the load's middle [m]. Estimates: handles of a crate 0.36 m wide; a bag's two loops.
constexpr double kHalfBox = 0.18, kHalfBag = 0.06;
constexpr double kLungeStep = 0.55;  ///< front foot ahead of the rear one [m]; estimate
constexpr double kFloorGrip = 0.28;  ///< height of grips the floor postures of data/lift_techniques.csv are for [m]
constexpr double kGrip = 0.25, kHold = 0.5;  ///< [s]
constexpr double kNoticed = 0.01;            ///< hands farther off their path than this are told of [m]
constexpr double kRounding = 0.01;           ///< [deg]
/// A box carried in front: grips before the belly, forearms level. Estimates.
constexpr double kCarryReach = 0.32;
constexpr double kElbowHeight = 0.63;              ///< of stature, Drillis and Contini 1966
constexpr double kLevelForearm = 90 * units::deg;  ///< elbow of hands held at that height, upper arms hanging

std::size_t at(PostureAngle angle) {
  return static_cast<std::size_t>(index(angle));
}

PostureAngles mirrored_angles(const PostureAngles& angles) {
  PostureAngles image{};
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const auto angle = static_cast<PostureAngle>(a);
    image[at(mirror(angle))] = mirror_changes_sign(angle) ? -angles[at(angle)] : angles[at(angle)];
  }
  return image;
}

HandLoad load_of(LoadKind kind, double mass, Hands hands) {
  HandLoad load;
  load.kind = kind;
  load.mass = mass;
  load.hands = hands;
  return load;
}

/// A keyframe that sets every angle which is not that of standing; standing ankles follow by themselves.
Keyframe keyframe_of(double time, const PostureAngles& angles, const std::vector<Side>& feet) {
  Keyframe keyframe;
  keyframe.time = time;
  keyframe.posture = "standing";
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const auto angle = static_cast<PostureAngle>(a);
    const bool ankle = a <= index(PostureAngle::AnkleDorsiflexionRight);
    if (ankle && std::find(feet.begin(), feet.end(), static_cast<Side>(a)) != feet.end()) continue;
    const double degrees = std::round(angles[at(angle)] / units::deg / kRounding);
    if (degrees != 0) keyframe.overrides[at(angle)] = degrees / std::round(1 / kRounding) * units::deg;
  }
  return keyframe;
}

/// Height of the grips of hanging arms.
double knuckle_height(const Subject& subject) {
  const Vec3 ankle = standing_poses(subject.segments)[static_cast<std::size_t>(index(Body::FootLeft))].p;
  const Vec3 hand = standing_poses(subject.segments)[static_cast<std::size_t>(index(Body::HandLeft))] *
                    grip_point(subject, Side::Left);
  return hand.y() - ankle.y() - subject.segments[static_cast<std::size_t>(index(Body::FootLeft))].sole_B.front().y();
}

/// Everything a lift is made of.
class LiftWriter {
 public:
  LiftWriter(const Subject& subject, const PostureLibrary& library, const Scenario& scenario)
      : subject_(subject),
        lift_(*scenario.lift),
        postures_(subject, library, scenario.solver, lift_.place, "lift"),
        technique_(library.techniques.at(static_cast<std::size_t>(index(lift_.technique)))) {
    const bool left_hand = lift_.hands == Hands::Left;
    if (lift_.technique == LiftTechnique::Golfers) {
      if (lift_.hands == Hands::Both)
        refuse_task(lift_.place, "lift.hands", "a golfer's lift takes one hand: left or right");
      feet_ = {left_hand ? Side::Right : Side::Left};
    }
    if (lift_.technique == LiftTechnique::Lunge) step_ = left_hand ? kLungeStep : -kLungeStep;
    if (left_hand) {
      technique_ = {mirrored_angles(technique_.floor), mirrored_angles(technique_.upright), technique_.spread};
      technique_.spread = mirrored_spread(technique_.spread);
    }
  }

  void write(Scenario& scenario, std::vector<std::string>& warnings) const {
    const double T = lift_.duration.value_or(kLiftSeconds.at(static_cast<std::size_t>(index(lift_.pace))));
    // Who is asked to lift fast hurries with the load, not to it: studies of lifting speed time from lift-off.
    const double empty = std::max(T, kLiftSeconds.at(static_cast<std::size_t>(index(Pace::Normal))));
    Grasp from = grasp(lift_.reach, lift_.from_height, lift_.asymmetry);
    Grasp to = grasp(lift_.to_reach.value_or(lift_.reach), lift_.to_height, lift_.to_asymmetry);
    from.taken_over = true;
    to.taken_over = lift_.then == LiftEnd::PutDown;
    const ReachResult upright = postures_.find(technique_, 0, feet_, step_, nullptr, "the start");
    const ReachResult start = posture(from, "the load"), end = posture(to, "where the load goes");
    const double weight = subject_.description.mass * kGravity;
    const auto free = [&](const Grasp& grasp, const ReachResult& posture) {
      Grasp hands = grasp;
      hands.force = Vec3::Zero();
      return WayEnd{hands, posture.angles, centre_without_load(posture.centre_of_pressure_W, grasp, weight)};
    };
    const WayEnd rest = free(empty_hands(upright), upright);
    const WayEnd taking{from, start.angles, start.centre_of_pressure_W},
        placing{to, end.angles, end.centre_of_pressure_W};
    double time = 0;
    const auto frame = [&](double after, const PostureAngles& angles, Turn turn = Turn::Rest) {
      scenario.motion.keyframes.push_back(keyframe_of(time + after, angles, feet_));
      scenario.motion.keyframes.back().turn = turn;
    };
    HandLoad load = load_of(lift_.kind, lift_.share * lift_.mass, lift_.hands);
    const Mover mover{subject_, postures_, technique_, feet_, step_};
    const auto way = [&](const WayEnd& a, const WayEnd& b, double seconds, const HandLoad* held, const char* what) {
      const Way found = find_way(mover, a, b, seconds, held);
      const auto count = static_cast<double>(found.stations.size());
      for (std::size_t i = 0; i < found.stations.size(); ++i)
        frame(static_cast<double>(i + 1) / (count + 1) * seconds, found.stations[i], Turn::Flow);
      if (found.missing > kNoticed) {
        warnings.push_back(
            fmt::format("lift: on the way {} the hands leave their straight path by up to {:.1f} cm (at {:.2f} s): "
                        "joints and balance do not let them follow it",
                        what, 100 * found.missing, time + found.when * seconds));
      }
      frame(seconds, b.angles);
      time += seconds;
    };
    const auto pause = [&](double length, const WayEnd& at) {
      frame(length, at.angles);
      time += length;
    };
    frame(0, rest.angles);
    way(rest, free(from, start), empty, nullptr, "to the load");
    const double taken = time;
    pause(kGrip, taking);
    way(taking, placing, T, &load, "with the load");
    double given = 0;
    if (lift_.then == LiftEnd::PutDown) {
      pause(kGrip, placing);
      given = time;
      way(free(to, end), rest, empty, nullptr, "back from the load");
    } else {
      pause(kHold, placing);
      given = time;
    }
    load.from = taken;
    load.to = given;
    load.grip = kGrip;
    load.object = lift_.object;
    scenario.loads.push_back(load);
  }

 private:
  static PostureAngles mirrored_spread(const PostureAngles& spread) {
    PostureAngles image{};
    for (int a = 0; a < kPostureAngleCount; ++a)
      image[at(mirror(static_cast<PostureAngle>(a)))] = spread[static_cast<std::size_t>(a)];
    return image;
  }

  [[nodiscard]] Grasp grasp(double reach, double height, double azimuth) const {
    return Grasp::at(reach, height, azimuth, lift_.kind == LoadKind::Box ? kHalfBox : kHalfBag, lift_.hands,
                     Vec3(0, -lift_.share * lift_.mass * kGravity, 0));
  }

  /// The lifting hands where this posture has them.
  [[nodiscard]] Grasp empty_hands(const ReachResult& posture) const {
    Grasp grasp;
    for (const Side side : holding_sides(lift_.hands)) {
      const auto s = static_cast<std::size_t>(index(side));
      grasp.grips[s] = posture.grips_W[s];
    }
    return grasp;
  }

  [[nodiscard]] ReachResult posture(const Grasp& grasp, const char* what) const {
    const double knuckles = knuckle_height(subject_);
    const double blend = std::clamp((knuckles - grasp.middle().y()) / (knuckles - kFloorGrip), 0.0, 1.2);
    TechniquePreference technique = technique_;
    const double elbows = kElbowHeight * subject_.description.stature;
    const double raised = std::clamp((grasp.middle().y() - knuckles) / (elbows - knuckles), 0.0, 1.0);
    for (const Side side : holding_sides(lift_.hands))
      technique.upright[at(on_side(PostureAngle::ElbowFlexionLeft, side))] = raised * kLevelForearm;
    return postures_.find(technique, blend, feet_, step_, &grasp, what);
  }

  const Subject& subject_;
  const LiftTask& lift_;
  TaskPostures postures_;
  TechniquePreference technique_;
  std::vector<Side> feet_{Side::Left, Side::Right};
  double step_ = 0;
};

TechniquePreference upright(const PostureLibrary& library) {
  TechniquePreference technique;
  technique.spread = library.limits.spread;
  return technique;
}

void write_carry(const Subject& subject, const PostureLibrary& library, Scenario& scenario) {
  const CarryTask& carry = *scenario.carry;
  const TaskPostures postures(subject, library, scenario.solver, carry.place, "carry");
  const std::vector<Side> feet{Side::Left, Side::Right};
  HandLoad load = load_of(LoadKind::Box, carry.mass, carry.hands);
  TechniquePreference technique = upright(library);
  PostureAngles angles{};
  if (carry.where == CarryPlace::Front) {
    technique.upright[at(PostureAngle::ElbowFlexionLeft)] = technique.upright[at(PostureAngle::ElbowFlexionRight)] =
        kLevelForearm;
    const Grasp grasp = Grasp::at(kCarryReach, kElbowHeight * subject.description.stature, 0, kHalfBox, carry.hands,
                                  Vec3(0, -carry.mass * kGravity, 0));
    angles = postures.find(technique, 0, feet, 0, &grasp, "the load").angles;
  } else if (carry.where == CarryPlace::Side) {
    load.kind = LoadKind::Bag;  // arms hang
  } else {
    load.on = LoadPlace::Back;
  }
  scenario.motion.keyframes.push_back(keyframe_of(0, angles, feet));
  scenario.loads.push_back(load);
}

void write_push(const Subject& subject, const PostureLibrary& library, Scenario& scenario) {
  const PushTask& push = *scenario.push;
  const TaskPostures postures(subject, library, scenario.solver, push.place, "push");
  const std::vector<Side> feet{Side::Left, Side::Right};
  // The handle answers a push by pressing back.
  const Vec3 force((push.direction == PushDirection::Push ? -1 : 1) * push.force, 0, 0);
  const Grasp grasp = Grasp::at(push.reach, push.height, 0, kHalfBox, push.hands, force);
  const PostureAngles angles = postures.find(upright(library), 0, feet, 0, &grasp, "the handle").angles;
  scenario.motion.keyframes.push_back(keyframe_of(0, angles, feet));
  HandLoad load = load_of(LoadKind::Point, 0, push.hands);
  load.force = force;
  scenario.loads.push_back(load);
}

void check_alone(const Scenario& scenario, const TaskPlace& place, const std::string& key) {
  const int tasks = (scenario.lift ? 1 : 0) + (scenario.carry ? 1 : 0) + (scenario.push ? 1 : 0);
  if (tasks > 1) refuse_task(place, key, "only one of [lift], [carry] and [push] can be told of in one scenario");
  if (!scenario.motion.keyframes.empty() || scenario.motion.file || !scenario.loads.empty()) {
    refuse_task(
        place, key,
        "writes its own keyframes and load, so the scenario may not have any; foramen expand prints them to edit");
  }
  if (scenario.motion.support && *scenario.motion.support != Support::Feet)
    refuse_task(place, key, "is done standing: motion.support must be \"feet\"");
}

}  // namespace

Scenario expand_tasks(const Subject& subject, const PostureLibrary& postures, const Scenario& scenario,
                      std::vector<std::string>* warnings) {
  Scenario expanded = scenario;
  std::vector<std::string> unheard;
  if (scenario.lift) {
    check_alone(scenario, scenario.lift->place, "lift");
    LiftWriter(subject, postures, scenario).write(expanded, warnings ? *warnings : unheard);
  } else if (scenario.carry) {
    check_alone(scenario, scenario.carry->place, "carry");
    write_carry(subject, postures, expanded);
  } else if (scenario.push) {
    check_alone(scenario, scenario.push->place, "push");
    write_push(subject, postures, expanded);
  }
  expanded.lift.reset();
  expanded.carry.reset();
  expanded.push.reset();
  return expanded;
}

}  // namespace foramen
