#pragma once

/// Conversion between SI, used inside, and the units people read. Multiply by a constant to get SI, divide to leave it.

namespace foramen::units {

inline constexpr double mm = 1e-3;                     ///< [m]
inline constexpr double cm = 1e-2;                     ///< [m]
inline constexpr double mm2 = 1e-6;                    ///< [m²]
inline constexpr double cm2 = 1e-4;                    ///< [m²]
inline constexpr double kPa = 1e3;                     ///< [Pa]
inline constexpr double MPa = 1e6;                     ///< [Pa]
inline constexpr double mmHg = 133.322387415;          ///< conventional millimetre of mercury [Pa]
inline constexpr double deg = 0.017453292519943295;    ///< [rad]
inline constexpr double percent = 1e-2;
inline constexpr double minute = 60.0;                 ///< [s]
inline constexpr double N_per_mm = 1e3;                ///< [N/m]
inline constexpr double N_per_cm2 = 1e4;               ///< [Pa]

}  // namespace foramen::units
