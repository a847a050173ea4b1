#include "viz/scene/legends.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "sim/base/units.h"
#include "sim/report/phrases.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

/// Thresholds of acute compression in animal roots and nerves: venules close and slow flow from about 30 mmHg
/// (Rydevik, Lundborg and Bagge 1981, rabbit nerve), conduction suffers at 50–75 mmHg (Rydevik et al. 1991, pig cauda
/// equina), arterioles of the root close near 130 mmHg (Olmarker et al. 1989, pig cauda equina).
std::vector<Legend::Mark> root_thresholds(const Texts& texts) {
  return {{30.0, texts("view_venous")}, {50.0, texts("view_conduction")}, {130.0, texts("view_arterial")}};
}

/// Action limit and maximum permissible limit of L5–S1 compression (NIOSH 1981; 3400 N also in Waters et al. 1993).
std::vector<Legend::Mark> compression_limits(const Texts& texts) {
  return {{3400.0, texts("view_action_limit")}, {6400.0, texts("view_maximum_limit")}};
}

/// "L4-L5" as printed: with an en dash.
std::string printed(std::string_view level) {
  std::string text(level);
  if (const auto dash = text.find('-'); dash != std::string::npos) text.replace(dash, 1, "–");
  return text;
}

const RootState& state_of(const Frame& frame, const RootPeak& peak) {
  return frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))];
}

/// On which side of a root the protrusion lies that presses it.
std::string protrusion_note(const Subject& subject, const Frame& frame, const RootPeak& peak, const Texts& texts) {
  const auto place = protrusion_place(subject, frame.spine, state_of(frame, peak), peak.root, peak.side);
  return place ? place_words(*place, "view_place", texts) : "";
}

std::vector<double> even_ticks(double high, double step) {
  std::vector<double> ticks;
  for (int i = 0; i * step <= high * (1.0 + 1e-9); ++i) ticks.push_back(i * step);
  return ticks;
}

/// What sentences about a pressed root are filled with.
std::vector<std::pair<std::string_view, std::string>> root_values(const RootPeak& peak, const Texts& texts) {
  return {{"side", side_word(peak.side, texts)},
          {"root", std::string(name(peak.root))},
          {"pressure", fmt::format("{:.0f}", peak.pressure / units::mmHg)}};
}

}  // namespace

std::vector<Legend> legends(const Subject& subject, const ColourRanges& ranges, const SceneOptions& options,
                            const Texts& texts) {
  std::vector<Legend> all;
  if (options.root_colouring == RootColouring::Pressure) {
    const double high = ranges.root_pressure / units::mmHg;
    all.push_back({.title = texts("view_root_pressure"),
                   .unit = "mmHg",
                   .high = high,
                   .colours = &root_colours(),
                   .ticks = even_ticks(high, 50.0),
                   .open_above = true,
                   .marks = root_thresholds(texts)});
  } else {
    all.push_back({.title = texts("view_root_tension"),
                   .unit = "N",
                   .high = ranges.root_tension,
                   .colours = &root_colours(),
                   .ticks = even_ticks(ranges.root_tension, 0.5),
                   .open_above = true});
  }
  if (options.disc_compression) {
    all.push_back({.title = texts("view_compression"),
                   .unit = "N",
                   .high = ranges.compression,
                   .colours = &disc_colours(),
                   .ticks = even_ticks(ranges.compression, 1000.0),
                   .open_above = true,
                   .marks = compression_limits(texts)});
  } else {
    const double high = ranges.disc_pressure / units::MPa;
    all.push_back({.title = texts("view_nucleus"),
                   .unit = "MPa",
                   .high = high,
                   .colours = &disc_colours(),
                   .ticks = even_ticks(high, high > 3.0 ? 1.0 : 0.5)});
  }
  if (std::any_of(subject.levels.begin(), subject.levels.end(),
                  [](const MotionSegment& l) { return !l.herniations.empty(); })) {
    all.back().keys.push_back({kProtrusionColour, texts("view_protrusion")});
  }
  if (options.muscles) {
    all.push_back({.title = texts("view_activation"),
                   .unit = "%",
                   .high = 100.0,
                   .colours = &muscle_colours(),
                   .ticks = even_ticks(100.0, 50.0)});
  }
  if (options.ligaments) {
    all.push_back({.title = texts("view_ligaments"),
                   .unit = "N",
                   .high = ranges.ligament_tension,
                   .colours = &ligament_colours(),
                   .ticks = even_ticks(ranges.ligament_tension, 100.0),
                   .open_above = true});
  }
  return all;
}

std::vector<Row> panel_rows(const Frame& frame, const Texts& texts) {
  const LevelState& lowest = frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))];
  const RootPeak peak = pointed_root(frame);
  std::vector<Row> rows{{texts("view_time"), fmt::format("{:.2f} s", frame.time)},
                        {texts("view_compression_row", {{"level", printed(name(Level::L5S1))}}),
                         fmt::format("{:.0f} N", lowest.compression), true}};
  if (peak.pressure / units::mmHg < 0.5) {
    rows.push_back({texts("view_highest"), texts("view_none_pressed"), true});
    return rows;
  }
  rows.push_back({texts("view_highest"), texts("view_root_value", root_values(peak, texts)), true});
  rows.push_back({texts("view_pressed_by"), printed(presser_words(state_of(frame, peak).pressed_by, texts))});
  return rows;
}

std::string warning_of(const Frame& frame, const Texts& texts) {
  if (frame.complaint().empty()) return {};
  if (frame.converged() && !frame.spine.strength_suffices) return texts("view_strength");
  return texts("view_not_converged");
}

std::string section_name(const Subject& subject, const Frame& frame, const Plane& plane) {
  for (const Vertebra v : kVertebrae) {
    const auto i = static_cast<std::size_t>(index(v));
    const Pose X_WV = vertebra_pose(subject, frame.spine.poses, v);
    const VertebraDimensions& bone = subject.vertebrae[i];
    const double half = 0.25 * (bone.height_anterior + bone.height_posterior);
    const double above = (plane.point_W - X_WV.p).dot(X_WV.R.col(1));  // S1's origin is its endplate
    if (v != Vertebra::S1 && above > half && i > 0) return printed(name(static_cast<Level>(i - 1)));
    if (v != Vertebra::S1 && above > -half) return std::string(name(v));
    if (v == Vertebra::S1) return above > 0.0 ? printed(name(Level::L5S1)) : std::string(name(v));
  }
  return {};
}

std::array<std::string, 6> side_words(const Texts& texts) {
  return {texts("view_front"), texts("view_back"),  texts("view_head"),
          texts("view_feet"),  texts("view_right"), texts("view_left")};
}

std::vector<Label> labels(const Subject& subject, const Frame& frame, const Texts& texts) {
  constexpr double kClear = 0.012;          // from the bone to the text [m]
  constexpr double kBelowEndplate = 0.014;  // middle of the first sacral body [m]
  const RootPeak peak = pointed_root(frame);
  // Names keep to the front, findings to the back; seen from there or from the front, findings take the pressed side.
  const double lean = 0.3 * side_sign(peak.side);
  const Mat3 R = spine_axes(frame);  // one direction for all, so that the names stand in a row
  const Vec3 front = (R.col(0) - lean * R.col(2)).normalized();
  std::vector<Label> all;
  for (const Vertebra v : kVertebrae) {
    const Pose X_WV = vertebra_pose(subject, frame.spine.poses, v);
    const VertebraDimensions& bone = subject.vertebrae[static_cast<std::size_t>(index(v))];
    // S1's origin is its endplate: its name stands lower, beside the body, and its wings are twice as wide as that.
    const bool sacrum = v == Vertebra::S1;
    all.push_back(
        {.text = std::string(name(v)),
         .anchor_W = X_WV * (sacrum ? Vec3(0.0, -kBelowEndplate, 0.0) : Vec3(Vec3::Zero())),
         .beside_W = front * (0.5 * bone.endplate_depth_upper + kClear),
         .clear_across =
             0.5 * std::max(bone.transverse_width, (sacrum ? 2.0 : 1.0) * bone.endplate_width_upper) + kClear});
  }
  if (peak.pressure < kFindingFrom) return all;
  const RootState& root = state_of(frame, peak);
  all.push_back(
      {.text = texts("view_finding", root_values(peak, texts)) + "\n" + printed(presser_words(root.pressed_by, texts)),
       .anchor_W = root.pressed_at_W,
       .beside_W = -front,
       .finding = true,
       .note = protrusion_note(subject, frame, peak, texts)});
  return all;
}

}  // namespace foramen::scene
