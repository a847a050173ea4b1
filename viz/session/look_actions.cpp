// Commands about looking: camera and layers, time, the window.

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>

#include "sim/base/units.h"
#include "viz/session/actions.h"

namespace foramen::session::actions {
namespace {

double stepped(double time, double steps, std::span<const double> times) {
  const auto nearest = std::min_element(times.begin(), times.end(),
                                        [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
  const double last = static_cast<double>(times.size() - 1);
  const double place = std::clamp(static_cast<double>(nearest - times.begin()) + std::round(steps), 0.0, last);
  return times[static_cast<std::size_t>(place)];
}

}  // namespace

// --- looking ---------------------------------------------------------------------------------------------------------

void view(Call& c) {
  c.state.view.view = static_cast<scene::View>(c.words.choice(scene::view_names()));
  c.state.view.options = scene::options_for(c.state.view.view, c.state.wished);
  c.state.view.reset_camera();
}
void projection(Call& c) {
  c.state.view.parallel = !c.state.view.parallel;
}
void reset(Call& c) {
  c.state.view.reset_camera();
}
void orbit(Call& c) {
  c.state.view.orbit_right += c.words.number() * units::deg;
  c.state.view.orbit_up += c.words.number() * units::deg;
}
void zoom(Call& c) {
  const double factor = c.words.number();
  if (factor <= 0.0) c.words.fail("the factor must be above 0");
  c.state.view.zoom *= factor;
}
void toggle(Call& c) {
  const int which = c.words.choice(scene::layer_names());
  bool& flag = scene::layer(c.state.view.options, which);
  flag = !flag;
  scene::layer(c.state.wished, which) = flag;
}

// --- time ------------------------------------------------------------------------------------------------------------

void play(Call& c) {
  c.state.playing = !c.state.playing && c.context.times.size() > 1;
}
void loop(Call& c) {
  c.state.loop = !c.state.loop;
}
void speed(Call& c) {
  c.state.speed = c.words.number(0.05, 10.0);
}
void step(Call& c) {
  c.state.view.time = stepped(c.state.view.time, c.words.number(), c.context.times);
  c.state.playing = false;
}
void time(Call& c) {
  c.state.view.time = stepped(c.words.number(), 0.0, c.context.times);
  c.state.playing = false;
}
void keyframe(Call& c) {
  const auto& frames = c.active().scenario->motion.keyframes;
  const double number = c.words.number(1.0, static_cast<double>(std::max<std::size_t>(1, frames.size())));
  if (frames.empty()) c.words.fail("the scenario has no keyframes");
  c.state.view.time = frames[static_cast<std::size_t>(number) - 1].time;
  c.state.playing = false;
}

// --- the window ------------------------------------------------------------------------------------------------------

void face(Call& c) {
  c.state.face = static_cast<Face>(c.words.choice(face_names()));
}
void language(Call& c) {
  const std::vector<std::string_view> names(c.context.languages.begin(), c.context.languages.end());
  c.state.language = c.context.languages[static_cast<std::size_t>(c.words.choice(names))];
}
void units_of(Call& c) {
  c.state.units = static_cast<UnitSystem>(c.words.choice(unit_names()));
}
void theme(Call& c) {
  c.state.theme = static_cast<Theme>(c.words.choice(theme_names()));
}
void scale(Call& c) {
  c.state.scale = c.words.number(75.0, 250.0) * units::percent;
}
void level(Call& c) {
  c.state.level = static_cast<Level>(c.words.choice(level_names()));
}
void grabbing(Call& c) {
  c.state.grabbing = !c.state.grabbing;
}
void help(Call& c) {
  c.state.help = !c.state.help;
}
void quit(Call& c) {
  c.state.quit = true;
}

}  // namespace foramen::session::actions
