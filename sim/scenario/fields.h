#pragma once

/// The one field table of scenario files: it drives reading, checking, defaults, writing back, `foramen list fields`
/// and `foramen template`.

#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/scenario/scenario.h"

namespace foramen {

/// A value as it stands in a file.
using FieldValue = std::variant<double, std::string, std::vector<double>>;

enum class FieldType { Number, Integer, Text, Choice, Vector };

/// One key of a scenario file.
struct Field {
  std::string table;  ///< "", "subject", "subject.disc[]" ([] marks an array of tables), "motion.keyframe[]" …
  std::string key;    ///< with its unit: "stature_m"
  FieldType type = FieldType::Number;
  std::string doc;
  double lo = -std::numeric_limits<double>::infinity(), hi = std::numeric_limits<double>::infinity();
  std::span<const std::string_view> choices = {};
  std::size_t length = 0;  ///< of a Vector
  bool required = false;
  /// Sets the value of element `i` of the table (0 for plain tables), converting to SI.
  std::function<void(Scenario&, std::size_t i, const FieldValue&)> set = {};
  /// The value in the file's unit; nothing when unset.
  std::function<std::optional<FieldValue>(const Scenario&, std::size_t i)> get = {};

  [[nodiscard]] std::string path() const { return table.empty() ? key : table + "." + key; }
};

/// A table or array of tables.
struct FieldTable {
  std::string name;  ///< "subject.disc[]"
  std::string doc;
  std::function<std::size_t(const Scenario&)> count;   ///< elements now (1 for plain tables that exist)
  std::function<void(Scenario&, std::size_t)> resize;  ///< makes room for elements found in a file
};

[[nodiscard]] const std::vector<FieldTable>& field_tables();
[[nodiscard]] const std::vector<Field>& fields();

}  // namespace foramen
