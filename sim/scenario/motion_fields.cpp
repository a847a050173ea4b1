#include "sim/scenario/motion_fields.h"

#include <fmt/format.h>

#include "sim/base/units.h"
#include "sim/scenario/field_makers.h"
#include "sim/scenario/support_names.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 2> kTurnNames{"rest", "flow"};
constexpr std::array<std::string_view, 2> kLoadPlaceNames{"hands", "back"};

void add_activity(std::vector<Field>& f) {
  for (std::size_t group = 0; group < kActivityGroupNames.size(); ++group) {
    for (const Side side : kSides) {
      const auto s = static_cast<std::size_t>(index(side));
      f.push_back(number(
          "motion.keyframe[]", fmt::format("{}_{}_percent", kActivityGroupNames[group], name(side)),
          "Measured activity of the muscle, of a maximal voluntary contraction: the muscles depart from it as little "
          "as balance lets them. Left out: the posture's; 0: as if never measured.",
          0, 100, units::percent,
          [ group, s ](auto& of, std::size_t i) -> auto& { return of.motion.keyframes[i].activity[group][s]; }));
    }
  }
}

}  // namespace

void add_motion_fields(std::vector<Field>& f) {
  f.push_back(choice(
      "motion", "support", "What carries the body; left out: what the first posture says.", kSupportNames,
      [](auto& s, std::size_t) -> auto& { return s.motion.support; }));
  f.push_back(number(
      "motion", "backrest_deg", "Angle between seat and backrest; left out: the posture's, or 100.", kLeastBackrest_deg,
      kLargestBackrest_deg, units::deg, [](auto& s, std::size_t) -> auto& { return s.motion.backrest; }));
  f.push_back(number(
      "motion", "backrest_height_m", "Upper edge of the backrest over the seat; left out: higher than the head.",
      kLeastBackrestHeight, kLargestBackrestHeight, 1,
      [](auto& s, std::size_t) -> auto& { return s.motion.backrest_height; }));
  f.push_back(number(
      "motion", "friction", "Coefficient of friction wherever the body is supported; left out: one for each place.", 0,
      kLargestFriction, 1, [](auto& s, std::size_t) -> auto& { return s.motion.friction; }));
  f.push_back(choice(
      "motion", "hands_on", "What the hands or forearms lean on, or hold; left out: what the posture says.",
      kHandsOnNames, [](auto& s, std::size_t) -> auto& { return s.motion.hands_on; }));
  f.push_back(choice(
      "motion", "muscles",
      "Relaxed: joints give way to the support and somebody holds a leg that leaves bed or floor; active: muscles hold the "
      "posture. Left out: what the posture says.",
      kMusclesNames, [](auto& s, std::size_t) -> auto& { return s.motion.muscles; }));
  f.push_back(choice(
      "motion", "held_feet",
      "Held: somebody, or a bar, keeps the feet of a person who lies on the back on the floor or the bed. Left out: what the posture "
      "says.",
      kHeldFeetNames, [](auto& s, std::size_t) -> auto& { return s.motion.held_feet; }));
  f.push_back(text(
      "motion", "file",
      "Measured joint angles instead of keyframes: OpenSim .mot or .sto, or .csv with time_s and the angle keys below; "
      "relative to this file.",
      [](auto& s, std::size_t) -> auto& { return s.motion.file; }));
  f.push_back(text(
      "motion", "mapping",
      "Which column of the file is which angle (a .csv like data/opensim_coordinates.csv, which is used without one).",
      [](auto& s, std::size_t) -> auto& { return s.motion.mapping; }));
  f.push_back(number(
      "motion", "smoothing_deg",
      "Noise of the measured angles that the smoothing spline takes out (root mean square); 0 keeps every sample.", 0,
      10, units::deg, [](auto& s, std::size_t) -> auto& { return s.motion.smoothing; }));
  const std::string k = "motion.keyframe[]";
  f.push_back(required(number(
      k, "time_s", "When; times increase.", 0, 3600, 1,
      [](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].time; })));
  f.push_back(required(text(
      k, "posture", "A named posture (foramen list postures).",
      [](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].posture; })));
  f.push_back(number(
      k, "trunk_inclination_deg",
      "Tips the thorax forward from standing, split between hips and lumbar spine by the published rhythm; the legs "
      "lean to balance. On the feet only.",
      -40, 150, units::deg, [](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].trunk_inclination; }));
  f.push_back(number(
      k, "abdominal_pressure_kPa",
      "Pressure held in the abdomen at will (Valsalva, bracing), if more than the task itself raises; the whole "
      "abdominal wall pulls to hold it.",
      0, 30, units::kPa, [](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].abdominal_pressure; }));
  add_activity(f);
  f.push_back(choice(
      k, "turn",
      "Whether an angle that turns round here comes to rest, or flows on with least jerk, a little beyond its "
      "keyframes: for postures that a movement only passes.",
      kTurnNames, [](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].turn; }));
  for (int a = 0; a < kPostureAngleCount; ++a) {
    const auto n = static_cast<std::size_t>(a);
    f.push_back(number(
        k, fmt::format("{}_deg", posture_angle_names()[n]), "Overrides the posture's angle; 0 is upright standing.",
        -180, 180, units::deg, [n](auto& s, std::size_t i) -> auto& { return s.motion.keyframes[i].overrides[n]; }));
  }
  f.push_back(choice(
      "load[]", "kind", "What is held.", kLoadNames, [](auto& s, std::size_t i) -> auto& { return s.loads[i].kind; }));
  f.push_back(required(number(
      "load[]", "mass_kg", "Mass of the load.", 0, 200, 1,
      [](auto& s, std::size_t i) -> auto& { return s.loads[i].mass; })));
  f.push_back(choice(
      "load[]", "hands", "Which hands hold it.", kHandNames,
      [](auto& s, std::size_t i) -> auto& { return s.loads[i].hands; }));
  f.push_back(number(
      "load[]", "from_s", "When the hands start to take it over; at the first keyframe or before: held from the start.",
      0, 3600, 1, [](auto& s, std::size_t i) -> auto& { return s.loads[i].from; }));
  f.push_back(number(
      "load[]", "to_s", "When the hands have given it back; at the last keyframe or after: held to the end.", 0, 3600,
      1, [](auto& s, std::size_t i) -> auto& { return s.loads[i].to; }));
  f.push_back(number(
      "load[]", "grip_s", "Time over which the mass is taken over, and released.", 0.05, 5, 1,
      [](auto& s, std::size_t i) -> auto& { return s.loads[i].grip; }));
  f.push_back(vector(
      "load[]", "at_m",
      "Where the hands reach (forward, up, right; origin midway between the ankles on the floor); overrides the arms.",
      3, -3, 3, [](auto& s, std::size_t i) -> auto& { return s.loads[i].at; }));
  f.push_back(vector(
      "load[]", "force_N", "What acts on the hands beside weight and inertia (forward, up, right).", 3, -2000, 2000,
      [](auto& s, std::size_t i) -> auto& { return s.loads[i].force; }));
  f.push_back(choice(
      "load[]", "on", "What carries it: the hands, or the back (a rucksack).", kLoadPlaceNames,
      [](auto& s, std::size_t i) -> auto& { return s.loads[i].on; }));
  f.push_back(choice(
      "load[]", "object",
      "carried: follows the hands from the first moment; rigid: a body that rests until it is lifted off, and is set "
      "down.",
      kLoadBodyNames, [](auto& s, std::size_t i) -> auto& { return s.loads[i].object; }));
}

}  // namespace foramen
