#include "sim/scenario/condition_fields.h"

#include <algorithm>

#include "sim/base/units.h"
#include "sim/scenario/field_makers.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 2> kPlaceNames{"posterior", "foraminal"};
constexpr std::array<std::string_view, 2> kRootKindNames{"conjoined", "tethered"};
constexpr const char* kMeasured = "subject.measured";

std::string measured_table(Level level) {
  return std::string(kMeasured) + "." + std::string(name(level));
}

bool any(const MeasuredLevel& m) {
  return m.disc_area || m.disc_height || m.disc_height_posterior || m.canal_depth || m.flavum || m.recess_depth[0] ||
         m.recess_depth[1] || m.foramen_height[0] || m.foramen_height[1] || m.foramen_width[0] || m.foramen_width[1];
}

void add_osteophyte(std::vector<Field>& f) {
  const std::string t = "subject.osteophyte[]";
  f.push_back(required(choice(
      t, "level", "Level of the disc whose rim it grows from.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.osteophytes[i].level; })));
  f.push_back(choice(
      t, "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.osteophytes[i].side; }));
  f.push_back(choice(
      t, "where",
      "posterior: upper rim of the lower vertebra, into the canal beside the midline; foraminal: lower rim of the "
      "upper vertebra, into the foramen.",
      kPlaceNames, [](auto& s, std::size_t i) -> auto& { return s.subject.osteophytes[i].where; }));
  f.push_back(required(number(
      t, "size_mm", "Height of the spur beyond the healthy rim.", 0, 8, units::mm,
      [](auto& s, std::size_t i) -> auto& { return s.subject.osteophytes[i].size; })));
}

void add_nerve_conditions(std::vector<Field>& f) {
  const std::string t = "subject.root[]";
  f.push_back(required(choice(
      t, "root", "Which root.", root_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.root_conditions[i].root; })));
  f.push_back(choice(
      t, "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.root_conditions[i].side; }));
  f.push_back(required(choice(
      t, "kind",
      "conjoined: leaves the sac in one sleeve with the root above, farther out; tethered: sticks to a "
      "disc.",
      kRootKindNames, [](auto& s, std::size_t i) -> auto& { return s.subject.root_conditions[i].kind; })));
  f.push_back(choice(
      t, "level", "Disc a tethered root sticks to; the one it crosses when left out.", level_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.root_conditions[i].level; }));
  f.push_back(choice(
      "subject.piriformis[]", "side", "One side only; both when left out.", side_names(),
      [](auto& s, std::size_t i) -> auto& { return s.subject.piriformis[i].side; }));
  f.push_back(required(number(
      "subject.piriformis[]", "thickening_mm", "What a tight or swollen muscle adds to its thickness.", 0, 10,
      units::mm, [](auto& s, std::size_t i) -> auto& { return s.subject.piriformis[i].thickening; })));
}

void add_measured(std::vector<Field>& f, Level level) {
  const auto l = static_cast<std::size_t>(index(level));
  const auto one = [&](const char* key, const char* doc, double lo, double hi,
                       std::optional<double> MeasuredLevel::*member) {
    f.push_back(number(
        measured_table(level), key, doc, lo, hi, units::mm,
        [ l, member ](auto& s, std::size_t) -> auto& { return s.subject.measured[l].*member; }));
  };
  f.push_back(number(
      measured_table(level), "disc_area_mm2", "Section of the disc at mid-height; its outline scales about its centre.",
      600, 3000, units::mm2, [l](auto& s, std::size_t) -> auto& { return s.subject.measured[l].disc_area; }));
  one("disc_height_mm", "Mean of the disc's height in front and behind.", 2, 20, &MeasuredLevel::disc_height);
  one("disc_height_posterior_mm", "Height of the disc at its back.", 0.5, 15, &MeasuredLevel::disc_height_posterior);
  one("canal_ap_mm", "Depth of the canal in the midline, disc to flavum.", 4, 30, &MeasuredLevel::canal_depth);
  one("flavum_mm", "Thickness of the ligamentum flavum.", 1, 10, &MeasuredLevel::flavum);
  const auto two = [&](const char* stem, const char* doc, double lo, double hi,
                       std::array<std::optional<double>, 2> MeasuredLevel::*member) {
    for (const Side side : kSides) {
      const auto s = static_cast<std::size_t>(index(side));
      f.push_back(number(
          measured_table(level), std::string(stem) + "_" + std::string(name(side)) + "_mm", doc, lo, hi, units::mm,
          [ l, s,
            member ](auto& scenario, std::size_t) -> auto& { return (scenario.subject.measured[l].*member)[s]; }));
    }
  };
  two("recess_depth", "Depth of the lateral recess, body to superior articular process.", 1, 15,
      &MeasuredLevel::recess_depth);
  two("foramen_height", "Height of the foramen, pedicle to pedicle.", 6, 30, &MeasuredLevel::foramen_height);
  two("foramen_width", "Width of the foramen front to back where the root leaves.", 1, 15,
      &MeasuredLevel::foramen_width);
}

std::vector<FieldTable> condition_tables() {
  std::vector<FieldTable> tables{{"subject.osteophyte[]", "A bony spur on the rim of a vertebral body.",
                                  [](const Scenario& s) { return s.subject.osteophytes.size(); },
                                  [](Scenario& s, std::size_t n) { s.subject.osteophytes.resize(n); }},
                                 {"subject.root[]", "A root that is conjoined with its neighbour or sticks to a disc.",
                                  [](const Scenario& s) { return s.subject.root_conditions.size(); },
                                  [](Scenario& s, std::size_t n) { s.subject.root_conditions.resize(n); }},
                                 {"subject.piriformis[]", "A thick or tight piriformis over the sciatic nerve.",
                                  [](const Scenario& s) { return s.subject.piriformis.size(); },
                                  [](Scenario& s, std::size_t n) { s.subject.piriformis.resize(n); }},
                                 // Only its sub-tables hold keys, so it is never written itself.
                                 {kMeasured, "What was measured, on an MRI say; replaces what the tables give.",
                                  [](const Scenario&) -> std::size_t { return 0; }, [](Scenario&, std::size_t) {}}};
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    tables.push_back({measured_table(level), "What was measured of this level.",
                      [l](const Scenario& s) -> std::size_t { return any(s.subject.measured[l]) ? 1 : 0; },
                      [](Scenario&, std::size_t) {}});
  }
  return tables;
}

}  // namespace

void add_condition_fields(std::vector<Field>& fields) {
  add_osteophyte(fields);
  add_nerve_conditions(fields);
  for (const Level level : kLevels) add_measured(fields, level);
}

std::vector<FieldTable> with_condition_tables(std::vector<FieldTable> tables) {
  const auto surgery =
      std::find_if(tables.begin(), tables.end(), [](const FieldTable& t) { return t.name == "subject.surgery[]"; });
  const std::vector<FieldTable> added = condition_tables();
  tables.insert(surgery == tables.end() ? tables.end() : surgery + 1, added.begin(), added.end());
  return tables;
}

}  // namespace foramen
