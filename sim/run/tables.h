#pragma once

/// The tidy tables of a run as text. Numbers of a frame that did not converge are left empty and its `status` says so.
/// With bands, columns QUANTITY_p05, _p50 and _p95 follow the quantities.

#include <string>

#include "sim/run/bands.h"
#include "sim/run/simulate.h"

namespace foramen {

/// time_s, level, one column per level quantity, status
[[nodiscard]] std::string levels_csv(const Result& result, const Bands* bands = nullptr);
/// time_s, root, side, quantities, pressed_by, status
[[nodiscard]] std::string roots_csv(const Result& result, const Bands* bands = nullptr);
[[nodiscard]] std::string muscles_csv(
    const Result& result);  ///< time_s, muscle, group, side, activation, force_N, status
/// time_s, body quantities, status
[[nodiscard]] std::string body_csv(const Result& result, const Bands* bands = nullptr);
[[nodiscard]] std::string motion_mot(const Result& result);  ///< OpenSim motion: posture angles in degrees
[[nodiscard]] std::string loads_sto(const Result& result);   ///< OpenSim storage: net forces and moments per level

/// A text as a CSV cell: quoted where it needs it.
[[nodiscard]] std::string csv_cell(const std::string& text);

/// Shortest decimal that reads back to the same double; empty for what is not finite.
[[nodiscard]] std::string number_text(double value);

}  // namespace foramen
