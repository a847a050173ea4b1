// Commands about who is shown and how they move: cases side by side, the body of the active one, the tour.

#include <algorithm>
#include <string_view>

#include "sim/base/units.h"
#include "viz/session/actions.h"
#include "viz/session/cases.h"
#include "viz/session/edits.h"
#include "viz/session/tour.h"

namespace foramen::session {

void Call::change(Scenario scenario) const {
  active().scenario = std::make_shared<const Scenario>(std::move(scenario));
  active().stored.reset();
}

std::size_t Call::keyframe() const {
  const Scenario& scenario = *active().scenario;
  const std::size_t nearest = nearest_keyframe(scenario, state.view.time);
  state.view.time = scenario.motion.keyframes[nearest].time;
  state.playing = false;
  return nearest;
}

namespace actions {
namespace {

void show_cases(State& state, std::vector<Case> cases) {
  state.cases = std::move(cases);
  state.active = 0;
  state.playing = false;
  state.view.reset_camera();
  const auto times = times_of(state);
  state.view.time = std::clamp(state.view.time, times.front(), times.back());
}

}  // namespace

// --- which cases -----------------------------------------------------------------------------------------------------

void open(Call& c) {
  show_cases(c.state, {open_case(c.words.file())});
  c.state.tour = 0;
}
void add(Call& c) {
  constexpr std::size_t kMost = 4;  // beside each other on one screen
  if (c.state.cases.size() >= kMost) c.words.fail("no more than four scenarios fit side by side");
  const std::string file = c.words.rest();
  c.state.cases.push_back(file.empty() ? c.active() : open_case(file));
  c.state.active = c.state.cases.size() - 1;
}
void remove(Call& c) {
  if (c.state.cases.size() < 2) c.words.fail("one scenario must stay");
  c.state.cases.erase(c.state.cases.begin() + static_cast<std::ptrdiff_t>(c.state.active));
  c.state.active = std::min(c.state.active, c.state.cases.size() - 1);
}
void select(Call& c) {
  c.state.active = static_cast<std::size_t>(c.words.number(1.0, static_cast<double>(c.state.cases.size()))) - 1;
}
void link(Call& c) {
  c.state.link = static_cast<Link>(c.words.choice(link_names()));
}
void healthy(Call& c) {
  c.state.without_pathology = !c.state.without_pathology;
}

// --- the body --------------------------------------------------------------------------------------------------------

void set(Call& c) {
  const std::string key = c.words.word();
  c.change(with_value(*c.active().scenario, key, c.words.file(), c.active().name));
}
void angle(Call& c) {
  const std::string name = c.words.word();
  const double value = c.words.number() * units::deg;
  const std::size_t number = c.keyframe();
  c.change(with_angle(*c.active().scenario, number, name, value));
}
void hips(Call& c) {
  const double value = c.words.number() * units::deg;
  const std::size_t number = c.keyframe();
  c.change(with_hip_bend(*c.active().scenario, c.context.postures, number, value));
}
void technique(Call& c) {
  const double share = c.words.number() * units::percent;
  const std::size_t number = c.keyframe();
  c.change(with_technique(*c.active().scenario, c.context.postures, number, share));
}
void posture(Call& c) {
  std::vector<std::string_view> names;
  for (const auto& [name, one] : c.context.postures) names.push_back(name);
  const auto place = static_cast<std::size_t>(c.words.choice(names));
  const std::size_t number = c.keyframe();
  Scenario changed = *c.active().scenario;
  changed.motion.keyframes[number].posture = names[place];
  changed.motion.keyframes[number].overrides = {};
  c.change(std::move(changed));
}
void load(Call& c) {
  c.change(with_load(*c.active().scenario, c.words.number()));
}
void hands(Call& c) {
  const double x = c.words.number(), y = c.words.number(), z = c.words.number();
  c.change(with_hands_at(*c.active().scenario, {x, y, z}));
}
void herniation(Call& c) {
  c.change(with_herniation(*c.active().scenario, c.words.number() * units::mm));
}
void canal(Call& c) {
  c.change(with_canal(*c.active().scenario, c.words.number() * units::percent));
}
void hold(Call& c) {
  if (!c.context.instant) c.words.fail("nothing is shown yet");
  c.change(held(*c.active().scenario, *c.context.instant));
  c.state.view.time = 0.0;
  c.state.playing = false;
}
void leg_raise(Call& c) {
  const std::string side = c.words.word();
  if (!side.empty() && !find_name(side_names(), side)) c.words.fail("the side is left or right");
  c.errand(Errand::Kind::LegRaise, side.empty() ? "left" : side);
}
void form(Call& c) {
  c.errand(Errand::Kind::Form, "");
}

void tour(Call& c) {
  const auto steps = tour_steps();
  const int last = static_cast<int>(steps.size());
  const std::string word = c.words.word();
  int number = c.state.tour;
  if (word.empty() || word == "next") {
    number = std::min(number + 1, last);
  } else if (word == "back") {
    number = std::max(number - 1, 1);
  } else if (word == "end") {
    number = 0;
  } else {
    number = static_cast<int>(Words(word).number(1, last));
  }
  c.state.tour = number;
  if (number == 0) return;
  const TourStep& step = steps[static_cast<std::size_t>(number - 1)];
  std::vector<Case> cases;
  for (const std::string_view file : step.scenarios) cases.push_back(open_case(c.context.scenarios / file));
  show_cases(c.state, std::move(cases));
  c.state.without_pathology = false;
  c.state.wished = {};  // a step shows the same whatever was looked at before
  Context context = c.context;
  context.times = times_of(c.state);
  for (const std::string_view command : step.commands) {
    c.state = apply(std::string(command), c.state, context, c.errands);
  }
}

}  // namespace actions

}  // namespace foramen::session
