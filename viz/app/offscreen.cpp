#include "viz/app/offscreen.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/report/texts.h"
#include "viz/session/cases.h"
#include "viz/session/files.h"
#include "viz/session/solving.h"
#include "viz/vtk/show.h"

namespace foramen::view {
namespace {

using session::Errand;

/// One case with everything solved.
struct Solved {
  std::shared_ptr<const Scenario> scenario;
  std::shared_ptr<const session::Ready> ready;
  std::shared_ptr<const Result> result;
  std::unique_ptr<scene::LumbarScene> scene;  ///< where the colour scales had to fit what all cases show
};

/// Bones as fine as the picture can show: full detail from 800 pixels on. Only films show things that move.
scene::MeshDetail detail_of(const Arguments& arguments) {
  return {std::clamp(800.0 / arguments.height, 1.0, 2.0), arguments.video || arguments.script};
}

class Offscreen {
 public:
  Offscreen(const Arguments& arguments, session::Session& session, std::shared_ptr<const Library> library)
      : arguments_(arguments),
        session_(session),
        library_(std::move(library)),
        threads_(arguments.threads > 0 ? arguments.threads : available_threads()),
        preparer_(library_, threads_, detail_of(arguments)) {}

  void run(const std::vector<std::string>& script);

 private:
  void settle(bool first);
  void do_errands();
  void write_picture(const std::filesystem::path& file);
  void write_video(const std::filesystem::path& file);
  [[nodiscard]] std::vector<vtk::Sheet> sheets() const;
  [[nodiscard]] vtk::Look look() const;
  [[nodiscard]] double time_of(const Solved& one) const;
  [[nodiscard]] const Frame& frame_of(const Solved& one) const;
  [[nodiscard]] std::vector<const Result*> results() const;

  const Arguments& arguments_;
  session::Session& session_;
  std::shared_ptr<const Library> library_;
  int threads_;
  session::Preparer preparer_;
  std::vector<Solved> cases_;
};

/// The instant nearest to `time` only, for a picture that shows no other.
std::shared_ptr<const Result> solve_one(const session::Ready& ready, const std::string& digest, double time) {
  const auto nearer = [time](double a, double b) { return std::abs(a - time) < std::abs(b - time); };
  session::Ready one = ready;
  one.times = {*std::min_element(ready.times.begin(), ready.times.end(), nearer)};
  return session::solve_whole(one, digest, 1, [] { return false; });
}

/// Brings the cases to what the session shows; the first time, the cursor goes to the highest root pressure of all.
void Offscreen::settle(bool first) {
  const bool one_instant = first && arguments_.time && !arguments_.script;
  const auto wanted = session::shown_scenarios(session_.state());
  const auto stored = session::shown_stored(session_.state());
  cases_.resize(wanted.size());
  bool told = false;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (cases_[i].scenario == wanted[i]) continue;
    // A person made healthy is a new object each time it is asked for; its text says whether anything changed.
    if (cases_[i].scenario && write_scenario(*cases_[i].scenario) == write_scenario(*wanted[i])) continue;
    if (!told && isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\rsolving {} of {}", i + 1, wanted.size());
    told = true;
    cases_[i] = {wanted[i], preparer_.prepare(wanted[i]), nullptr, nullptr};
    if (one_instant) {
      cases_[i].result = solve_one(*cases_[i].ready, library_->digest, *arguments_.time);
      continue;
    }
    session::Whole whole =
        session::read_or_solve(*cases_[i].ready, stored[i].get(), *library_, threads_, [] { return false; });
    cases_[i].result = std::move(whole.result);
    if (const std::string why = session::why_solved_again(whole.fault); !why.empty()) {
      const Texts texts(data_directory(), session_.state().language);
      fmt::print(stderr, "{}: {}\n", session_.state().cases[i].name, texts(why));
    }
  }
  if (told && isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\033[K");
  if (told) {
    // One scale for all that stand side by side.
    scene::ColourRanges ranges;
    for (const Solved& one : cases_) {
      const scene::ColourRanges own = scene::colour_ranges(one.result->frames);
      ranges.disc_pressure = std::max(ranges.disc_pressure, own.disc_pressure);
      ranges.root_pressure = std::max(ranges.root_pressure, own.root_pressure);
    }
    if (arguments_.disc_scale > 0) ranges.disc_pressure = arguments_.disc_scale * units::MPa;
    if (arguments_.root_scale > 0) ranges.root_pressure = arguments_.root_scale * units::mmHg;
    const bool usual = ranges.disc_pressure == scene::ColourRanges{}.disc_pressure &&
                       ranges.root_pressure == scene::ColourRanges{}.root_pressure;
    for (Solved& one : cases_) {
      one.scene = usual ? nullptr : std::make_unique<scene::LumbarScene>(one.ready->scene->with_ranges(ranges));
    }
    std::vector<double> times;
    for (const Solved& one : cases_) times.insert(times.end(), one.ready->times.begin(), one.ready->times.end());
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    session_.set_times(std::move(times));
  }
  if (first && !arguments_.time) {
    double highest = -1.0;
    for (const Solved& one : cases_) {
      const Frame& peak = one.result->frames[scene::most_loaded_frame(one.result->frames)];
      if (const double pressure = scene::highest_root(peak).pressure; pressure > highest) {
        highest = pressure;
        session_.advance_to(peak.time);
      }
    }
  } else if (first) {
    session_.advance_to(*arguments_.time);
  }
  session_.set_instant(frame_of(cases_.at(session_.state().active)).instant);
}

double Offscreen::time_of(const Solved& one) const {
  const auto& times = session_.context().times;
  return session::case_time(session_.state().link, session_.state().view.time, times.front(), times.back(),
                            one.ready->times.front(), one.ready->times.back());
}

const Frame& Offscreen::frame_of(const Solved& one) const {
  return one.result->frames[scene::nearest_frame(one.result->frames, time_of(one))];
}

std::vector<vtk::Sheet> Offscreen::sheets() const {
  const auto texts = std::make_shared<const Texts>(data_directory(), session_.state().language);
  std::vector<vtk::Sheet> sheets;
  for (const Solved& one : cases_) {
    const scene::LumbarScene& scene = one.scene ? *one.scene : *one.ready->scene;
    sheets.push_back({one.result->frames, scene.with_texts(texts), time_of(one)});
  }
  return sheets;
}

vtk::Look Offscreen::look() const {
  const session::State& state = session_.state();
  return {state.theme == session::Theme::Dark ? scene::Theme::Dark : scene::Theme::Light, state.scale, {}};
}

std::vector<const Result*> Offscreen::results() const {
  std::vector<const Result*> results;
  for (const Solved& one : cases_) results.push_back(one.result.get());
  return results;
}

void Offscreen::write_picture(const std::filesystem::path& file) {
  vtk::write_picture(sheets(), session_.state().view, {arguments_.width, arguments_.height}, file, look());
}

void Offscreen::write_video(const std::filesystem::path& file) {
  vtk::VideoOptions options;
  options.speed = session_.state().speed;
  options.look = look();
  vtk::write_video(sheets(), session_.state().view, {arguments_.width, arguments_.height}, file, options);
}

void Offscreen::do_errands() {
  const auto needs_window = [](const char* what) {
    throw InputError(InputProblem{.key = what, .message = "needs a window; it has no meaning without a screen"});
  };
  for (const Errand& errand : session_.take_errands()) {
    switch (errand.kind) {
      case Errand::Kind::Picture:
        write_picture(errand.argument.empty() ? "foramen-view.png" : errand.argument);
        break;
      case Errand::Kind::Save:
        session::save_scenario(session_.state(), errand.argument);
        break;
      case Errand::Kind::Table:
        session::save_table(session_.state(), results(), errand.argument);
        break;
      case Errand::Kind::Record:
        session::save_journal(session_, errand.argument);
        break;
      case Errand::Kind::Report:
        session::save_report(session_.state(), errand.argument);
        break;
      case Errand::Kind::Print: {
        std::vector<const Frame*> frames;
        for (const Solved& one : cases_) frames.push_back(&frame_of(one));
        fmt::print("{}", session::describe(session_, frames));
        break;
      }
      case Errand::Kind::LegRaise: {
        const Solved& one = cases_.at(session_.state().active);
        const Side side = errand.argument == "right" ? Side::Right : Side::Left;
        fmt::print("{}\n", session::describe(session::leg_raise(*one.scenario, *one.ready->person, library_->postures,
                                                                side, [] { return false; })));
        break;
      }
      case Errand::Kind::Video:
        write_video(errand.argument);
        break;
      case Errand::Kind::Screenshot:
        needs_window("screenshot");
        break;
      case Errand::Kind::Form:
        needs_window("form");
        break;
      case Errand::Kind::Size:
        needs_window("size");
        break;
      case Errand::Kind::Wait:
        break;  // nothing moves by itself here
    }
  }
}

void Offscreen::run(const std::vector<std::string>& script) {
  settle(true);
  for (const std::string& command : script) {
    session_.run(command);
    settle(false);
    do_errands();
    if (session_.state().quit) return;
  }
  if (arguments_.picture) write_picture(*arguments_.picture);
  if (arguments_.video) write_video(*arguments_.video);
}

}  // namespace

void run_offscreen(const Arguments& arguments, session::Session& session, std::shared_ptr<const Library> library,
                   const std::vector<std::string>& script) {
  Offscreen(arguments, session, std::move(library)).run(script);
}

}  // namespace foramen::view
