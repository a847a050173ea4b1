#pragma once

/// What the model says where published figures exist, by the names of PublishedFigure::model.

#include <filesystem>

#include "sim/assess/published.h"
#include "sim/spine/test_bench.h"

namespace foramen {

/// Motion segments and L1–L5 of an average man on the test bench.
[[nodiscard]] ModelFigures passive_figures(const Subject& subject);

/// Loads in the activities of data/in_vivo_activities.csv of the subject of Wilke 1999: in_vivo.ACTIVITY.pressure_MPa
/// (nucleus of L4–L5), .compression_N and .compression_percent_BW (L4–L5), .L3-L4.compression_N and
/// .L3-L4.percent_of_standing, .L5-S1.compression_N and .shear_N; in_vivo.wilke.rms_MPa over all rows of his, and
/// in_vivo.tilt.pressure_r2. One subject, one set of parameters. What does not converge has no figure.
[[nodiscard]] ModelFigures in_vivo_figures(const std::filesystem::path& data);

/// Peaks of squatted against stooped lifts in task words, man of the default description: the net moment at L5–S1 that
/// squatting adds, lift.floor and lift.half_metre.squat_minus_stoop.moment_percent (10.5 kg, grips 0.05 and 0.5 m
/// high), and what stooping adds at L4–L5 and L5–S1, lift.stoop_minus_squat.compression_BW, .L4-L5.shear_BW and
/// .L5-S1.shear_BW (15 kg, grips 0.05 m high).
[[nodiscard]] ModelFigures lift_figures(const std::filesystem::path& data);

/// The largest moments the trunk can hold upright, muscles of all levels coupled: strength.male.extension_Nm,
/// .flexion_Nm, .side_bend_Nm, .twist_Nm at 30 years, the same of a woman, and strength.female_over_male.extension.
[[nodiscard]] ModelFigures strength_figures(const std::filesystem::path& data);

/// What a day on the feet and a night in bed do to the L4–L5 disc.
[[nodiscard]] ModelFigures creep_figures(const std::filesystem::path& data);

/// Spaces of canal and foramen in flexion and extension, and the most a healthy man's roots are pressed in everyday
/// postures.
[[nodiscard]] ModelFigures space_figures(const std::filesystem::path& data);

/// How many of 64 random healthy adults have a root above 30 mmHg in some everyday posture (< 20 s).
[[nodiscard]] ModelFigures healthy_figures(const std::filesystem::path& data);

/// Tension and movement of the roots in a straight leg raise (Ko 2006).
[[nodiscard]] ModelFigures leg_raise_figures(const std::filesystem::path& data);

/// Sampled populations (the same every time) of `people` each: contact pressure under herniations, compressed roots in
/// worn foramina, sac pressure in stenosis.
[[nodiscard]] ModelFigures pathology_figures(const std::filesystem::path& data, int people, int threads);
/// People of each population in a quick and in a full validation.
inline constexpr int kQuickPeople = 16, kManyPeople = 128;

/// Flexion, extension, right bend and left twist of L1–L5 in steps up to `moment` [N·m]: for each, the moments and the
/// total rotation [rad].
struct RotationCurve {
  std::string name;
  std::vector<double> moment, rotation;
};
[[nodiscard]] std::vector<RotationCurve> rotation_curves(const TestBench& bench, double moment, int steps);

}  // namespace foramen
