/// What moments the trunk can hold, beside maximal efforts of people.

#include <fmt/format.h>

#include <array>
#include <memory>

#include "sim/assess/model_figures.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

struct Direction {
  const char* name;
  Vec3 moment;  ///< added to what every level must carry, axes of D
};
/// Moments of what acts on the trunk: a pull forwards asks the extensors.
const std::array<Direction, 4> kDirections{Direction{"extension", -Vec3::UnitZ()}, Direction{"flexion", Vec3::UnitZ()},
                                           Direction{"side_bend", -Vec3::UnitX()}, Direction{"twist", -Vec3::UnitY()}};

/// Where the search swings by less than this about the balance [N·m], what strength lacks is known all the same.
constexpr double kNearEnough = 0.1;

/// The largest pure moment on the upright trunk that the muscles can hold [N·m], within 1 %.
double largest_moment(const Person& person, const Vec3& direction) {
  const TreeMotion standing;
  const BodyPoses poses = place_bodies(*person.subject, standing);
  const NetLoads weight = net_loads(*person.subject, poses, joint_wrenches(*person.subject, standing, {}));
  const auto held = [&](double moment) {
    NetLoads net = weight;
    for (Wrench& load : net) load.moment += moment * direction;
    const SpineState state = person.spine.solve(standing, poses, net);
    return state.convergence.residual < kNearEnough && state.strength_suffices;
  };
  double enough = 0, much = 50;
  while (held(much) && much < 1000) {
    enough = much;
    much *= 1.5;
  }
  while (much - enough > 0.01 * much) {
    const double middle = 0.5 * (enough + much);
    (held(middle) ? enough : much) = middle;
  }
  return enough;
}

}  // namespace

ModelFigures strength_figures(const std::filesystem::path& data) {
  ModelFigures figures;
  for (const Sex sex : {Sex::Male, Sex::Female}) {
    SubjectDescription description;
    description.sex = sex;
    description.age_years = 30;
    description.stature = sex == Sex::Male ? 1.76 : 1.63;
    description.mass = sex == Sex::Male ? 78 : 65;
    const Person person = make_person(description, data);
    for (const Direction& direction : kDirections) {
      figures[fmt::format("strength.{}.{}_Nm", sex == Sex::Male ? "male" : "female", direction.name)] =
          largest_moment(person, direction.moment);
    }
  }
  figures["strength.female_over_male.extension"] =
      figures["strength.female.extension_Nm"] / figures["strength.male.extension_Nm"];
  return figures;
}

}  // namespace foramen
