#pragma once

/// Changes to a lift that the model has tried, with what each gains.

#include <string>
#include <vector>

#include "sim/base/parallel.h"
#include "sim/run/simulate.h"

namespace foramen {

enum class Change { Nearer, HigherStart, LessLumbarFlexion, Slower, TwoTrips, NoTwist };
/// "nearer", "higher_start", … : keys of the texts that say it.
[[nodiscard]] std::string_view name(Change change);

/// A scenario with one change made, and by how much: 0.1 m nearer, 0.25 m higher, 15° less, half as fast again, half
/// the mass, degrees of bend and twist taken out.
struct ChangedScenario {
  Change change = Change::Nearer;
  double amount = 0;  ///< [m], [rad], 1 (factor on time), [kg] a trip
  Scenario scenario;
};

/// The changes that can be made to a scenario; those that make no sense for it (nothing is lifted, no bend to take out)
/// are not among them.
[[nodiscard]] std::vector<ChangedScenario> possible_changes(const Scenario& scenario, const Library& library);

struct Advice {
  Change change = Change::Nearer;
  double amount = 0;
  double compression_before = 0, compression_after = 0;  ///< peak over all levels [N]
  double pressure_before = 0, pressure_after = 0;        ///< peak over all roots [Pa]
  bool possible = true;  ///< false: the body cannot do it (a reach too far, strength that does not suffice)
  std::string why_not;   ///< then

  /// Lowers one of the two by more than 3 % (roots: and 5 mmHg), and raises neither by more.
  [[nodiscard]] bool helps() const;
  /// Lowers one of the two by more than that, but raises the other by more.
  [[nodiscard]] bool trades() const;
};

/// Tries every possible change at `rate_hz`, beside the scenario at the same rate; the best first. Changes that do not
/// help come last, so that a reader sees what was tried.
[[nodiscard]] std::vector<Advice> advise(const Scenario& scenario, const Library& library, double rate_hz, int threads);

}  // namespace foramen
