/// What moments the trunk can hold, beside maximal efforts of people.

#include <fmt/format.h>

#include <array>
#include <memory>
#include <string>

#include "sim/assess/model_figures.h"
#include "sim/run/simulate.h"
#include "sim/spine/muscle_forces.h"

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

/// The largest pure moment that the muscles can hold beside the weight in a posture [N·m], within 1 %.
double largest_moment(const Person& person, const TreeMotion& posture, const Vec3& direction) {
  const BodyPoses poses = place_bodies(*person.subject, posture);
  const NetLoads weight = net_loads(*person.subject, poses, joint_wrenches(*person.subject, posture, {}));
  const auto held = [&](double moment) {
    NetLoads net = weight;
    for (Wrench& load : net) load.moment += moment * direction;
    const SpineState state = person.spine.solve(posture, poses, net);
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

/// The trunk leans forwards by 20 degrees, split by the measured rhythm.
TreeMotion leaning(const Person& person, const std::filesystem::path& data) {
  constexpr const char* kLeaning =
      "schema = 1\n[[motion.keyframe]]\ntime_s = 0\nposture = \"standing\"\ntrunk_inclination_deg = 20\n"
      "shoulder_flexion_deg = 20\n";
  return Motion(person.subject, load_postures(data), parse_scenario(kLeaning, "strength")).at(0).tree;
}

/// What the extensors hold at L5–S1 in all, weight included, the trunk 20 degrees forwards [N·m].
double extension_leaning(const Person& person, const TreeMotion& posture) {
  const BodyPoses poses = place_bodies(*person.subject, posture);
  const NetLoads weight = net_loads(*person.subject, poses, joint_wrenches(*person.subject, posture, {}));
  return largest_moment(person, posture, -Vec3::UnitZ()) - weight[index(Level::L5S1)].moment.z();
}

SubjectDescription young_adult(Sex sex) {
  SubjectDescription description;
  description.sex = sex;
  description.age_years = 30;
  description.stature = sex == Sex::Male ? 1.76 : 1.63;
  description.mass = sex == Sex::Male ? 78 : 65;
  return description;
}

/// A man none of whose muscles goes beyond its activation in a maximal voluntary contraction of `group`.
Person at_mvc(ActivityGroup group, const std::filesystem::path& data) {
  SubjectDescription description = young_adult(Sex::Male);
  description.strength = activation_at_mvc(group);
  return make_person(description, data);
}

}  // namespace

ModelFigures strength_figures(const std::filesystem::path& data) {
  ModelFigures figures;
  const TreeMotion upright;
  for (const Sex sex : {Sex::Male, Sex::Female}) {
    const Person person = make_person(young_adult(sex), data);
    const std::string of = sex == Sex::Male ? "strength.male" : "strength.female";
    for (const Direction& direction : kDirections) {
      figures[fmt::format("{}.{}_Nm", of, direction.name)] = largest_moment(person, upright, direction.moment);
    }
    figures[of + ".extension_20deg_Nm"] = extension_leaning(person, leaning(person, data));
    figures[of + ".extension_over_flexion"] = figures[of + ".extension_Nm"] / figures[of + ".flexion_Nm"];
  }
  const Person extending = at_mvc(ActivityGroup::LumbarErectorSpinae, data),
               flexing = at_mvc(ActivityGroup::RectusAbdominis, data);
  figures["strength.male.extension_20deg_at_mvc_Nm"] = extension_leaning(extending, leaning(extending, data));
  figures["strength.male.flexion_at_mvc_Nm"] = largest_moment(flexing, upright, Vec3::UnitZ());
  figures["strength.female_over_male.extension"] =
      figures["strength.female.extension_Nm"] / figures["strength.male.extension_Nm"];
  return figures;
}

}  // namespace foramen
