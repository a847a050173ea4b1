/// Loads of the spine in held postures and in movements, beside those measured in people.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/assess/measured_man.h"
#include "sim/assess/model_figures.h"
#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

/// With his L4–L5 disc of 1800 mm².
SubjectDescription wilke() {
  SubjectDescription man = measured_man();
  man.measured[static_cast<std::size_t>(index(Level::L4L5))].disc_area = 1800 * units::mm2;
  return man;
}

std::string lines(std::string keys) {
  std::replace(keys.begin(), keys.end(), ';', '\n');
  return keys;
}

/// A row of the activities as a static scenario.
Scenario scenario_of(const CsvTable& table, std::size_t row) {
  const auto cell = [&](const char* column) { return table.text(row, table.column(column)); };
  std::string text = fmt::format("schema = 1\n[[motion.keyframe]]\ntime_s = 0\nposture = \"{}\"\n{}\n", cell("posture"),
                                 lines(cell("keyframe")));
  if (!cell("load_kg").empty()) text += fmt::format("[[load]]\nmass_kg = {}\n", cell("load_kg"));
  return parse_scenario(text, "in_vivo_activities.csv: " + cell("activity"));
}

/// The movement that starts in row `first` of the movements; `first` becomes the row behind its last.
Scenario movement_of(const CsvTable& table, std::size_t& first) {
  const auto cell = [&](const char* column) { return table.text(first, table.column(column)); };
  const std::string activity = cell("activity");
  std::string text = fmt::format("schema = 1\n[motion]\n{}\n", lines(cell("motion")));
  for (; first < table.rows() && cell("activity") == activity; ++first) {
    text += fmt::format("[[motion.keyframe]]\ntime_s = {}\nposture = \"{}\"\n{}\n", cell("time_s"), cell("posture"),
                        lines(cell("keyframe")));
  }
  return parse_scenario(text, "in_vivo_movements.csv: " + activity);
}

const LevelState& level_of(const Frame& frame, Level level) {
  return frame.spine.levels[static_cast<std::size_t>(index(level))];
}

double largest_component(const Vec3& moment) {
  return moment.cwiseAbs().maxCoeff();
}

void add_figures(const std::string& activity, const Frame& frame, double weight, ModelFigures& figures) {
  const std::string of = "in_vivo." + activity;
  const LevelState& l4l5 = level_of(frame, Level::L4L5);
  figures[of + ".pressure_MPa"] = l4l5.disc.nucleus_pressure / units::MPa;
  figures[of + ".compression_N"] = l4l5.compression;
  figures[of + ".compression_percent_BW"] = l4l5.compression / weight / units::percent;
  figures[of + ".moment_Nm"] = largest_component(l4l5.net_D.moment);
  figures[of + ".activity_departure_percent"] = frame.spine.activity_departure / units::percent;
  figures[of + ".L5-S1.compression_N"] = level_of(frame, Level::L5S1).compression;
  figures[of + ".L5-S1.shear_N"] = level_of(frame, Level::L5S1).shear_anterior;
  figures[of + ".L3-L4.compression_N"] = level_of(frame, Level::L3L4).compression;
  figures[of + ".L3-L4.pressure_MPa"] = level_of(frame, Level::L3L4).disc.nucleus_pressure / units::MPa;
}

/// What L4–L5 would carry if nothing pushed on the trunk above it [N·m].
double moment_without_support(const Subject& subject, const Instant& instant) {
  const NetLoads net = net_loads(subject, instant.poses, joint_wrenches(subject, instant.tree, {}));
  return largest_component(net[index(Level::L4L5)].moment);
}

/// Figures at the instant of largest compression; moments are the largest of the movement. None where a frame cannot
/// be shown, the body would topple or strength lacks: what a movement's largest load is cannot be said from its other
/// frames.
void add_movement(const std::string& activity, const Person& person, const Motion& motion, ModelFigures& figures) {
  constexpr double kRate = 20;  // [Hz]
  double moment = 0, unsupported = 0;
  std::optional<Frame> largest;
  for (const double time : frame_times(motion.start(), motion.end(), kRate)) {
    Frame frame = solve_loads(person, supported(person.spine, motion, time));
    if (!frame.spine.convergence.converged || !frame.spine.strength_suffices || !frame.supported()) return;
    moment = std::max(moment, largest_component(level_of(frame, Level::L4L5).net_D.moment));
    unsupported = std::max(unsupported, moment_without_support(*person.subject, frame.instant));
    if (!largest || level_of(frame, Level::L4L5).compression > level_of(*largest, Level::L4L5).compression)
      largest = std::move(frame);
  }
  add_figures(activity, *largest, person.subject->description.mass * kGravity, figures);
  figures[fmt::format("in_vivo.{}.moment_Nm", activity)] = moment;
  figures[fmt::format("in_vivo.{}.moment_without_support_Nm", activity)] = unsupported;
}

/// Square of the correlation of pressure with the tilt of the trunk, 0 to 30 degrees.
double tilt_linearity(const ModelFigures& figures) {
  const std::array names{"standing", "tilt_10", "tilt_20", "tilt_30"};
  double sx = 0, sy = 0, sxx = 0, sxy = 0, syy = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto found = figures.find(fmt::format("in_vivo.{}.pressure_MPa", names[i]));
    if (found == figures.end()) return std::nan("");
    const double x = static_cast<double>(i), y = found->second;
    sx += x;
    sy += y;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  const double n = static_cast<double>(names.size()), cross = n * sxy - sx * sy;
  return cross * cross / ((n * sxx - sx * sx) * (n * syy - sy * sy));
}

/// Loads over those of standing, and how far the pressures of Wilke's man are missed in all.
void add_relative_figures(const std::vector<PublishedFigure>& published, ModelFigures& figures) {
  ModelFigures more;
  const auto over_standing = [&](const std::string& what, const std::string& relative) {
    const auto standing = figures.find("in_vivo.standing" + what);
    if (standing == figures.end()) return;
    for (const auto& [name, value] : figures)
      if (name.ends_with(what))
        more[name.substr(0, name.size() - what.size()) + relative] = 100 * value / standing->second;
  };
  over_standing(".L3-L4.compression_N", ".L3-L4.percent_of_standing");
  over_standing(".L3-L4.pressure_MPa", ".L3-L4.pressure_percent_of_standing");
  const auto near = figures.find("in_vivo.hold_20kg_close.pressure_MPa"),
             far = figures.find("in_vivo.hold_20kg_60cm.pressure_MPa");
  if (near != figures.end() && far != figures.end())
    more["in_vivo.hold_20kg.far_over_near"] = far->second / near->second;
  double squares = 0;
  int rows = 0;
  for (const PublishedFigure& figure : published) {
    if (!figure.source.starts_with("Wilke") || !figure.model.ends_with(".pressure_MPa") || !figure.value) continue;
    const auto model = figures.find(figure.model);
    if (model == figures.end()) continue;
    squares += (model->second - *figure.value) * (model->second - *figure.value);
    ++rows;
  }
  if (rows > 0) more["in_vivo.wilke.rms_MPa"] = std::sqrt(squares / rows);
  if (const double r2 = tilt_linearity(figures); std::isfinite(r2)) more["in_vivo.tilt.pressure_r2"] = r2;
  figures.merge(more);
}

}  // namespace

ModelFigures in_vivo_figures(const std::filesystem::path& data) {
  ModelFigures figures;
  const Person person = make_person(wilke(), data);
  const PostureLibrary library = load_postures(data);
  const CsvTable table(data / "in_vivo_activities.csv");
  const double weight = person.subject->description.mass * kGravity;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const Frame frame = solve_frame(person, Motion(person.subject, library, scenario_of(table, row)), 0);
    if (!frame.spine.convergence.converged) continue;
    add_figures(table.text(row, table.column("activity")), frame, weight, figures);
  }
  const CsvTable movements(data / "in_vivo_movements.csv");
  for (std::size_t row = 0; row < movements.rows();) {
    const std::string activity = movements.text(row, movements.column("activity"));
    add_movement(activity, person, Motion(person.subject, library, movement_of(movements, row)), figures);
  }
  add_relative_figures(read_published(data / "validation"), figures);
  return figures;
}

}  // namespace foramen
