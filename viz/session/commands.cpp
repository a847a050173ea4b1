#include "viz/session/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <sstream>

#include "sim/base/error.h"
#include "viz/session/actions.h"

namespace foramen::session {
namespace {

using namespace actions;

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
