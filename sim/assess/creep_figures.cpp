#include <array>

#include "sim/assess/measured_man.h"
#include "sim/assess/model_figures.h"
#include "sim/base/units.h"
#include "sim/run/history.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

constexpr auto kL4L5 = static_cast<std::size_t>(index(Level::L4L5));

}  // namespace

ModelFigures creep_figures(const std::filesystem::path& data) {
  constexpr double kHour = 3600;
  const auto item = [](const char* posture, double hours, Support support) {
    HistoryItem i;
    i.posture = posture;
    i.duration = hours * kHour;
    i.support = support;
    return i;
  };
  const Person person = make_person(measured_man(), data);
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

}  // namespace foramen
