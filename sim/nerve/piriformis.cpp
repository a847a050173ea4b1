#include "sim/nerve/piriformis.h"

#include <algorithm>

#include "sim/base/units.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

using units::mm;

/// Half thickness of the flat sciatic nerve below the muscle [m] (estimate).
constexpr double kHalfNerve = 2.5 * mm;
/// Fat between muscle, nerve and the gemelli behind a usual muscle [m] (estimate).
constexpr double kRoom = 3 * mm;
/// Length over which the nerve bends round the muscle [m]: its width where the nerve crosses, some 40 mm (estimate).
constexpr double kCrossing = 40 * mm;
/// The muscle gives way itself: stiffness across its fibres [Pa] and thickness [m] (estimates: passive muscle 10–30
/// kPa; 15 mm thick where the nerve passes).
constexpr double kMuscle = 20e3, kMuscleThickness = 15 * mm;
/// How much the muscle tightens onto the nerve with hip flexion and adduction, the positions of the provocation test
/// [m/rad] (estimates).
constexpr double kByFlexion = 1.5 * mm, kByAdduction = 3 * mm;

/// Line load on the nerve [N/m] when muscle and nerve share an overlap [m] (negative: a gap).
double squeezed(double overlap) {
  const auto nerve = [](double taken) { return root_contact(kHalfNerve - taken, kHalfNerve).force; };
  const double spring = 2 * kHalfNerve * kMuscle / kMuscleThickness;   // of the muscle over the nerve's width
  double low = std::min(overlap, 0.0), high = std::max(overlap, 0.0);  // what the nerve takes
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (nerve(middle) < spring * (overlap - middle) ? low : high) = middle;
  }
  return nerve(low);
}

}  // namespace

double piriformis_thickening(const SubjectDescription& person, Side side) {
  double thickening = 0;
  for (const PiriformisCondition& p : person.piriformis) {
    if (!p.side || *p.side == side) thickening += p.thickening;
  }
  return thickening;
}

double piriformis_detour(double thickening) {
  // A parabola of height h over length L is longer by 8h²/3L.
  return 8 * thickening * thickening / (3 * kCrossing);
}

double piriformis_pressure(double thickening, const PostureAngles& angles, Side side, double tension) {
  if (thickening <= 0) return 0;
  const auto angle = [&](PostureAngle left) {
    return std::max(0.0, angles[static_cast<std::size_t>(index(left) + index(side))]);
  };
  const double tightened =
      kByFlexion * angle(PostureAngle::HipFlexionLeft) + kByAdduction * angle(PostureAngle::HipAdductionLeft);
  const double squeeze = squeezed(thickening + tightened - kRoom);
  const double curvature = 8 * thickening / (kCrossing * kCrossing);
  return root_pressure(squeeze + std::max(0.0, tension) * curvature, kHalfNerve);
}

void press_piriformis(const SubjectDescription& person, const PostureAngles& angles, Root root, Side side,
                      double tract_tension, RootState& state) {
  if (index(root) < index(Root::L4)) return;  // the others run in front of the hip
  const double pressure = piriformis_pressure(piriformis_thickening(person, side), angles, side, tract_tension);
  if (pressure <= state.pressure) return;
  state.pressure = state.pinch_pressure = pressure;
  state.tension_pressure = 0;
  state.pressed_by = {Structure::Piriformis, Level::L5S1};
  if (!state.nodes.empty()) state.pressed_at_W = state.nodes.back().position_W;  // where it leaves towards the muscle
}

}  // namespace foramen
