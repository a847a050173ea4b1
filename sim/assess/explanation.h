#pragma once

/// What would relieve a pressed root at its worst instant: changes to posture, load and protrusion that the model has
/// tried there, each by solving that frame again.

#include <optional>
#include <string>
#include <vector>

#include "sim/nerve/nerve.h"
#include "sim/nerve/protrusion_place.h"
#include "sim/run/simulate.h"

namespace foramen {

enum class Lever { LumbarFlexion, SideBend, Hip, Knee, Ankle, Load, Protrusion };
/// "lumbar_flexion", "side_bend" …
[[nodiscard]] std::string_view name(Lever lever);

/// The best of the changes tried with one lever.
struct Relief {
  Lever lever = Lever::LumbarFlexion;
  double change = 0;          ///< [rad], [kg] or [m]; positive: more flexion, bend to the right, dorsiflexion
  double pressure_after = 0;  ///< of the same root at the same instant [Pa]
};

struct RootExplanation {
  Root root = Root::L5;
  Side side = Side::Left;
  double time = 0;      ///< of the root's peak [s]
  double pressure = 0;  ///< then [Pa]
  PressedBy pressed_by;
  std::optional<ProtrusionPlace> protrusion;  ///< of the protrusion that presses, if one does
  std::optional<OtherSide> other_side;        ///< of a protrusion beside the root
  std::vector<Relief> reliefs;                ///< the most relieving lever first; only those that relieve
  int tried = 0;                              ///< changes that could be solved
  int impossible = 0;                         ///< the body cannot do them, or the frame did not converge
};

/// The roots that are pressed with at least this at their peak are explained, the worst of them at most [Pa]: 10 mmHg
/// is the lowest pressure with a published effect on roots (Olmarker 1990, nutrition).
inline constexpr double kExplainFrom = 1333;
inline constexpr std::size_t kMostExplained = 4;

/// At most 17 frames a root are solved, and its peak's roots once more. Pure: the same on any number of threads. Throws
/// InputError as make_person does.
[[nodiscard]] std::vector<RootExplanation> explain(const Result& result, const Library& library, int threads);

/// "left L5: 98 mmHg at 1.20 s, pressed by the L4-L5 disc herniation", then one sentence per relief.
[[nodiscard]] std::vector<std::string> explanation_sentences(const RootExplanation& explanation);

/// The content of explanation.json.
[[nodiscard]] std::string explanation_json(const std::vector<RootExplanation>& explanations);

}  // namespace foramen
