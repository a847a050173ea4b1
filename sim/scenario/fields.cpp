#include "sim/scenario/fields.h"

#include <fmt/format.h>

#include "sim/base/units.h"
#include "sim/scenario/condition_fields.h"
#include "sim/scenario/field_makers.h"
#include "sim/scenario/motion_fields.h"
#include "sim/scenario/support_names.h"
#include "sim/scenario/task_fields.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 2> kSexNames{"male", "female"};
constexpr std::array<std::string_view, 3> kHamstringNames{"short", "normal", "long"};
constexpr std::array<std::string_view, 3> kHerniationSideNames{"left", "right", "central"};
constexpr std::array<std::string_view, 4> kHerniationZoneNames{"central", "paracentral", "foraminal", "extraforaminal"};
constexpr std::array<std::string_view, 3> kStenosisZoneNames{"canal", "recess", "foramen"};
constexpr std::array<std::string_view, 3> kSurgeryNames{"discectomy", "laminectomy", "fusion"};
constexpr std::array<std::string_view, 3> kCouplingNames{"good", "fair", "poor"};

void add_subject(std::vector<Field>& f) {
  f.push_back(choice(
      "subject", "sex", "Sex of the person; decides segment masses, canal and disc dimensions.", kSexNames,
      [](auto& s, std::size_t) -> auto& { return s.subject.sex; }));
  f.push_back(number(
      "subject", "age_years", "Age.", 18, 95, 1, [](auto& s, std::size_t) -> auto& { return s.subject.age_years; }));
  f.push_back(number(
      "subject", "stature_m", "Standing height.", 1.4, 2.1, 1,
      [](auto& s, std::size_t) -> auto& { return s.subject.stature; }));
  f.push_back(number(
      "subject", "mass_kg", "Body mass.", 35, 180, 1, [](auto& s, std::size_t) -> auto& { return s.subject.mass; }));
  f.push_back(number(
      "subject", "strength", "Factor on muscle strength; 1 is average.", 0.2, 3, 1,
      [](auto& s, std::size_t) -> auto& { return s.subject.strength; }));
  f.push_back(choice(
      "subject", "hamstrings", "Length of the hamstrings.", kHamstringNames,
      [](auto& s, std::size_t) -> auto& { return s.subject.hamstrings; }));

  f.push_back(required(choice(
      "subject.disc[]", "level", "Level of the disc.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.discs[i].level; })));
  f.push_back(integer(
      "subject.disc[]", "pfirrmann", "Degeneration grade after Pfirrmann 2001: 1 healthy to 5 collapsed.", 1, 5,
      [](auto& s, std::size_t i) -> auto& { return s.subject.discs[i].pfirrmann; }));
  f.push_back(number(
      "subject.disc[]", "height_loss_percent", "Part of the healthy disc height that is lost.", 0, 80, units::percent,
      [](auto& s, std::size_t i) -> auto& { return s.subject.discs[i].height_loss; }));

  const std::string h = "subject.herniation[]";
  f.push_back(required(choice(
      h, "level", "Level of the disc.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].level; })));
  f.push_back(choice(
      h, "side", "Side it points to.", kHerniationSideNames,
      [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].side; }));
  f.push_back(choice(
      h, "zone", "Where along the back of the disc it sits.", kHerniationZoneNames,
      [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].zone; }));
  f.push_back(number(
      h, "protrusion_mm",
      "Height of the bump beyond the disc's contour in standing. Above 5 mm, at the usual width, a root slides off to "
      "its side in the model and is pressed no harder.",
      0, 12, units::mm, [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].protrusion; }));
  f.push_back(number(
      h, "width_mm", "Width of the bump's base along the contour.", 4, 30, units::mm,
      [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].width; }));
  f.push_back(number(
      h, "migration_mm", "How far its summit lies below the disc's mid-plane; negative: above.", -20, 20, units::mm,
      [](auto& s, std::size_t i) -> auto& { return s.subject.herniations[i].migration; }));

  const std::string z = "subject.stenosis[]";
  f.push_back(required(choice(
      z, "level", "Level that is narrowed.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.stenoses[i].level; })));
  f.push_back(choice(
      z, "zone", "What is narrowed.", kStenosisZoneNames,
      [](auto& s, std::size_t i) -> auto& { return s.subject.stenoses[i].zone; }));
  f.push_back(choice(
      z, "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.stenoses[i].side; }));
  f.push_back(required(number(
      z, "narrowing_percent", "Part of the zone's depth that is taken.", 0, 70, units::percent,
      [](auto& s, std::size_t i) -> auto& { return s.subject.stenoses[i].narrowing; })));

  f.push_back(required(choice(
      "subject.facet[]", "level", "Level of the joint.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.facets[i].level; })));
  f.push_back(choice(
      "subject.facet[]", "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.facets[i].side; }));
  f.push_back(number(
      "subject.facet[]", "hypertrophy_mm", "Growth of the articular process towards canal and foramen.", 0, 6,
      units::mm, [](auto& s, std::size_t i) -> auto& { return s.subject.facets[i].hypertrophy; }));
  f.push_back(integer(
      "subject.facet[]", "arthrosis", "Grade of wear (Weishaupt 1999): 0 none to 3; less gap, stiffer contact.", 0, 3,
      [](auto& s, std::size_t i) -> auto& { return s.subject.facets[i].arthrosis; }));
  f.push_back(number(
      "subject.facet[]", "tropism_deg",
      "Turn of the joint towards the coronal plane; asymmetry when one side is given.", -30, 30, units::deg,
      [](auto& s, std::size_t i) -> auto& { return s.subject.facets[i].tropism; }));
  f.push_back(required(choice(
      "subject.flavum[]", "level", "Level of the ligamentum flavum.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.flava[i].level; })));
  f.push_back(required(number(
      "subject.flavum[]", "thickening_mm", "Thickness added to the healthy ligament.", 0, 6, units::mm,
      [](auto& s, std::size_t i) -> auto& { return s.subject.flava[i].thickening; })));
  f.push_back(required(choice(
      "subject.slip[]", "level", "Level whose upper vertebra has slipped.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.slips[i].level; })));
  f.push_back(required(number(
      "subject.slip[]", "anterior_mm", "Forward slip in standing.", 0, 20, units::mm,
      [](auto& s, std::size_t i) -> auto& { return s.subject.slips[i].anterior; })));
}

void add_structure(std::vector<Field>& f) {
  f.push_back(required(choice(
      "subject.pars_defect[]", "level", "Level whose upper vertebra has a broken arch (spondylolysis).", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.pars_defects[i].level; })));
  f.push_back(choice(
      "subject.pars_defect[]", "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.pars_defects[i].side; }));
  f.push_back(required(choice(
      "subject.surgery[]", "level", "Level that was operated on.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.surgeries[i].level; })));
  f.push_back(required(choice(
      "subject.surgery[]", "kind",
      "discectomy takes herniations and free nucleus, laminectomy the lamina with flavum and ligaments behind it, "
      "fusion "
      "bridges the disc with bone.",
      kSurgeryNames, [](auto& s, std::size_t i) -> auto& { return s.subject.surgeries[i].kind; })));
}

void add_parameters(std::vector<Field>& f) {
  const auto factor = [&f](const char* key, const char* doc, double ParameterFactors::*member) {
    f.push_back(number(
        "parameters", key, doc, 0.25, 4,
        1, [member](auto& s, std::size_t) -> auto& { return s.subject.parameters.*member; }));
  };
  factor("muscle_stress", "Factor on the largest active muscle stress.", &ParameterFactors::muscle_stress);
  factor("disc_stiffness", "Factor on the stiffness of the annulus.", &ParameterFactors::disc_stiffness);
  factor("ligament_stiffness", "Factor on the stiffness of all ligaments.", &ParameterFactors::ligament_stiffness);
  factor("facet_stiffness", "Factor on the contact stiffness of the facet joints.", &ParameterFactors::facet_stiffness);
  factor("root_stiffness", "Factor on the axial stiffness of roots and nerve tracts.",
         &ParameterFactors::root_stiffness);
  factor("root_diameter", "Factor on the diameters of roots and ganglia.", &ParameterFactors::root_diameter);
  factor("canal_size", "Factor on the depth of the canal and of the lateral recesses.", &ParameterFactors::canal_size);
}

void add_history(std::vector<Field>& f) {
  const std::string h = "history[]";
  f.push_back(required(text(
      h, "posture", "A named posture that was held.",
      [](auto& s, std::size_t i) -> auto& { return s.history[i].posture; })));
  f.push_back(required(number(
      h, "minutes", "How long.", 0, 6000, 60, [](auto& s, std::size_t i) -> auto& { return s.history[i].duration; })));
  f.push_back(choice(
      h, "support", "What carried the body; left out: what the posture says.", kSupportNames,
      [](auto& s, std::size_t i) -> auto& { return s.history[i].support; }));
  f.push_back(number(
      h, "load_kg", "Mass held in both hands.", 0, 100, 1,
      [](auto& s, std::size_t i) -> auto& { return s.history[i].load; }));
}

void add_bench(std::vector<Field>& f) {
  f.push_back(choice(
      "bench", "top", "Uppermost level of the specimen.", level_names(),
      [](auto& s, std::size_t) -> auto& { return s.bench->top; }));
  f.push_back(choice(
      "bench", "bottom", "Lowest level of the specimen.", level_names(),
      [](auto& s, std::size_t) -> auto& { return s.bench->bottom; }));
  f.push_back(number(
      "bench", "moment_Nm", "Largest pure moment.", 0.1, 100, 1,
      [](auto& s, std::size_t) -> auto& { return s.bench->moment; }));
  f.push_back(number(
      "bench", "compression_N", "Largest compression, without tilting.", 1, 10000, 1,
      [](auto& s, std::size_t) -> auto& { return s.bench->compression; }));
  f.push_back(number(
      "bench", "shear_N", "Largest anterior shear.", 1, 2000, 1,
      [](auto& s, std::size_t) -> auto& { return s.bench->shear; }));
  f.push_back(number(
      "bench", "follower_N", "Load along the spine while moments and shear act.", 0, 5000, 1,
      [](auto& s, std::size_t) -> auto& { return s.bench->follower; }));
  f.push_back(integer(
      "bench", "steps", "Steps up to the largest load.", 1, 200,
      [](auto& s, std::size_t) -> auto& { return s.bench->steps; }));
  f.push_back(required(choice(
      "bench.removal[]", "structure", "What is taken away at every level before the tests are repeated.",
      kPassiveStructureNames, [](auto& s, std::size_t i) -> auto& { return s.bench->removals[i]; })));
}

}  // namespace

const std::vector<FieldTable>& field_tables() {
  const auto one = [](const Scenario&) -> std::size_t { return 1; };
  const auto nothing = [](Scenario&, std::size_t) {};
  static const std::vector<FieldTable> tables = with_condition_tables({
      {"", "The file itself.", one, nothing},
      {"subject", "The person.", one, nothing},
      {"subject.disc[]", "A disc that differs from a healthy one.",
       [](const Scenario& s) { return s.subject.discs.size(); },
       [](Scenario& s, std::size_t n) { s.subject.discs.resize(n); }},
      {"subject.herniation[]", "A herniated disc.", [](const Scenario& s) { return s.subject.herniations.size(); },
       [](Scenario& s, std::size_t n) { s.subject.herniations.resize(n); }},
      {"subject.stenosis[]", "A narrowed canal, recess or foramen.",
       [](const Scenario& s) { return s.subject.stenoses.size(); },
       [](Scenario& s, std::size_t n) { s.subject.stenoses.resize(n); }},
      {"subject.facet[]", "A changed facet joint.", [](const Scenario& s) { return s.subject.facets.size(); },
       [](Scenario& s, std::size_t n) { s.subject.facets.resize(n); }},
      {"subject.flavum[]", "A thickened ligamentum flavum.", [](const Scenario& s) { return s.subject.flava.size(); },
       [](Scenario& s, std::size_t n) { s.subject.flava.resize(n); }},
      {"subject.slip[]", "A slipped vertebra (spondylolisthesis).",
       [](const Scenario& s) { return s.subject.slips.size(); },
       [](Scenario& s, std::size_t n) { s.subject.slips.resize(n); }},
      {"subject.pars_defect[]", "A broken arch (spondylolysis).",
       [](const Scenario& s) { return s.subject.pars_defects.size(); },
       [](Scenario& s, std::size_t n) { s.subject.pars_defects.resize(n); }},
      {"subject.surgery[]", "An earlier operation.", [](const Scenario& s) { return s.subject.surgeries.size(); },
       [](Scenario& s, std::size_t n) { s.subject.surgeries.resize(n); }},
      {"parameters", "Factors on what measurements only bound; 1 is the tabulated value (data/uncertainty.csv).", one,
       nothing},
      {"history[]", "What the discs went through before the first keyframe (creep), in order.",
       [](const Scenario& s) { return s.history.size(); }, [](Scenario& s, std::size_t n) { s.history.resize(n); }},
      {"motion", "Posture over time.", one, nothing},
      {"motion.keyframe[]", "A posture at a time; one keyframe makes a static run.",
       [](const Scenario& s) { return s.motion.keyframes.size(); },
       [](Scenario& s, std::size_t n) { s.motion.keyframes.resize(n); }},
      {"load[]", "Something in the hands.", [](const Scenario& s) { return s.loads.size(); },
       [](Scenario& s, std::size_t n) { s.loads.resize(n); }},
      {"lift", "A lift in words, instead of keyframes and load (foramen expand FILE writes them out).",
       [](const Scenario& s) -> std::size_t { return s.lift ? 1 : 0; },
       [](Scenario& s, std::size_t) { s.lift.emplace(); }},
      {"carry", "Standing with a load that is carried, instead of keyframes and load.",
       [](const Scenario& s) -> std::size_t { return s.carry ? 1 : 0; },
       [](Scenario& s, std::size_t) { s.carry.emplace(); }},
      {"push", "Pushing or pulling at a handle, instead of keyframes and load.",
       [](const Scenario& s) -> std::size_t { return s.push ? 1 : 0; },
       [](Scenario& s, std::size_t) { s.push.emplace(); }},
      {"task", "How often, for the lifting equation.", [](const Scenario& s) -> std::size_t { return s.task ? 1 : 0; },
       [](Scenario& s, std::size_t) { s.task.emplace(); }},
      {"bench", "A laboratory test of the passive spine (foramen bench-spine) instead of a motion.",
       [](const Scenario& s) -> std::size_t { return s.bench ? 1 : 0; },
       [](Scenario& s, std::size_t) {
         if (!s.bench) s.bench.emplace();
       }},
      {"bench.removal[]", "Dissection, in order.",
       [](const Scenario& s) -> std::size_t { return s.bench ? s.bench->removals.size() : 0; },
       [](Scenario& s, std::size_t n) {
         if (!s.bench) s.bench.emplace();
         s.bench->removals.resize(n);
       }},
      {"solver", "How finely it is computed.", one, nothing},
  });
  return tables;
}

const std::vector<Field>& fields() {
  static const std::vector<Field> table = [] {
    std::vector<Field> f;
    f.push_back(required(integer(
        "", "schema", "Version of the file format.", 1, 1, [](auto& s, std::size_t) -> auto& { return s.schema; })));
    f.push_back(text(
        "", "title", "One line for lists and pictures.", [](auto& s, std::size_t) -> auto& { return s.title; }));
    f.push_back(text(
        "", "text", "One paragraph for people: what is shown and why it matters.",
        [](auto& s, std::size_t) -> auto& { return s.text; }));
    add_subject(f);
    add_structure(f);
    add_condition_fields(f);
    add_parameters(f);
    add_history(f);
    add_motion_fields(f);
    add_tasks(f, kLoadNames, kHandNames, kLoadBodyNames);
    add_bench(f);
    f.push_back(number(
        "task", "per_min", "Lifts per minute.", 0.1, 20, 1,
        [](auto& s, std::size_t) -> auto& { return s.task->per_minute; }));
    f.push_back(number(
        "task", "hours", "Hours of the task per day.", 0, 12, 1,
        [](auto& s, std::size_t) -> auto& { return s.task->hours; }));
    f.push_back(text(
        "task", "coupling", "Quality of the grip.", [](auto& s, std::size_t) -> auto& { return s.task->coupling; },
        kCouplingNames));
    f.push_back(number(
        "solver", "rate_hz", "Frames per second.", 1, 1000, 1,
        [](auto& s, std::size_t) -> auto& { return s.solver.rate_hz; }));
    f.push_back(vector(
        "solver", "lumbar_shares",
        "Shares of lumbar flexion taken by T12-L1, L1-L2 … L5-S1; they are scaled to sum to 1.", 6, 0, 100,
        [](auto& s, std::size_t) -> auto& { return s.solver.lumbar_shares; }));
    f.push_back(number(
        "solver", "recruitment_power",
        "Muscles share the work at least sum of activation to this power; higher spreads it over more of them.", 2, 5,
        1, [](auto& s, std::size_t) -> auto& { return s.solver.recruitment_power; }));
    f.push_back(number(
        "solver", "antagonist_floor_percent", "Least activation of every trunk muscle (co-contraction).", 0, 30,
        units::percent, [](auto& s, std::size_t) -> auto& { return s.solver.antagonist_floor; }));
    return f;
  }();
  return table;
}

}  // namespace foramen
