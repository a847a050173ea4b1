#pragma once

/// The revised NIOSH lifting equation (Waters, Putz-Anderson, Garg & Fine 1993; Applications Manual, NIOSH 94-110,
/// 1994).

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/units.h"

namespace foramen {

/// The Applications Manual gives the equation in two systems whose constants are rounded apart (25 cm and 10 in, 23 kg
/// and 51 lb): the same lift may get up to 3 % more in one than in the other.
enum class LiftingSystem { Metric, UsCustomary };
inline constexpr double kInch = 0.0254;       ///< [m]
inline constexpr double kPound = 0.45359237;  ///< [kg]

/// One lift as the equation sees it, lengths [m].
struct LiftingTask {
  double horizontal = 0.25;  ///< hands from the middle between the ankles
  double vertical = 0.75;    ///< height of the hands at the start
  double travel = 0.25;      ///< vertical distance the load is moved
  double asymmetry = 0;      ///< load from straight ahead [rad]
  double per_minute = 0.2;
  double hours = 1;
  std::string coupling = "good";  ///< good | fair | poor
  double load = 0;                ///< [kg]
  LiftingSystem system = LiftingSystem::Metric;
};

struct LiftingIndex {
  double hm = 0, vm = 0, dm = 0, am = 0, fm = 0, cm = 0;  ///< multipliers
  double recommended_weight = 0;                          ///< [kg]
  double index = 0;                                       ///< load over recommended weight; infinite where that is 0
};

/// The equation with its frequency and coupling tables, read from data/limits.
class LiftingEquation {
 public:
  /// Throws InputError for a missing or broken table.
  explicit LiftingEquation(const std::filesystem::path& data);

  /// Throws std::invalid_argument for values that are negative or not finite, more than 8 hours, or an unknown
  /// coupling.
  [[nodiscard]] LiftingIndex evaluate(const LiftingTask& task) const;

  /// Between the rows of the table the multiplier is interpolated along the frequency; below 0.2 per minute it is that
  /// of 0.2, above 15 it is 0.
  [[nodiscard]] double frequency_multiplier(double per_minute, double hours, double vertical,
                                            LiftingSystem system = LiftingSystem::Metric) const;

  /// Composite lifting index of several tasks in turn: the worst single one, and what each further one adds at the
  /// frequency of all so far (Applications Manual, section 1.4).
  [[nodiscard]] double composite_index(std::vector<LiftingTask> tasks) const;

 private:
  struct FrequencyRow {
    double per_minute = 0, hours = 0, low = 0, high = 0;
  };
  struct CouplingRow {
    std::string name;
    double low = 0, high = 0;
  };
  std::vector<FrequencyRow> frequency_;
  std::vector<CouplingRow> coupling_;
};

}  // namespace foramen
