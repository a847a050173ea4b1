#pragma once

/// What the numbers of a run mean: against limits of load, and for the nerve roots.

#include <optional>
#include <string>
#include <vector>

#include "sim/assess/limits.h"
#include "sim/run/summary.h"

namespace foramen {

/// The worst level against one limit.
struct LimitFinding {
  Limit limit;
  Level level = Level::L5S1;
  double value = 0;  ///< peak [N]
  [[nodiscard]] bool exceeded() const { return value > limit.value; }
};

/// How one effect on a root stands.
struct EffectFinding {
  RootEffect effect;
  double time_above = 0;       ///< in this run [s]
  double needed = 0;           ///< how long it must last at the onset seen here, the cautious end [s]; 0: at once
  [[nodiscard]] bool reached() const { return needed == 0 || time_above >= needed; }
};

/// One root that some effect's threshold is passed at.
struct RootFinding {
  Root root = Root::L5;
  Side side = Side::Left;
  double pressure = 0;  ///< peak [Pa]
  double strain = 0;    ///< peak
  double at = 0;        ///< when the pressure peaks [s]
  PressedBy pressed_by;
  double rise = 0;                      ///< from a tenth of the peak to the peak [s]
  std::vector<EffectFinding> effects;   ///< whose threshold is passed, in the table's order
};

/// Cumulative load of a working shift; only where a [task] says how often.
struct DoseFinding {
  double dose = 0;  ///< [N·h]
  DoseLimit limit;
  double lifts = 0;  ///< a shift
};

struct Findings {
  std::vector<LimitFinding> limits;   ///< compression, then shear
  std::vector<RootFinding> roots;     ///< the most pressed first
  double strength_used = 0;           ///< largest activation of any muscle, 0…1
  std::string strongest_muscle;       ///< the one
  bool strength_suffices = true;
  std::optional<DoseFinding> dose;
};

[[nodiscard]] Findings find(const Result& result, const LimitTables& limits);

}  // namespace foramen
