#pragma once

/// Activity of the trunk's muscles as electrodes find it, by the groups that they tell apart.

#include <array>
#include <optional>
#include <string_view>

#include "sim/base/names.h"

namespace foramen {

enum class ActivityGroup {
  Psoas,
  RectusAbdominis,
  ExternalOblique,
  InternalOblique,
  TransversusAbdominis,
  LumbarErectorSpinae,
  ThoracicErectorSpinae,
  Multifidus,
  QuadratusLumborum,
  LatissimusDorsi
};
inline constexpr int kActivityGroupCount = 10;
/// In files, before the side and "_percent": "rectus_abdominis_left_percent".
inline constexpr std::array<std::string_view, kActivityGroupCount> kActivityGroupNames{"psoas",
                                                                                       "rectus_abdominis",
                                                                                       "external_oblique",
                                                                                       "internal_oblique",
                                                                                       "transversus_abdominis",
                                                                                       "lumbar_erector_spinae",
                                                                                       "thoracic_erector_spinae",
                                                                                       "multifidus",
                                                                                       "quadratus_lumborum",
                                                                                       "latissimus_dorsi"};

/// One value per group and Side, 0…1 of what a maximal voluntary contraction shows; 0 where nothing is known.
using MuscleActivity = std::array<std::array<double, 2>, kActivityGroupCount>;
/// The same as written; nothing: left open.
using StatedActivity = std::array<std::array<std::optional<double>, 2>, kActivityGroupCount>;

}  // namespace foramen
