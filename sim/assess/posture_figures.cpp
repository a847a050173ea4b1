#include <fmt/format.h>

#include <array>

#include "sim/assess/model_figures.h"
#include "sim/base/units.h"
#include "sim/run/history.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

constexpr auto kL4L5 = static_cast<std::size_t>(index(Level::L4L5));

/// One posture held still.
struct Held {
  const char* name;
  const char* posture;
  Support support = Support::Feet;
};

Frame held(const Person& person, const PostureLibrary& library, const Held& activity) {
  HistoryItem item;
  item.posture = activity.posture;
  item.support = activity.support;
  return solve_frame(person, holding(person.subject, library, item), 0);
}

/// The man of Wilke 1999: 45 years, 70 kg, 1.74 m (2001 paper).
SubjectDescription wilke() {
  SubjectDescription man;
  man.age_years = 45;
  man.mass = 70;
  man.stature = 1.74;
  return man;
}

void spaces(const Frame& flexed, const Frame& neutral, const Frame& extended, ModelFigures& figures) {
  const auto area = [](const Frame& f) {
    const LevelSpaces& s = f.nerve.spaces[kL4L5];
    return 0.5 * (s.foramen_area[0] + s.foramen_area[1]);
  };
  const auto change = [](double now, double before) { return 100 * (now / before - 1); };
  figures["canal.L4-L5.area_mm2.flexed"] = flexed.nerve.spaces[kL4L5].canal_area / units::mm2;
  figures["canal.L4-L5.area_mm2.extended"] = extended.nerve.spaces[kL4L5].canal_area / units::mm2;
  figures["canal.L4-L5.extension_against_flexion_percent"] =
      change(extended.nerve.spaces[kL4L5].canal_area, flexed.nerve.spaces[kL4L5].canal_area);
  figures["foramen.L4-L5.flexion_percent"] = change(area(flexed), area(neutral));
  figures["foramen.L4-L5.extension_percent"] = change(area(extended), area(neutral));
  figures["sac.L4-L5.extension_over_flexion_mmHg"] =
      (extended.nerve.spaces[kL4L5].sac_pressure - flexed.nerve.spaces[kL4L5].sac_pressure) / units::mmHg;
}

}  // namespace

ModelFigures posture_figures(const std::filesystem::path& data) {
  ModelFigures figures = in_vivo_figures(data);
  const Person person = make_person(wilke(), data);
  const PostureLibrary library = load_postures(data);
  spaces(held(person, library, {"flexed", "sitting_slumped", Support::Seat}),
         held(person, library, {"neutral", "standing"}), held(person, library, {"extended", "extension"}), figures);
  return figures;
}

ModelFigures creep_figures(const std::filesystem::path& data) {
  constexpr double kHour = 3600;
  const auto item = [](const char* posture, double hours, Support support) {
    HistoryItem i;
    i.posture = posture;
    i.duration = hours * kHour;
    i.support = support;
    return i;
  };
  const Person person = make_person(wilke(), data);
  const PostureLibrary library = load_postures(data);
  const HistoryItem day = item("standing", 16, Support::Feet), night = item("supine", 7, Support::Bed);
  const auto after = [&](const std::vector<HistoryItem>& history, const HistoryItem& now) {
    const auto share = nucleus_after(person.subject, person.spine, library, history);
    const Instant instant = holding(person.subject, library, now).at(0);
    const NetLoads net =
        net_loads(*person.subject, instant.poses, joint_wrenches(*person.subject, instant.tree, instant.external));
    return person.spine.with_nucleus(share).solve(instant.tree, instant.poses, net).levels[kL4L5];
  };
  ModelFigures figures;
  figures["creep.night.pressure_rise_MPa"] =
      (after({day, night}, night).disc.nucleus_pressure - after({day}, night).disc.nucleus_pressure) / units::MPa;
  const LevelState morning = after({day, night}, day), evening = after({day, night, day}, day);
  figures["creep.day.height_loss_mm"] = (morning.disc.height - evening.disc.height) / units::mm;
  // Volume: height times section, and what the wall bulges less; only the nucleus loses water.
  const auto rested = nucleus_after(person.subject, person.spine, library, {day, night});
  const auto tired =
      nucleus_after(person.subject, person.spine, library,
                    {day, night, item("standing", 4, Support::Feet), item("sitting_upright", 3, Support::Seat)});
  figures["creep.seven_hours.nucleus_volume_percent"] = 100 * (tired[kL4L5] / rested[kL4L5] - 1);
  return figures;
}

ModelFigures leg_raise_figures(const std::filesystem::path& data) {
  constexpr int kStep = 5, kMost = 70;  // degrees of hip flexion
  ModelFigures figures;
  const Person person = make_person(wilke(), data);
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
        (course.back().excursion - course.front().excursion) / units::mm;
    figures[fmt::format("leg_raise.{}.strain_percent", root)] = 100 * course.back().strain;
    // Onset: a fifth of the change at 70 degrees.
    const double threshold = course.front().tension + 0.2 * (course.back().tension - course.front().tension);
    for (std::size_t i = 1; i < course.size(); ++i) {
      if (course[i].tension < threshold) continue;
      const double part = (threshold - course[i - 1].tension) / (course[i].tension - course[i - 1].tension);
      figures[fmt::format("leg_raise.{}.onset_deg", root)] = kStep * (static_cast<double>(i) - 1 + part);
      break;
    }
  }
  return figures;
}

}  // namespace foramen
