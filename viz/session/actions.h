#pragma once

/// What each command does to the state; commands.cpp has the table that names them.

#include <string>
#include <utility>
#include <vector>

#include "viz/session/commands.h"
#include "viz/session/words.h"

namespace foramen::session {

/// A command being carried out.
struct Call {
  Words& words;
  State& state;
  const Context& context;
  std::vector<Errand>& errands;

  [[nodiscard]] Case& active() const { return state.cases.at(state.active); }
  void change(Scenario scenario) const;
  /// The keyframe that a posture change goes to; the cursor moves there, so that the change is seen.
  [[nodiscard]] std::size_t keyframe() const;
  void errand(Errand::Kind kind, std::string argument) const { errands.push_back({kind, std::move(argument)}); }
};

namespace actions {

// The view, the cursor, the window: look_actions.cpp
void view(Call& c);
void projection(Call& c);
void reset(Call& c);
void orbit(Call& c);
void zoom(Call& c);
void toggle(Call& c);
void play(Call& c);
void loop(Call& c);
void speed(Call& c);
void step(Call& c);
void time(Call& c);
void keyframe(Call& c);
void face(Call& c);
void language(Call& c);
void units_of(Call& c);
void theme(Call& c);
void scale(Call& c);
void level(Call& c);
void grabbing(Call& c);
void help(Call& c);
void quit(Call& c);

// Which cases, and the body of the active one: body_actions.cpp
void open(Call& c);
void add(Call& c);
void remove(Call& c);
void select(Call& c);
void link(Call& c);
void healthy(Call& c);
void set(Call& c);
void angle(Call& c);
void hips(Call& c);
void technique(Call& c);
void posture(Call& c);
void load(Call& c);
void hands(Call& c);
void herniation(Call& c);
void canal(Call& c);
void hold(Call& c);
void leg_raise(Call& c);
void form(Call& c);
void tour(Call& c);

}  // namespace actions

}  // namespace foramen::session
