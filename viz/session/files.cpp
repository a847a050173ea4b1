#include "viz/session/files.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/report/view_pictures.h"
#include "sim/run/recorder.h"
#include "sim/run/tables.h"
#include "viz/scene/views.h"

namespace foramen::session {

namespace fs = std::filesystem;

namespace {

/// A folder for files on their way, removed at the end.
class WorkFolder {
 public:
  WorkFolder() : path_(fs::temp_directory_path() / fmt::format("foramen_view_{}_{}", getpid(), ++number_)) {
    fs::create_directories(path_);
  }
  ~WorkFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  static inline std::atomic<int> number_ = 0;  ///< a report and a video may be under way at once
  fs::path path_;
};

void run_or_fail(const std::vector<std::string>& words) {
  if (!run_quietly(words)) throw std::runtime_error(fmt::format("\"{}\" failed", fmt::join(words, " ")));
}

}  // namespace

void save_scenario(const State& state, const fs::path& file) {
  write_file(file, write_scenario(*shown_scenarios(state).at(state.active)));
}

Comparison compare_cases(const State& state, const std::vector<const Result*>& results) {
  std::vector<std::string> names;
  std::vector<Summary> summaries;
  for (std::size_t i = 0; i < results.size(); ++i) {
    names.push_back(state.cases.at(i).name);
    summaries.push_back(summarise(*results[i]));
  }
  return compare(names, summaries);
}

void save_table(const State& state, const std::vector<const Result*>& results, const fs::path& file) {
  if (results.size() > 1) {
    write_file(file, comparison_csv(compare_cases(state, results)));
    return;
  }
  // Levels under the name asked for, roots beside it: two tidy tables rather than one with empty cells.
  fs::path roots = file;
  roots.replace_filename(file.stem().string() + "_roots" + file.extension().string());
  write_file(file, levels_csv(*results.at(0)));
  write_file(roots, roots_csv(*results.at(0)));
}

void save_journal(const Session& session, const fs::path& file) {
  std::string text;
  for (const std::string& command : session.journal()) text += command + "\n";
  write_file(file, text);
}

namespace {

/// Writes the scenarios shown into a folder; their files.
std::vector<std::string> write_scenarios(const State& state, const fs::path& folder) {
  std::vector<std::string> files;
  const auto shown = shown_scenarios(state);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    files.push_back((folder / fmt::format("{}_{}.toml", state.cases[i].name, i + 1)).string());
    write_file(files.back(), write_scenario(*shown[i]));
  }
  return files;
}

}  // namespace

void save_video(const State& state, const fs::path& file) {
  const fs::path program = find_viewer();
  if (program.empty()) throw std::runtime_error("the program foramen-view was not found");
  const WorkFolder work;
  std::vector<std::string> words = write_scenarios(state, work.path());
  words.insert(words.begin(), program.string());
  const std::string script = (work.path() / "script.txt").string();
  write_file(script, fmt::format("language {}\ntheme {}\nview {}\norbit {:g} {:g}\nzoom {:g}\nspeed {:g}\nvideo {}\n",
                                 state.language, theme_names()[static_cast<std::size_t>(state.theme)],
                                 scene::name(state.view.view), state.view.orbit_right / units::deg,
                                 state.view.orbit_up / units::deg, state.view.zoom, state.speed, file.string()));
  words.insert(words.end(), {"--no-window", "--script", script});
  run_or_fail(words);
}

void save_report(const State& state, const fs::path& file) {
  const fs::path program = find_program("foramen");
  if (program.empty()) throw std::runtime_error("the program foramen, which writes reports, was not found");
  const WorkFolder work;
  const std::vector<std::string> scenarios = write_scenarios(state, work.path());
  const std::string results = (work.path() / "results").string();
  std::vector<std::string> words{program.string(), scenarios.size() > 1 ? "compare" : "run"};
  words.insert(words.end(), scenarios.begin(), scenarios.end());
  words.insert(words.end(), {"-o", results});
  run_or_fail(words);
  run_or_fail({program.string(), "report", results, "-o", file.string(), "--for",
               state.face == Face::Patient ? "patient" : "therapist", "--language", state.language});
}

std::string describe(const Session& session, const std::vector<const Frame*>& frames) {
  const State& state = session.state();
  std::string text = fmt::format(
      "time {:.4f}\nview {}\nface {}\nlanguage {}\ntheme {}\nunits {}\nscale {:g}\nlink {}\ntour {}\nplaying {}\n"
      "healthy {}\nhelp {}\ncases {}\nactive {}\ninstants {}\n",
      state.view.time, scene::name(state.view.view), face_names()[static_cast<std::size_t>(state.face)], state.language,
      theme_names()[static_cast<std::size_t>(state.theme)], unit_names()[static_cast<std::size_t>(state.units)],
      state.scale, link_names()[static_cast<std::size_t>(state.link)], state.tour, state.playing ? "yes" : "no",
      state.without_pathology ? "yes" : "no", state.help ? "yes" : "no", state.cases.size(), state.active + 1,
      session.context().times.size());
  std::string layers;
  scene::SceneOptions options = state.view.options;
  for (std::size_t i = 0; i < scene::layer_names().size(); ++i) {
    if (scene::layer(options, static_cast<int>(i))) layers += fmt::format(" {}", scene::layer_names()[i]);
  }
  text += "layers" + layers + "\n";
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const std::string number = fmt::format("case {}", i + 1);
    text += fmt::format("{} name {}\n", number, state.cases[i].name);
    if (frames[i] == nullptr) continue;
    const Frame& frame = *frames[i];
    const scene::RootPeak peak = scene::highest_root(frame);
    text += fmt::format(
        "{0} at_s {1:.4f}\n{0} compression_L5S1_N {2:.3f}\n{0} root {3} {4} {5:.3f} mmHg\n{0} load_kg {6:.2f}\n"
        "{0} lumbar_flexion_deg {7:.3f}\n{0} converged {8}\n",
        number, frame.time, frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression,
        name(peak.root), name(peak.side), peak.pressure / units::mmHg, frame.instant.hand_load_mass,
        frame.instant.angles[static_cast<std::size_t>(index(PostureAngle::LumbarFlexion))] / units::deg,
        frame.converged() ? "yes" : "no");
  }
  return text;
}

std::string why_solved_again(StoredFault fault) {
  switch (fault) {
    case StoredFault::None:
      return {};
    case StoredFault::Missing:
      return "gui_stored_missing";
    case StoredFault::MeasuredMotion:
      return "gui_stored_measured";
    case StoredFault::OtherRun:
      return "gui_stored_other_run";
    case StoredFault::Damaged:
      return "gui_stored_damaged";
    case StoredFault::OtherBits:
      return "gui_stored_other_bits";
  }
  return {};
}

std::string describe(const LegRaise& raise) {
  const std::string root =
      fmt::format("{} {} {:.0f} mmHg", name(raise.root), name(raise.root_side), raise.pressure / units::mmHg);
  if (!raise.angle) {
    return fmt::format("legraise {} none up to {:.0f} deg; highest {}", name(raise.side),
                       raise.highest_angle / units::deg, root);
  }
  return fmt::format("legraise {} {:.1f} deg; {}", name(raise.side), *raise.angle / units::deg, root);
}

}  // namespace foramen::session
