#include "viz/session/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <sstream>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/tasks.h"
#include "sim/run/simulate.h"
#include "viz/session/edits.h"
#include "viz/session/tour.h"
#include "viz/session/words.h"

namespace foramen::session {
namespace {

/// A command being carried out.
struct Call {
  Words& words;
  State& state;
  const Context& context;
  std::vector<Errand>& errands;

  [[nodiscard]] Case& active() const { return state.cases.at(state.active); }
  void change(Scenario scenario) const { active().scenario = std::make_shared<const Scenario>(std::move(scenario)); }
  /// The keyframe that a posture change goes to; the cursor moves there, so that the change is seen.
  [[nodiscard]] std::size_t keyframe() const {
    const Scenario& scenario = *active().scenario;
    const std::size_t nearest = nearest_keyframe(scenario, state.view.time);
    state.view.time = scenario.motion.keyframes[nearest].time;
    state.playing = false;
    return nearest;
  }
  void errand(Errand::Kind kind, std::string argument) const { errands.push_back({kind, std::move(argument)}); }
};

double stepped(double time, double steps, std::span<const double> times) {
  const auto nearest = std::min_element(times.begin(), times.end(),
                                        [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); });
  const double last = static_cast<double>(times.size() - 1);
  const double place = std::clamp(static_cast<double>(nearest - times.begin()) + std::round(steps), 0.0, last);
  return times[static_cast<std::size_t>(place)];
}

void reset_camera(scene::ViewState& view) {
  view.orbit_right = view.orbit_up = 0.0;
  view.zoom = 1.0;
  ++view.resets;
}

void show_cases(State& state, std::vector<Case> cases) {
  state.cases = std::move(cases);
  state.active = 0;
  state.playing = false;
  reset_camera(state.view);
  const auto times = times_of(state);
  state.view.time = std::clamp(state.view.time, times.front(), times.back());
}

// --- looking ---------------------------------------------------------------------------------------------------------

void view(Call& c) {
  c.state.view.view = static_cast<scene::View>(c.words.choice(scene::view_names()));
  c.state.view.options = scene::options_for(c.state.view.view, c.state.wished);
  reset_camera(c.state.view);
}
void projection(Call& c) {
  c.state.view.parallel = !c.state.view.parallel;
}
void reset(Call& c) {
  reset_camera(c.state.view);
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

template <Errand::Kind kind>
void to_file(Call& c) {
  c.errand(kind, c.words.file());
}
void picture(Call& c) {
  c.errand(Errand::Kind::Picture, c.words.rest());
}
void size(Call& c) {
  constexpr double kLeast = 200, kMost = 8192;  // [px]
  const double width = c.words.number(kLeast, kMost), height = c.words.number(kLeast, kMost);
  c.errand(Errand::Kind::Size, fmt::format("{:.0f}x{:.0f}", width, height));
}
void wait(Call& c) {
  c.errand(Errand::Kind::Wait, fmt::format("{:g}", c.words.number(0.0, 60.0)));
}
void print(Call& c) {
  c.errand(Errand::Kind::Print, "");
}

struct Entry {
  Command command;
  void (*run)(Call&);
};

constexpr std::array kTable{
    Entry{{"view lateral", "view lateral", "1", "do_view_lateral"}, view},
    Entry{{"view oblique", "view oblique", "3", "do_view_oblique"}, view},
    Entry{{"view axial", "view axial", "7", "do_view_axial"}, view},
    Entry{{"view foramen", "view foramen", "9", "do_view_foramen"}, view},
    Entry{{"view body", "view body", "2", "do_view_body"}, view},
    Entry{{"view canal", "view canal", "8", "do_view_canal"}, view},
    Entry{{"view NAME", "view posterior", "", "do_view"}, view},
    Entry{{"projection", "projection", "5", "do_projection"}, projection},
    Entry{{"reset", "reset", "Return", "do_reset"}, reset},
    Entry{{"orbit RIGHT UP", "orbit 20 10", "", "do_orbit"}, orbit},
    Entry{{"zoom FACTOR", "zoom 1.5", "", "do_zoom"}, zoom},
    Entry{{"toggle arches", "toggle arches", "A", "do_toggle_arches"}, toggle},
    Entry{{"toggle sac", "toggle sac", "S", "do_toggle_sac"}, toggle},
    Entry{{"toggle muscles", "toggle muscles", "M", "do_toggle_muscles"}, toggle},
    Entry{{"toggle context", "toggle context", "C", "do_toggle_context"}, toggle},
    Entry{{"toggle body", "toggle body", "B", "do_toggle_body"}, toggle},
    Entry{{"toggle ligaments", "toggle ligaments", "G", "do_toggle_ligaments"}, toggle},
    Entry{{"toggle forces", "toggle forces", "O", "do_toggle_forces"}, toggle},
    Entry{{"toggle dermatome", "toggle dermatome", "D", "do_toggle_dermatome"}, toggle},
    Entry{{"toggle LAYER", "toggle sac", "", "do_toggle"}, toggle},
    Entry{{"play", "play", "Space", "do_play"}, play},
    Entry{{"step 1", "step 1", "Right", "do_step_on"}, step},
    Entry{{"step -1", "step -1", "Left", "do_step_back"}, step},
    Entry{{"step 10", "step 10", "Up", "do_step_far_on"}, step},
    Entry{{"step -10", "step -10", "Down", "do_step_far_back"}, step},
    Entry{{"time S", "time 1.2", "", "do_time"}, time},
    Entry{{"loop", "loop", "L", "do_loop"}, loop},
    Entry{{"speed FACTOR", "speed 0.5", "", "do_speed"}, speed},
    Entry{{"keyframe N", "keyframe 1", "", "do_keyframe"}, keyframe},
    Entry{{"open FILE", "", "Ctrl+O", "do_open"}, open},
    Entry{{"add [FILE]", "add", "Ctrl+D", "do_add"}, add},
    Entry{{"remove", "", "Ctrl+W", "do_remove"}, remove},
    Entry{{"select N", "select 1", "Tab", "do_select"}, select},
    Entry{{"link time|phase", "link phase", "", "do_link"}, link},
    Entry{{"healthy", "healthy", "P", "do_healthy"}, healthy},
    Entry{{"set KEY VALUE", "set subject.mass_kg 80", "", "do_set"}, set},
    Entry{{"angle NAME DEG", "angle lumbar_flexion 20", "", "do_angle"}, angle},
    Entry{{"hips DEG", "hips 30", "", "do_hips"}, hips},
    Entry{{"technique PERCENT", "technique 50", "", "do_technique"}, technique},
    Entry{{"posture NAME", "posture stoop_reach", "", "do_posture"}, posture},
    Entry{{"load KG", "load 10", "", "do_load"}, load},
    Entry{{"hands X Y Z", "hands 0.4 0.9 0", "", "do_hands"}, hands},
    Entry{{"herniation MM", "herniation 5", "", "do_herniation"}, herniation},
    Entry{{"canal PERCENT", "canal 80", "", "do_canal"}, canal},
    Entry{{"hold", "", "", "do_hold"}, hold},
    Entry{{"legraise [left|right]", "legraise left", "R", "do_legraise"}, leg_raise},
    Entry{{"form", "form", "F", "do_form"}, form},
    Entry{{"grab", "grab", "V", "do_grab"}, grabbing},
    Entry{{"face patient|therapist|research", "face patient", "", "do_face"}, face},
    Entry{{"language CODE", "language en", "", "do_language"}, language},
    Entry{{"units metric|imperial", "units imperial", "", "do_units"}, units_of},
    Entry{{"theme light|dark", "theme dark", "", "do_theme"}, theme},
    Entry{{"level NAME", "level L5-S1", "", "do_level"}, level},
    Entry{{"scale PERCENT", "scale 150", "", "do_scale"}, scale},
    Entry{{"tour [N|next|back|end]", "tour end", "T", "do_tour"}, tour},
    Entry{{"save FILE", "save mine.toml", "Ctrl+S", "do_save"}, to_file<Errand::Kind::Save>},
    Entry{{"picture [FILE]", "picture", "F12", "do_picture"}, picture},
    Entry{{"screenshot FILE", "screenshot window.png", "", "do_screenshot"}, to_file<Errand::Kind::Screenshot>},
    Entry{{"video FILE", "video lift.ogv", "", "do_video"}, to_file<Errand::Kind::Video>},
    Entry{{"table FILE", "table numbers.csv", "", "do_table"}, to_file<Errand::Kind::Table>},
    Entry{{"report FILE", "report page.html", "", "do_report"}, to_file<Errand::Kind::Report>},
    Entry{{"record FILE", "record script.txt", "", "do_record"}, to_file<Errand::Kind::Record>},
    Entry{{"size WIDTH HEIGHT", "size 900 600", "", "do_size"}, size},
    Entry{{"wait S", "wait 0.1", "", "do_wait"}, wait},
    Entry{{"print", "print", "", "do_print"}, print},
    Entry{{"undo", "", "Ctrl+Z", "do_undo"}, nullptr},
    Entry{{"redo", "", "Ctrl+Shift+Z", "do_redo"}, nullptr},
    Entry{{"help", "help", "H", "do_help"}, help},
    Entry{{"quit", "quit", "Ctrl+Q", "do_quit"}, quit},
};

std::string_view verb_of(std::string_view command) {
  return command.substr(0, command.find(' '));
}

std::vector<std::string_view> verbs() {
  std::vector<std::string_view> found;
  for (const Entry& entry : kTable) {
    const std::string_view verb = verb_of(entry.command.usage);
    if (std::find(found.begin(), found.end(), verb) == found.end()) found.push_back(verb);
  }
  return found;
}

}  // namespace

std::span<const Command> commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> rows;
    for (const Entry& entry : kTable) rows.push_back(entry.command);
    return rows;
  }();
  return all;
}

State apply(const std::string& command, const State& state, const Context& context, std::vector<Errand>& errands) {
  Words words(command);
  const std::vector<std::string_view> names = verbs();
  const std::string_view verb = names[static_cast<std::size_t>(words.choice(names))];
  const auto entry = std::find_if(kTable.begin(), kTable.end(),
                                  [verb](const Entry& one) { return verb_of(one.command.usage) == verb; });
  if (entry->run == nullptr) words.fail("goes through the session");
  State next = state;
  std::vector<Errand> added;
  Call call{words, next, context, added};
  entry->run(call);
  words.end();
  errands.insert(errands.end(), added.begin(), added.end());
  return next;
}

bool is_undone(const std::string& command) {
  static const std::set<std::string_view> kPassing{"step",   "time",   "play",    "loop",       "speed", "keyframe",
                                                   "help",   "quit",   "picture", "screenshot", "video", "table",
                                                   "report", "record", "print",   "save",       "form",  "legraise",
                                                   "size",   "wait",   "grab",    "undo",       "redo"};
  return !kPassing.contains(verb_of(command));
}

Case open_case(const std::filesystem::path& file, const std::vector<Override>& overrides) {
  const bool results = std::filesystem::is_directory(file);
  const std::filesystem::path scenario = results ? file / "scenario.toml" : file;
  const std::filesystem::path named = results ? file : file.stem();
  Scenario read = read_scenario(scenario, overrides);
  // Tasks in words are shown and edited as the keyframes they stand for.
  if (read.lift || read.carry || read.push) {
    const std::filesystem::path data = data_directory();
    read = expand_tasks(build_subject(*load_anatomy(data), read.subject), load_postures(data), read);
  }
  return {named.filename().empty() ? named.parent_path().filename().string() : named.filename().string(), scenario,
          std::make_shared<const Scenario>(std::move(read))};
}

std::vector<double> times_of(const State& state) {
  std::set<double> times;
  for (const Case& one : state.cases) {
    const auto& frames = one.scenario->motion.keyframes;
    if (frames.empty()) continue;
    for (const double time : frame_times(frames.front().time, frames.back().time, one.scenario->solver.rate_hz)) {
      times.insert(time);
    }
  }
  if (times.empty()) return {0.0};
  return {times.begin(), times.end()};
}

double case_time(Link link, double time, double first, double last, double start, double end) {
  if (link == Link::Time || !(last > first)) return time;
  return start + (time - first) / (last - first) * (end - start);
}

std::vector<std::string> script_commands(const std::string& text) {
  std::vector<std::string> found;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find('#'));
    const auto first = line.find_first_not_of(" \t\r");
    if (first == std::string::npos) continue;
    found.push_back(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
  }
  return found;
}

}  // namespace foramen::session
