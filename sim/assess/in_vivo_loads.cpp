/// Loads of the spine in held postures, beside those measured in people.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
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

/// A row of the activities as a static scenario.
Scenario scenario_of(const CsvTable& table, std::size_t row) {
  const auto cell = [&](const char* column) { return table.text(row, table.column(column)); };
  std::string keys = cell("keyframe");
  for (char& c : keys)
    if (c == ';') c = '\n';
  std::string text =
      fmt::format("schema = 1\n[[motion.keyframe]]\ntime_s = 0\nposture = \"{}\"\n{}\n", cell("posture"), keys);
  if (!cell("load_kg").empty()) text += fmt::format("[[load]]\nmass_kg = {}\n", cell("load_kg"));
  return parse_scenario(text, "in_vivo_activities.csv: " + cell("activity"));
}

void add_figures(const std::string& activity, const Frame& frame, double weight, ModelFigures& figures) {
  const auto level = [&](Level l) -> const LevelState& {
    return frame.spine.levels[static_cast<std::size_t>(index(l))];
  };
  const std::string of = "in_vivo." + activity;
  figures[of + ".pressure_MPa"] = level(Level::L4L5).disc.nucleus_pressure / units::MPa;
  figures[of + ".compression_N"] = level(Level::L4L5).compression;
  figures[of + ".compression_percent_BW"] = level(Level::L4L5).compression / weight / units::percent;
  const Vec3& moment = level(Level::L4L5).net_D.moment;
  figures[of + ".moment_Nm"] = std::max({std::abs(moment.x()), std::abs(moment.y()), std::abs(moment.z())});
  figures[of + ".activity_departure_percent"] = frame.spine.activity_departure / units::percent;
  figures[of + ".L5-S1.compression_N"] = level(Level::L5S1).compression;
  figures[of + ".L5-S1.shear_N"] = level(Level::L5S1).shear_anterior;
  figures[of + ".L3-L4.compression_N"] = level(Level::L3L4).compression;
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
  const auto standing = figures.find("in_vivo.standing.L3-L4.compression_N");
  ModelFigures more;
  for (const auto& [name, value] : figures) {
    constexpr std::string_view kEnd = ".L3-L4.compression_N";
    if (standing != figures.end() && name.ends_with(kEnd))
      more[name.substr(0, name.size() - kEnd.size()) + ".L3-L4.percent_of_standing"] = 100 * value / standing->second;
  }
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
  add_relative_figures(read_published(data / "validation"), figures);
  return figures;
}

}  // namespace foramen
