#include "viz/scene/legends.h"

#include <fmt/core.h>

#include <algorithm>

#include "sim/base/units.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

/// Thresholds of acute compression in animal roots and nerves: venules close and slow flow from about 30 mmHg
/// (Rydevik, Lundborg and Bagge 1981, rabbit nerve), conduction suffers at 50–75 mmHg (Rydevik et al. 1991, pig cauda
/// equina), arterioles of the root close near 130 mmHg (Olmarker et al. 1989, pig cauda equina).
std::vector<Legend::Mark> root_thresholds() {
  return {{30.0, "venous flow slows"}, {50.0, "conduction suffers"}, {130.0, "blood flow stops"}};
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

std::vector<double> even_ticks(double high, double step) {
  std::vector<double> ticks;
  for (int i = 0; i * step <= high * (1.0 + 1e-9); ++i) ticks.push_back(i * step);
  return ticks;
}

}  // namespace

std::vector<Legend> legends(const Subject& subject, const ColourRanges& ranges, const SceneOptions& options) {
  const double root_high = ranges.root_pressure / units::mmHg;
  const double disc_high = ranges.disc_pressure / units::MPa;
  std::vector<Legend> all;
  all.push_back({.title = "Root contact pressure",
                 .unit = "mmHg",
                 .high = root_high,
                 .colours = &root_colours(),
                 .ticks = even_ticks(root_high, 50.0),
                 .open_above = true,
                 .marks = root_thresholds()});
  all.push_back({.title = "Nucleus pressure",
                 .unit = "MPa",
                 .high = disc_high,
                 .colours = &disc_colours(),
                 .ticks = even_ticks(disc_high, disc_high > 3.0 ? 1.0 : 0.5)});
  if (std::any_of(subject.levels.begin(), subject.levels.end(),
                  [](const MotionSegment& l) { return !l.herniations.empty(); })) {
    all.back().keys.push_back({kProtrusionColour, "protrusion"});
  }
  if (options.muscles) {
    all.push_back({.title = "Muscle activation",
                   .unit = "%",
                   .high = 100.0,
                   .colours = &muscle_colours(),
                   .ticks = even_ticks(100.0, 50.0)});
  }
  return all;
}

std::vector<Row> panel_rows(const Frame& frame) {
  const LevelState& lowest = frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))];
  const RootPeak peak = highest_root(frame);
  std::vector<Row> rows{{"Time", fmt::format("{:.2f} s", frame.time)},
                        {"L5–S1 compression", fmt::format("{:.0f} N", lowest.compression)}};
  if (peak.pressure / units::mmHg < 0.5) {
    rows.push_back({"Highest root pressure", "none pressed"});
    return rows;
  }
  rows.push_back({"Highest root pressure",
                  fmt::format("{} {}, {:.0f} mmHg", name(peak.side), name(peak.root), peak.pressure / units::mmHg)});
  rows.push_back({"Pressed by", printed(state_of(frame, peak).pressed_by.text())});
  return rows;
}

std::string warning_of(const Frame& frame) {
  if (frame.complaint().empty()) return {};
  if (frame.converged() && !frame.spine.strength_suffices)
    return "Exceeds this subject's strength: numbers are not valid";
  return "Not converged: numbers are not valid";
}

std::vector<Label> labels(const Subject& subject, const Frame& frame) {
  constexpr double kClear = 0.012;          // from the bone to the text [m]
  constexpr double kBelowEndplate = 0.014;  // middle of the first sacral body [m]
  const RootPeak peak = highest_root(frame);
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
  all.push_back({.text = fmt::format("{} {} root {:.0f} mmHg\n{}", name(peak.side), name(peak.root),
                                     peak.pressure / units::mmHg, printed(root.pressed_by.text())),
                 .anchor_W = root.pressed_at_W,
                 .beside_W = -front,
                 .finding = true});
  return all;
}

}  // namespace foramen::scene
