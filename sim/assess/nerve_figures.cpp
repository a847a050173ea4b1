#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "sim/assess/measured_man.h"
#include "sim/assess/model_figures.h"
#include "sim/base/units.h"
#include "sim/run/history.h"
#include "sim/run/simulate.h"
#include "sim/spine/test_bench.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr auto kL4L5 = static_cast<std::size_t>(index(Level::L4L5));

/// A posture, perhaps with something in the hands.
struct Held {
  std::string posture;
  double load = 0;  ///< [kg]
};

/// Postures that stretch roots on purpose, by the beginnings of their names, and those that go as far as a healthy
/// spine goes to one side: no everyday postures.
constexpr std::array kNerveTests{"slump_", "slider_", "tensioner_", "straight_leg_raise"};
constexpr std::array kEndOfRange{"lateral_bend"};
/// What people hold and lift besides; a posture that is in balance only with its load comes with it. What NIOSH (Waters
/// 1993 Ergonomics 36:749) recommends at most is 23 kg close to the body and 23 kg · 25/60 at 60 cm: more, or a stoop
/// lift of 20 kg, is beyond everyday.
const std::array kLifts{Held{"holding_60cm", 10}, Held{"holding_close", 20}, Held{"standing_hold", 15},
                        Held{"squat_reach", 10},  Held{"squat_reach", 15},   Held{"squat_between_feet", 15},
                        Held{"stoop_reach", 10},  Held{"stoop_reach", 15}};
const std::array kBeyondEveryday{Held{"lateral_bend"}, Held{"stoop_reach", 20}, Held{"holding_60cm", 20}};

/// Every posture of the library that is none of the above, with empty hands, and what people lift.
std::vector<Held> everyday(const PostureLibrary& library) {
  std::vector<Held> all(kLifts.begin(), kLifts.end());
  for (const auto& [posture, angles] : library) {
    const auto named = [&name = posture](const char* beginning) { return name.starts_with(beginning); };
    if (std::any_of(kNerveTests.begin(), kNerveTests.end(), named)) continue;
    if (std::any_of(kEndOfRange.begin(), kEndOfRange.end(), named)) continue;
    if (posture != kLifts[0].posture) all.push_back({posture});
  }
  return all;
}

Frame held(const Person& person, const PostureLibrary& library, const Held& posture) {
  HistoryItem item;
  item.posture = posture.posture;
  item.load = posture.load;
  return solve_frame(person, holding(person.subject, library, item), 0);
}

void compare_spaces(const Frame& flexed, const Frame& extended, ModelFigures& figures) {
  const auto area = [](const Frame& f) {
    const LevelSpaces& s = f.nerve.spaces[kL4L5];
    return 0.5 * (s.foramen_area[0] + s.foramen_area[1]);
  };
  const auto change = [](double now, double before) { return 100 * (now / before - 1); };
  figures["canal.L4-L5.area_mm2.flexed"] = flexed.nerve.spaces[kL4L5].canal_area / units::mm2;
  figures["canal.L4-L5.area_mm2.extended"] = extended.nerve.spaces[kL4L5].canal_area / units::mm2;
  figures["canal.L4-L5.extension_against_flexion_percent"] =
      change(extended.nerve.spaces[kL4L5].canal_area, flexed.nerve.spaces[kL4L5].canal_area);
  figures["foramen.L4-L5.posture_range_percent"] = -change(area(extended), area(flexed));
  figures["sac.L4-L5.extension_over_flexion_mmHg"] =
      (extended.nerve.spaces[kL4L5].sac_pressure - flexed.nerve.spaces[kL4L5].sac_pressure) / units::mmHg;
}

/// What standing up changes in the foramina and the flava, against lying with straight legs, as an axial load does in a
/// scanner.
void compare_upright(const Frame& lying, const Frame& standing, ModelFigures& figures) {
  const auto change = [](double now, double before) { return 100 * (now / before - 1); };
  double area = 0, flavum = 0;
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const LevelSpaces &before = lying.nerve.spaces[l], &now = standing.nerve.spaces[l];
    const auto figure = [&](const char* what) -> double& {
      return figures[fmt::format("upright.{}.foramen_{}_percent", name(level), what)];
    };
    figure("height") = change(now.foramen_height[0], before.foramen_height[0]);
    figure("width") = change(now.foramen_width[0], before.foramen_width[0]);
    figure("area") = change(now.foramen_area[0], before.foramen_area[0]);
    if (level != Level::L5S1) area += figure("area") / (kLevelCount - 1);
    flavum += change(standing.spine.levels[l].flavum_thickness, lying.spine.levels[l].flavum_thickness) / kLevelCount;
  }
  figures["upright.foramen_area_percent"] = area;
  figures["upright.flavum_thickness_percent"] = flavum;
}

/// Mean section of both foramina of a level that is cut out and turned as dissected spines are: by a pure moment in
/// flexion, with nothing else on the segment [m²].
double specimen_foramen(const Person& person, const TestBench& bench, Level which, double moment) {
  const Subject& subject = *person.subject;
  const auto l = static_cast<std::size_t>(index(which));
  const auto standing = bench.solve({.follower = 500, .rotation_held = true}).levels[0].state.disc.bulge;
  const BenchLevel turned = bench.solve({.flexion = moment}).levels[0];
  SpineState spine;
  spine.poses = standing_poses(subject.segments);
  for (std::size_t i = 0; i < kLevelCount; ++i) {
    spine.levels[i].disc.height = subject.levels[i].disc.height_mean();
    spine.levels[i].flavum_thickness = subject.levels[i].flavum_thickness;
  }
  LevelState& level = spine.levels[l];
  level.q = turned.q;
  level.disc = turned.state.disc;
  level.flavum_thickness = turned.state.flavum_thickness;
  for (std::size_t i = 0; i < kContourPoints; ++i)
    level.bulge_since_standing[i] = turned.state.disc.bulge[i] - standing[i];
  const auto body = [](Vertebra v) { return static_cast<std::size_t>(index(body_of(v))); };
  const Pose shift = spine.poses[body(lower_vertebra(which))] * upper_in_lower(subject.levels[l], level.q) *
                     spine.poses[body(upper_vertebra(which))].inverse();
  for (int v = 0; v <= index(which); ++v) {
    Pose& above = spine.poses[body(static_cast<Vertebra>(v))];
    above = shift * above;
  }
  const LevelSpaces spaces = person.nerve.solve(spine, {}).spaces[l];
  return 0.5 * (spaces.foramen_area[0] + spaces.foramen_area[1]);
}

/// 7.5 N·m is what lumbar segments are usually given; it turns L4–L5 by some 5°.
void compare_specimens(const Person& person, ModelFigures& figures) {
  constexpr double kMoment = 7.5;
  double flexion = 0, extension = 0;
  for (const Level level : kLevels) {
    const TestBench bench(*person.subject, level, level);
    const double neutral = specimen_foramen(person, bench, level, 0);
    const double opened = 100 * (specimen_foramen(person, bench, level, kMoment) / neutral - 1);
    if (level == Level::L4L5) figures["foramen.L4-L5.specimen.flexion_percent"] = opened;
    flexion += opened / kLevelCount;
    extension += 100 * (specimen_foramen(person, bench, level, -kMoment) / neutral - 1) / kLevelCount;
  }
  figures["foramen.specimens.flexion_percent"] = flexion;
  figures["foramen.specimens.extension_percent"] = extension;
}

/// A standard normal number, within two standard deviations.
double normal(std::mt19937_64& random) {
  for (;;) {
    double sum = -6;  // Irwin–Hall: the same bits on every system
    for (int i = 0; i < 12; ++i) sum += static_cast<double>(random() >> 11) * 0x1p-53;
    if (std::abs(sum) <= 2) return sum;
  }
}

/// A healthy adult: stature by sex, body-mass index 24, canal and root size as they scatter (data/uncertainty.csv).
SubjectDescription random_adult(std::mt19937_64& random) {
  SubjectDescription person;
  person.sex = random() % 2 == 0 ? Sex::Male : Sex::Female;
  person.stature = person.sex == Sex::Male ? 1.75 + 0.07 * normal(random) : 1.62 + 0.065 * normal(random);
  person.mass = 24 * person.stature * person.stature;
  person.age_years = 20 + static_cast<double>(random() % 41);
  person.parameters.canal_size = std::exp(0.1 * normal(random));
  person.parameters.root_diameter = std::exp(0.08 * normal(random));
  return person;
}

/// Highest pressure on any root [Pa].
double worst_root(const Frame& frame) {
  double most = 0;
  for (const auto& sides : frame.nerve.roots)
    for (const RootState& root : sides) most = std::max(most, root.pressure);
  return most;
}

}  // namespace

ModelFigures space_figures(const std::filesystem::path& data) {
  ModelFigures figures;
  const Person person = make_person(measured_man(), data);
  const PostureLibrary library = load_postures(data);
  compare_spaces(held(person, library, {"sitting_slumped"}), held(person, library, {"extension"}), figures);
  compare_upright(held(person, library, {"supine"}), held(person, library, {"standing"}), figures);
  compare_specimens(person, figures);
  for (const Held& posture : kBeyondEveryday) {
    const Frame frame = held(person, library, posture);
    if (frame.converged())
      figures[fmt::format("healthy.{}.pressure_mmHg", posture.posture)] = worst_root(frame) / units::mmHg;
  }
  double worst = 0;
  for (const Held& posture : everyday(library)) {
    const Frame frame = held(person, library, posture);
    if (!frame.converged()) return figures;
    worst = std::max(worst, worst_root(frame));
  }
  figures["healthy.everyday.pressure_mmHg"] = worst / units::mmHg;
  return figures;
}

ModelFigures healthy_figures(const std::filesystem::path& data) {
  constexpr int kPeople = 64;
  constexpr double kPressed = 30 * units::mmHg;
  const auto anatomy = load_anatomy(data);
  const PostureLibrary library = load_postures(data);
  const std::vector<Held> postures = everyday(library);
  std::mt19937_64 random(64);
  int pressed = 0;
  for (int i = 0; i < kPeople; ++i) {
    const Person person = make_person(random_adult(random), *anatomy);
    const bool any = std::any_of(postures.begin(), postures.end(), [&](const Held& posture) {
      const Frame frame = held(person, library, posture);
      return !frame.converged() || worst_root(frame) > kPressed;
    });
    if (any) ++pressed;
  }
  return {{"healthy.people_pressed_percent", 100.0 * pressed / kPeople}};
}

ModelFigures leg_raise_figures(const std::filesystem::path& data) {
  constexpr int kStep = 5, kMost = 70;  // degrees of hip flexion
  ModelFigures figures;
  const Person person = make_person(measured_man(), data);
  const PostureLibrary library = load_postures(data);
  std::array<std::vector<RootState>, kRootCount> roots;
  for (int angle = 0; angle <= kMost; angle += kStep) {
    Scenario scenario;
    scenario.motion.support = Support::Bed;
    Keyframe keyframe;
    keyframe.posture = "supine";
    keyframe.overrides[static_cast<std::size_t>(index(PostureAngle::HipFlexionLeft))] = angle * units::deg;
    scenario.motion.keyframes = {keyframe};
    const Frame frame = solve_frame(person, Motion(person.subject, library, scenario), 0);
    if (!frame.converged()) return figures;
    for (std::size_t r = 0; r < kRootCount; ++r) roots[r].push_back(frame.nerve.roots[r][0]);
  }
  for (std::size_t r = 0; r < kRootCount; ++r) {
    const auto& course = roots[r];
    const auto root = name(static_cast<Root>(r));
    figures[fmt::format("leg_raise.{}.tension_N", root)] = course.back().tension;
    figures[fmt::format("leg_raise.{}.displacement_mm", root)] =
        (course.back().sleeve_excursion - course.front().sleeve_excursion) / units::mm;
    figures[fmt::format("leg_raise.{}.strain_percent", root)] =
        100 * root_strain_at(course.back().nodes.front().tension);
    // Onset: a fifth of the change at 70 degrees.
    const double threshold = course.front().tension + 0.2 * (course.back().tension - course.front().tension);
    for (std::size_t i = 1; i < course.size(); ++i) {
      if (course[i].tension < threshold) continue;
      const double part = (threshold - course[i - 1].tension) / (course[i].tension - course[i - 1].tension);
      figures[fmt::format("leg_raise.{}.onset_deg", root)] = kStep * (static_cast<double>(i) - 1 + part);
      break;
    }
  }
  double femoral = kMost;
  for (const char* root : {"L2", "L3", "L4"}) {
    const auto onset = figures.find(fmt::format("leg_raise.{}.onset_deg", root));
    if (onset != figures.end()) femoral = std::min(femoral, onset->second);
  }
  figures["leg_raise.L2-L4.onset_deg"] = femoral;
  return figures;
}

}  // namespace foramen
