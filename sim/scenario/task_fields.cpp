#include "sim/scenario/task_fields.h"

#include <array>

#include "sim/base/units.h"
#include "sim/scenario/field_makers.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 6> kTechniqueNames{"stoop",     "squat",   "semi_squat",
                                                          "freestyle", "golfers", "lunge"};
constexpr std::array<std::string_view, 3> kPaceNames{"slow", "normal", "fast"};
constexpr std::array<std::string_view, 2> kEndNames{"hold", "put_down"};
constexpr std::array<std::string_view, 3> kCarryNames{"front", "side", "back"};
constexpr std::array<std::string_view, 2> kPushNames{"push", "pull"};

void add_lift_place(std::vector<Field>& f) {
  const auto place = [&f](const char* key, const char* doc, double lo, double hi, double scale, auto member) {
    f.push_back(number(
        "lift", key, doc, lo, hi, scale, [member](auto& s, std::size_t) -> auto& { return (*s.lift).*member; }));
  };
  place("from_height_m", "Height of the grips over the floor at the start.", 0, 2.2, 1, &LiftTask::from_height);
  place("to_height_m", "Height of the grips at the end; lower than the start lowers the load.", 0, 2.2, 1,
        &LiftTask::to_height);
  place("reach_m", "How far the grips are from the middle between the ankles at the start.", 0.05, 1.2, 1,
        &LiftTask::reach);
  place("to_reach_m", "The same at the end; as at the start when left out.", 0.05, 1.2, 1, &LiftTask::to_reach);
  place("asymmetry_deg", "How far to the right of straight ahead the load is at the start; negative: left.", -135, 135,
        units::deg, &LiftTask::asymmetry);
  place("to_asymmetry_deg", "The same at the end.", -135, 135, units::deg, &LiftTask::to_asymmetry);
}

void add_lift(std::vector<Field>& f, std::span<const std::string_view> kinds, std::span<const std::string_view> hands,
              std::span<const std::string_view> objects) {
  f.push_back(choice(
      "lift", "technique",
      "stoop: straight knees; squat: upright trunk; semi_squat and freestyle: between; golfers: on one leg, one hand; "
      "lunge: one foot in front.",
      kTechniqueNames, [](auto& s, std::size_t) -> auto& { return s.lift->technique; }));
  f.push_back(required(number(
      "lift", "mass_kg", "Mass of the whole load.", 0, 200, 1,
      [](auto& s, std::size_t) -> auto& { return s.lift->mass; })));
  f.push_back(number(
      "lift", "share_percent", "Part of the load this person carries; 50 for one of two.", 1, 100, units::percent,
      [](auto& s, std::size_t) -> auto& { return s.lift->share; }));
  f.push_back(choice(
      "lift", "kind", "What is lifted.", kinds, [](auto& s, std::size_t) -> auto& { return s.lift->kind; }));
  f.push_back(choice(
      "lift", "hands", "Which hands lift it.", hands, [](auto& s, std::size_t) -> auto& { return s.lift->hands; }));
  add_lift_place(f);
  f.push_back(choice(
      "lift", "pace", "slow: the lift takes 2.2 s; normal: 1.4 s; fast: 0.8 s.", kPaceNames,
      [](auto& s, std::size_t) -> auto& { return s.lift->pace; }));
  f.push_back(number(
      "lift", "lift_s", "How long the lift takes, instead of a pace.", 0.3, 30, 1,
      [](auto& s, std::size_t) -> auto& { return s.lift->duration; }));
  f.push_back(choice(
      "lift", "then",
      "hold: the load stays in the hands; put_down: it is left at the end and the person straightens up.", kEndNames,
      [](auto& s, std::size_t) -> auto& { return s.lift->then; }));
  f.push_back(choice(
      "lift", "object", "As in [[load]].", objects, [](auto& s, std::size_t) -> auto& { return s.lift->object; }));
}

}  // namespace

std::span<const std::string_view> technique_names() {
  return kTechniqueNames;
}

void add_tasks(std::vector<Field>& f, std::span<const std::string_view> kinds, std::span<const std::string_view> hands,
               std::span<const std::string_view> objects) {
  add_lift(f, kinds, hands, objects);
  f.push_back(choice(
      "carry", "where", "In front of the body, at the side, or on the back.", kCarryNames,
      [](auto& s, std::size_t) -> auto& { return s.carry->where; }));
  f.push_back(required(number(
      "carry", "mass_kg", "Mass of the load.", 0, 200, 1,
      [](auto& s, std::size_t) -> auto& { return s.carry->mass; })));
  f.push_back(choice(
      "carry", "hands", "Which hands carry it; on the back: none.", hands,
      [](auto& s, std::size_t) -> auto& { return s.carry->hands; }));
  f.push_back(choice(
      "push", "direction", "Away from the body, or towards it.", kPushNames,
      [](auto& s, std::size_t) -> auto& { return s.push->direction; }));
  f.push_back(required(number(
      "push", "force_N", "Horizontal force on the handle.", 0, 1500, 1,
      [](auto& s, std::size_t) -> auto& { return s.push->force; })));
  f.push_back(number(
      "push", "height_m", "Height of the handle over the floor.", 0.3, 2, 1,
      [](auto& s, std::size_t) -> auto& { return s.push->height; }));
  f.push_back(number(
      "push", "reach_m", "How far the handle is in front of the middle between the ankles.", 0.1, 1.2, 1,
      [](auto& s, std::size_t) -> auto& { return s.push->reach; }));
  f.push_back(choice(
      "push", "hands", "Which hands hold the handle.", hands,
      [](auto& s, std::size_t) -> auto& { return s.push->hands; }));
}

}  // namespace foramen
