#pragma once

/// The one table of reported quantities: name with unit, meaning, sign, and how to read it from a Frame. Files, command
/// line, comparison, viewer and tests all go through it.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sim/run/frame.h"

namespace foramen {

/// Which of its values over time is a quantity's peak.
enum class Extreme { Largest, Smallest, LargestMagnitude };

struct Quantity {
  std::string_view name;   ///< with its unit: "compression_N"
  std::string_view unit;   ///< "N"
  std::string_view label;  ///< for people: "compression"
  std::string_view doc;    ///< one sentence; sign convention and assumptions included
  Extreme extreme = Extreme::Largest;
};

struct LevelQuantity : Quantity {
  double (*value)(const Frame&, Level) = nullptr;  ///< in the quantity's unit
};

struct RootQuantity : Quantity {
  double (*value)(const Frame&, Root, Side) = nullptr;
};

struct BodyQuantity : Quantity {
  double (*value)(const Frame&) = nullptr;
};

[[nodiscard]] std::span<const LevelQuantity> level_quantities();
[[nodiscard]] std::span<const RootQuantity> root_quantities();
[[nodiscard]] std::span<const BodyQuantity> body_quantities();

}  // namespace foramen
