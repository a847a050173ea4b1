#pragma once

/// Words for things of the model, in a report's language.

#include <string>

#include "sim/base/units.h"
#include "sim/nerve/nerve.h"
#include "sim/nerve/protrusion_place.h"
#include "sim/report/texts.h"

namespace foramen {

/// From which pressure on plain words call a root touched, pressed, pressed hard [Pa]: lightly below what closes veins,
/// hard from what stops capillaries for good (data/limits).
inline constexpr double kTouchedFrom = 5 * units::mmHg, kPressedFrom = 30 * units::mmHg, kHardFrom = 130 * units::mmHg;

[[nodiscard]] std::string side_word(Side side, const Texts& texts);
/// "the herniation of the disc L4-L5".
[[nodiscard]] std::string presser_words(const PressedBy& by, const Texts& texts);
/// Where a protrusion lies beside its root, in the words of the texts that begin with `kind`: "place", "view_place",
/// "patient_place".
[[nodiscard]] std::string place_words(ProtrusionPlace place, std::string_view kind, const Texts& texts);
/// Whether the root could rest on its other side; empty where no protrusion reaches it.
[[nodiscard]] std::string other_side_words(const OtherSide& other, const Texts& texts);
/// A row of a comparison in words: "L5-S1 compression, peak", "left L5 root above 50 mmHg".
[[nodiscard]] std::string measure_words(const std::string& path, const Texts& texts);
/// "8 s", "2 min", "2 h".
[[nodiscard]] std::string time_words(double seconds);

}  // namespace foramen
