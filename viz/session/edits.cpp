#include "viz/session/edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/base/names.h"
#include "sim/base/units.h"

namespace foramen::session {
namespace {

constexpr std::string_view kStoop = "stoop_reach", kSquat = "squat_reach";  ///< ends of the technique slider
/// A protrusion as a slider first makes it: 12 mm wide, left of the middle at L4–L5, where most are (Andersson 1999
/// Lancet 354:581: 95 % of herniations at L4–L5 and L5–S1).
constexpr double kNewWidth = 12 * units::mm;

[[noreturn]] void fail(const std::string& key, const std::string& message) {
  throw InputError(InputProblem{.key = key, .message = message});
}

Keyframe& keyframe_of(Scenario& scenario, std::size_t number) {
  if (number >= scenario.motion.keyframes.size()) {
    fail("keyframe",
         fmt::format("there is no keyframe {}; the scenario has {}", number, scenario.motion.keyframes.size()));
  }
  return scenario.motion.keyframes[number];
}

const Posture& posture_of(const PostureLibrary& postures, std::string_view name) {
  const auto found = postures.find(name);
  if (found != postures.end()) return found->second;
  std::vector<std::string_view> names;
  for (const auto& [one, posture] : postures) names.push_back(one);
  fail("posture", fmt::format("unknown posture \"{}\"; did you mean \"{}\"?", name, nearest_name(names, name)));
}

/// The angles a word stands for: one, or the left and right one.
std::vector<int> angles_of(const std::string& word) {
  const auto names = posture_angle_names();
  if (const auto one = find_name(names, word)) return {*one};
  const auto left = find_name(names, word + "_left"), right = find_name(names, word + "_right");
  if (left && right) return {*left, *right};
  fail("angle", fmt::format("\"{}\" is not a posture angle; did you mean \"{}\"?", word, nearest_name(names, word)));
}

void set_angle(Keyframe& keyframe, PostureAngle angle, double value) {
  keyframe.overrides[static_cast<std::size_t>(index(angle))] = value;
}

}  // namespace

Scenario with_value(const Scenario& scenario, const std::string& key, const std::string& value,
                    const std::string& file) {
  return parse_scenario(write_scenario(scenario), file, {{key, value, "set"}});
}

std::size_t nearest_keyframe(const Scenario& scenario, double time) {
  const auto& frames = scenario.motion.keyframes;
  if (frames.empty()) fail("keyframe", "the scenario has no keyframes to change; \"hold\" makes one of this instant");
  const auto nearer = [time](const Keyframe& a, const Keyframe& b) {
    return std::abs(a.time - time) < std::abs(b.time - time);
  };
  return static_cast<std::size_t>(std::min_element(frames.begin(), frames.end(), nearer) - frames.begin());
}

double keyframe_angle(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe,
                      PostureAngle angle) {
  const Keyframe& frame = scenario.motion.keyframes.at(keyframe);
  const auto i = static_cast<std::size_t>(index(angle));
  return frame.overrides[i] ? *frame.overrides[i] : posture_of(postures, frame.posture).angles[i];
}

Support keyframe_support(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe) {
  if (scenario.motion.support) return *scenario.motion.support;
  return posture_of(postures, scenario.motion.keyframes.at(keyframe).posture).support;
}

Scenario with_angle(const Scenario& scenario, std::size_t keyframe, const std::string& name, double value) {
  if (!(std::abs(value) <= kPi)) fail("angle", "must be -180 to 180 degrees");
  Scenario changed = scenario;
  for (const int angle : angles_of(name)) {
    set_angle(keyframe_of(changed, keyframe), static_cast<PostureAngle>(angle), value);
  }
  return changed;
}

Scenario with_hip_bend(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe, double pitch) {
  if (!(std::abs(pitch) <= kPi)) fail("hips", "must be -180 to 180 degrees");
  Scenario changed = scenario;
  Keyframe& frame = keyframe_of(changed, keyframe);
  const double more = pitch - keyframe_angle(scenario, postures, keyframe, PostureAngle::PelvisForwardPitch);
  set_angle(frame, PostureAngle::PelvisForwardPitch, pitch);
  for (const PostureAngle hip : {PostureAngle::HipFlexionLeft, PostureAngle::HipFlexionRight}) {
    set_angle(frame, hip, keyframe_angle(scenario, postures, keyframe, hip) + more);
  }
  return changed;
}

Scenario with_technique(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe, double squat) {
  if (!(squat >= 0.0 && squat <= 1.0)) fail("technique", "must be 0 (stoop) to 100 (squat) percent");
  Scenario changed = scenario;
  Keyframe& frame = keyframe_of(changed, keyframe);
  const Posture &stoop = posture_of(postures, kStoop), &squatting = posture_of(postures, kSquat);
  frame.posture = squat < 0.5 ? kStoop : kSquat;
  for (std::size_t i = 0; i < stoop.angles.size(); ++i) {
    const double angle = (1.0 - squat) * stoop.angles[i] + squat * squatting.angles[i];
    frame.overrides[i] = angle == posture_of(postures, frame.posture).angles[i] ? std::nullopt : std::optional(angle);
  }
  return changed;
}

std::optional<double> technique_of(const Scenario& scenario, const PostureLibrary& postures, std::size_t keyframe) {
  if (keyframe >= scenario.motion.keyframes.size()) return std::nullopt;
  const std::string& posture = scenario.motion.keyframes[keyframe].posture;
  if (posture != kStoop && posture != kSquat) return std::nullopt;
  const Posture &stoop = posture_of(postures, kStoop), &squat = posture_of(postures, kSquat);
  double along = 0.0, whole = 0.0;
  for (std::size_t i = 0; i < stoop.angles.size(); ++i) {
    const double way = squat.angles[i] - stoop.angles[i];
    const double angle = keyframe_angle(scenario, postures, keyframe, static_cast<PostureAngle>(i));
    along += way * (angle - stoop.angles[i]);
    whole += way * way;
  }
  return std::clamp(along / whole, 0.0, 1.0);
}

Scenario with_load(const Scenario& scenario, double mass) {
  constexpr double kMost = 200;  // as in the field table [kg]
  if (!(mass >= 0.0 && mass <= kMost)) fail("load", fmt::format("must be 0 to {:g} kg", kMost));
  Scenario changed = scenario;
  if (changed.loads.empty()) {
    HandLoad load;
    if (!changed.motion.keyframes.empty()) {
      load.from = changed.motion.keyframes.front().time;
      load.to = changed.motion.keyframes.back().time;
    }
    changed.loads.push_back(load);
  }
  changed.loads.front().mass = mass;
  return changed;
}

Scenario with_hands_at(const Scenario& scenario, const Vec3& hands_W) {
  Scenario changed = scenario.loads.empty() ? with_load(scenario, 0.0) : scenario;
  changed.loads.front().at = hands_W;
  return changed;
}

Scenario with_herniation(const Scenario& scenario, double protrusion) {
  constexpr double kMost = 12 * units::mm;  // as in the field table
  if (!(protrusion >= 0.0 && protrusion <= kMost)) fail("herniation", "must be 0 to 12 mm");
  Scenario changed = scenario;
  if (changed.subject.herniations.empty()) {
    changed.subject.herniations.emplace_back();
    changed.subject.herniations.back().level = Level::L4L5;
    changed.subject.herniations.back().width = kNewWidth;
  }
  changed.subject.herniations.front().protrusion = protrusion;
  return changed;
}

Scenario with_canal(const Scenario& scenario, double factor) {
  if (!(factor >= 0.25 && factor <= 4.0)) fail("canal", "must be 25 to 400 percent");
  Scenario changed = scenario;
  changed.subject.parameters.canal_size = factor;
  return changed;
}

Scenario without_pathology(const Scenario& scenario) {
  const SubjectDescription& as_is = scenario.subject;
  SubjectDescription healthy;
  healthy.sex = as_is.sex;
  healthy.age_years = as_is.age_years;
  healthy.stature = as_is.stature;
  healthy.mass = as_is.mass;
  healthy.strength = as_is.strength;
  healthy.hamstrings = as_is.hamstrings;
  healthy.parameters = as_is.parameters;
  healthy.parameters.canal_size = 1.0;  // a narrow canal is what the slider of that name adds
  Scenario changed = scenario;
  changed.subject = healthy;
  return changed;
}

Scenario held(const Scenario& scenario, const Instant& instant) {
  Scenario still = scenario;
  Keyframe keyframe;
  keyframe.posture = scenario.motion.keyframes.empty()
                         ? "standing"
                         : scenario.motion.keyframes[nearest_keyframe(scenario, instant.time)].posture;
  for (std::size_t i = 0; i < instant.angles.size(); ++i) keyframe.overrides[i] = instant.angles[i];
  still.motion.keyframes = {keyframe};
  still.loads.clear();
  for (HandLoad load : scenario.loads) {
    if (!(instant.hand_load_mass > 0.0)) break;
    load.mass = instant.hand_load_mass;
    load.from = load.to = 0.0;
    still.loads.assign(1, load);
  }
  return still;
}

}  // namespace foramen::session
