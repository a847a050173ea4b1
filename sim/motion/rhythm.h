#pragma once

/// Lumbopelvic rhythm: how a standing forward bend splits between the lumbar spine and the hips.

#include <array>
#include <filesystem>
#include <vector>

#include "sim/scenario/scenario.h"

namespace foramen {

/// Published ratios of lumbar to hip rotation over the course of the bend (data/rhythm.csv). Leaning back goes by the
/// first of them.
struct LumbopelvicRhythm {
  struct Stage {
    double to = 0;              ///< total bend, lumbar spine and hips together, at which it ends [rad]
    double lumbar_per_hip = 0;  ///< rotation of the lumbar spine per rotation of the hips
  };
  std::vector<Stage> stages;
  std::array<double, 3> hip_share{1, 1, 1};  ///< factor on the hips' part, by HamstringLength
};

/// Lumbar flexion and forward pitch of the pelvis [rad].
struct Bend {
  double lumbar = 0, pelvis = 0;
};

/// Tips the top of the lumbar chain forward by `inclination` [rad]. `per_lumbar` is how far it turns per lumbar flexion
/// L1–S1 (1, and the share of T12–L1 on top). Throws std::invalid_argument without stages.
[[nodiscard]] Bend split_bend(const LumbopelvicRhythm& rhythm, HamstringLength hamstrings, double inclination,
                              double per_lumbar);

/// Reads rhythm.csv of the data folder. Throws InputError.
[[nodiscard]] LumbopelvicRhythm load_rhythm(const std::filesystem::path& data);

}  // namespace foramen
