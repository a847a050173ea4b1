#include "sim/assess/advice.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/assess/circumstances.h"
#include "sim/assess/posture_change.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/tasks.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 6> kChangeNames{"nearer", "higher_start", "less_lumbar_flexion",
                                                       "slower", "two_trips",    "no_twist"};
constexpr double kNearer = 0.10, kHigher = 0.25;  // [m]
constexpr double kLessFlexion = 15 * units::deg;
constexpr double kSlower = 1.5;
constexpr double kStep = 0.03;  // share of the peak that counts as a gain
constexpr double kPressureStep = 5 * units::mmHg;
/// Hands stay this far in front of the ankles when a load is brought nearer [m].
constexpr double kClosest = 0.15;

double& angle_of(PostureAngles& angles, PostureAngle which) {
  return angles[static_cast<std::size_t>(index(which))];
}

Vec3 hands(const Instant& instant, const Subject& subject) {
  const auto hand = [&](Body body) -> Vec3 {
    const auto b = static_cast<std::size_t>(index(body));
    return instant.poses[b] * subject.segments[b].com_B;
  };
  return 0.5 * (hand(Body::HandLeft) + hand(Body::HandRight));
}

/// Angles of a posture part of the way from upright.
PostureAngles scaled(const PostureAngles& angles, double share) {
  PostureAngles out = angles;
  for (double& angle : out) angle *= share;
  // The arms keep their place on the trunk.
  for (const PostureAngle arm : {PostureAngle::ShoulderFlexionLeft, PostureAngle::ShoulderFlexionRight,
                                 PostureAngle::ElbowFlexionLeft, PostureAngle::ElbowFlexionRight})
    out[static_cast<std::size_t>(index(arm))] = angles[static_cast<std::size_t>(index(arm))];
  return out;
}

/// What makes changes from a scenario and its person.
class Changer {
 public:
  Changer(const Scenario& scenario, const Library& library)
      : scenario_(scenario),
        library_(library),
        subject_(std::make_shared<const Subject>(build_subject(*library.anatomy, scenario.subject))),
        motion_(subject_, library.postures, scenario) {}

  [[nodiscard]] std::vector<ChangedScenario> all() const {
    std::vector<ChangedScenario> changes;
    const bool lifts = !scenario_.loads.empty() && scenario_.loads.front().mass > 0;
    if (lifts) add_nearer(changes);
    if (lifts && scenario_.motion.keyframes.size() > 1) add_higher(changes);
    add_less_flexion(changes);
    if (scenario_.motion.keyframes.size() > 1) add_slower(changes);
    if (lifts) add_two_trips(changes);
    add_no_twist(changes);
    return changes;
  }

 private:
  /// Keyframe at which the first load is taken over.
  [[nodiscard]] std::size_t pick_up() const {
    const auto& keyframes = scenario_.motion.keyframes;
    const double time = scenario_.loads.front().from;
    const auto nearest = std::min_element(
        keyframes.begin(), keyframes.end(),
        [&](const Keyframe& a, const Keyframe& b) { return std::abs(a.time - time) < std::abs(b.time - time); });
    return static_cast<std::size_t>(nearest - keyframes.begin());
  }
  [[nodiscard]] Instant at_keyframe(std::size_t k) const { return motion_.at(scenario_.motion.keyframes[k].time); }

  void add_nearer(std::vector<ChangedScenario>& changes) const {
    const Instant instant = at_keyframe(pick_up());
    Vec3 place = scenario_.loads.front().at.value_or(hands(instant, *subject_));
    const double amount = std::min(kNearer, place.x() - kClosest);
    if (amount < 0.02) return;
    place.x() -= amount;
    ChangedScenario change{Change::Nearer, amount, scenario_};
    change.scenario.loads.front().at = place;
    changes.push_back(std::move(change));
  }

  void add_higher(std::vector<ChangedScenario>& changes) const {
    const std::size_t k = pick_up();
    const Instant instant = at_keyframe(k);
    const double start = hands(instant, *subject_).y(), wanted = start + kHigher;
    Scenario tried = scenario_;
    const auto height = [&](double share) {
      write_out(tried.motion.keyframes[k], scaled(instant.angles, share));
      return hands(Motion(subject_, library_.postures, tried).at(tried.motion.keyframes[k].time), *subject_).y();
    };
    if (scenario_.loads.front().at || height(0.2) < wanted) return;
    double low = 0.2, high = 1;
    for (int i = 0; i < 20; ++i) {
      const double middle = 0.5 * (low + high);
      (height(middle) > wanted ? low : high) = middle;
    }
    static_cast<void>(height(low));
    changes.push_back({Change::HigherStart, kHigher, tried});
  }

  void add_less_flexion(std::vector<ChangedScenario>& changes) const {
    ChangedScenario change{Change::LessLumbarFlexion, 0, scenario_};
    for (std::size_t k = 0; k < scenario_.motion.keyframes.size(); ++k) {
      PostureAngles angles = at_keyframe(k).angles;
      const double taken = std::min(kLessFlexion, angle_of(angles, PostureAngle::LumbarFlexion));
      if (taken < 5 * units::deg) continue;
      // The hips take over what the lower back gives up, so that the trunk stays where it is.
      flex_lumbar_spine(angles, -taken);
      write_out(change.scenario.motion.keyframes[k], angles);
      change.amount = std::max(change.amount, taken);
    }
    if (change.amount > 0) changes.push_back(std::move(change));
  }

  void add_slower(std::vector<ChangedScenario>& changes) const {
    ChangedScenario change{Change::Slower, kSlower, scenario_};
    const double first = scenario_.motion.keyframes.front().time;
    const auto later = [&](double& time) { time = first + kSlower * (time - first); };
    for (Keyframe& keyframe : change.scenario.motion.keyframes) later(keyframe.time);
    for (HandLoad& load : change.scenario.loads) {
      later(load.from);
      later(load.to);
    }
    changes.push_back(std::move(change));
  }

  void add_two_trips(std::vector<ChangedScenario>& changes) const {
    ChangedScenario change{Change::TwoTrips, 0.5 * scenario_.loads.front().mass, scenario_};
    for (HandLoad& load : change.scenario.loads) load.mass *= 0.5;
    changes.push_back(std::move(change));
  }

  void add_no_twist(std::vector<ChangedScenario>& changes) const {
    ChangedScenario change{Change::NoTwist, 0, scenario_};
    for (std::size_t k = 0; k < scenario_.motion.keyframes.size(); ++k) {
      PostureAngles angles = at_keyframe(k).angles;
      for (const PostureAngle which : {PostureAngle::LumbarBendRight, PostureAngle::LumbarTwistLeft}) {
        change.amount = std::max(change.amount, std::abs(angle_of(angles, which)));
        change.scenario.motion.keyframes[k].overrides[static_cast<std::size_t>(index(which))] = 0.0;
      }
    }
    if (change.amount > 3 * units::deg) changes.push_back(std::move(change));
  }

  const Scenario& scenario_;
  const Library& library_;
  std::shared_ptr<const Subject> subject_;
  Motion motion_;
};

struct Peaks {
  double compression = 0, pressure = 0;
  bool strong = true;
};

Peaks peaks_of(const Result& result) {
  Peaks peaks;
  for (const Frame& frame : result.frames) {
    if (!frame.converged()) continue;
    for (const LevelState& level : frame.spine.levels)
      peaks.compression = std::max(peaks.compression, level.compression);
    for (const auto& sides : frame.nerve.roots) {
      for (const RootState& root : sides) peaks.pressure = std::max(peaks.pressure, root.pressure);
    }
    peaks.strong = peaks.strong && frame.spine.strength_suffices;
  }
  return peaks;
}

/// Shares of both peaks gained, for the order.
double gain(const Advice& a) {
  const double compression = (a.compression_before - a.compression_after) / std::max(1.0, a.compression_before);
  const double pressure = (a.pressure_before - a.pressure_after) / std::max(30 * units::mmHg, a.pressure_before);
  return compression + pressure;
}

}  // namespace

std::string_view name(Change change) {
  return kChangeNames[static_cast<std::size_t>(index(change))];
}

std::vector<ChangedScenario> possible_changes(const Scenario& scenario, const Library& library) {
  return Changer(scenario, library).all();
}

namespace {

/// -1, 0 or 1: what a change does to a peak, small changes being none.
int effect(double before, double after, double step) {
  return after < before - step ? -1 : after > before + step ? 1 : 0;
}
int on_compression(const Advice& a) {
  return effect(a.compression_before, a.compression_after, kStep * a.compression_before);
}
int on_pressure(const Advice& a) {
  return effect(a.pressure_before, a.pressure_after, std::max(kPressureStep, kStep * a.pressure_before));
}

}  // namespace

bool Advice::helps() const {
  return possible && on_compression(*this) + on_pressure(*this) < 0 && on_compression(*this) <= 0 &&
         on_pressure(*this) <= 0;
}

bool Advice::trades() const {
  return possible && on_compression(*this) * on_pressure(*this) < 0;
}

std::vector<Advice> advise(const Scenario& scenario, const Library& library, double rate_hz, int threads) {
  // Lifts in task words are changed as the keyframes and loads they stand for.
  Scenario before = expand_tasks(build_subject(*library.anatomy, scenario.subject), library.postures, scenario);
  before.solver.rate_hz = rate_hz;
  std::vector<ChangedScenario> tries{{Change::Nearer, 0, before}};
  for (ChangedScenario& change : possible_changes(before, library)) tries.push_back(std::move(change));
  std::vector<Peaks> peaks(tries.size());
  std::vector<std::string> why_not(tries.size());
  parallel_nested(tries.size(), threads, [&](std::size_t i, const Split& split) {
    try {
      peaks[i] = peaks_of(simulate(tries[i].scenario, library, split));
    } catch (const InputError& error) {
      why_not[i] = error.problems().front().message;
    }
  });
  std::vector<Advice> advice;
  for (std::size_t i = 1; i < tries.size(); ++i) {
    Advice a{tries[i].change,   tries[i].amount,   peaks[0].compression, peaks[i].compression,
             peaks[0].pressure, peaks[i].pressure, why_not[i].empty(),   why_not[i]};
    if (a.possible && !peaks[i].strong && peaks[0].strong) {
      a.possible = false;
      a.why_not = "it needs more than the subject's strength";
    }
    advice.push_back(std::move(a));
  }
  std::stable_sort(advice.begin(), advice.end(), [](const Advice& a, const Advice& b) {
    return a.helps() != b.helps() ? a.helps() : gain(a) > gain(b);
  });
  return advice;
}

}  // namespace foramen
