/// Stooped beside squatted lifts of a box, as measured in groups of people.

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "sim/assess/model_figures.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

constexpr int kInstants = 12;  ///< of a lift, from taking the load over to its end

/// The largest of a lift.
struct Peak {
  double moment = 0;       ///< extension moment the trunk must hold at L5–S1 [N·m]
  double compression = 0;  ///< at L4–L5 [N]
  double shear_L4L5 = 0;   ///< forwards [N]
  double shear_L5S1 = 0;   ///< [N]
  bool converged = true;   ///< at every instant
};

/// How far ahead of the ankles a box is gripped: behind it, as lifts are unless they say otherwise; with the feet
/// beside it about its middle, arms and shins leaving this much (assumed) [m].
constexpr double kBehindBox = 0.4, kBesideBox = 0.15;

Peak peak_of_lift(const Person& person, const PostureLibrary& library, const std::string& technique, double mass,
                  double height, double reach = kBehindBox) {
  const Scenario lift =
      parse_scenario(fmt::format("schema = 1\n[lift]\ntechnique = \"{}\"\nmass_kg = {}\n"
                                 "from_height_m = {}\nto_height_m = 1.0\nreach_m = {}\nto_reach_m = {}\n",
                                 technique, mass, height, reach, kBehindBox),
                     "lift_figures: " + technique);
  const Motion motion(person.subject, library, lift);
  const double from = motion.loads().front().from;
  Peak peak;
  for (int i = 0; i < kInstants; ++i) {
    const double time = from + (motion.end() - from) * i / (kInstants - 1);
    const Frame now = solve_loads(person, supported(person.spine, motion, time));
    peak.moment = std::max(peak.moment, -now.net[static_cast<std::size_t>(index(Level::L5S1))].moment.z());
    peak.converged = peak.converged && now.spine.convergence.converged;
    const LevelState &L4L5 = now.spine.levels[static_cast<std::size_t>(index(Level::L4L5))],
                     &L5S1 = now.spine.levels[static_cast<std::size_t>(index(Level::L5S1))];
    peak.compression = std::max(peak.compression, L4L5.compression);
    peak.shear_L4L5 = std::max(peak.shear_L4L5, L4L5.shear_anterior);
    peak.shear_L5S1 = std::max(peak.shear_L5S1, L5S1.shear_anterior);
  }
  return peak;
}

}  // namespace

ModelFigures lift_figures(const std::filesystem::path& data) {
  ModelFigures figures;
  const Person person = make_person(SubjectDescription{}, data);
  const PostureLibrary library = load_postures(data);
  // By how much squatting asks for more than stooping.
  const auto compare = [&](const std::string& place, double height, double reach) {
    const Peak squat = peak_of_lift(person, library, "squat", 10.5, height, reach),
               stoop = peak_of_lift(person, library, "stoop", 10.5, height, reach);
    const std::string of = "lift." + place + ".squat_minus_stoop.";
    figures[of + "moment_percent"] = (squat.moment / stoop.moment - 1) / units::percent;
    if (squat.converged && stoop.converged)
      figures[of + "compression_percent"] = (squat.compression / stoop.compression - 1) / units::percent;
  };
  compare("floor", 0.05, kBehindBox);
  compare("beside", 0.05, kBesideBox);
  compare("half_metre", 0.5, kBehindBox);
  const Peak squat = peak_of_lift(person, library, "squat", 15, 0.05),
             stoop = peak_of_lift(person, library, "stoop", 15, 0.05);
  if (squat.converged && stoop.converged) {
    const double weight = person.subject->description.mass * kGravity;
    figures["lift.stoop_minus_squat.compression_BW"] = (stoop.compression - squat.compression) / weight;
    figures["lift.stoop_minus_squat.L4-L5.shear_BW"] = (stoop.shear_L4L5 - squat.shear_L4L5) / weight;
    figures["lift.stoop_minus_squat.L5-S1.shear_BW"] = (stoop.shear_L5S1 - squat.shear_L5S1) / weight;
  }
  return figures;
}

}  // namespace foramen
