#include "sim/scenario/field_values.h"

#include <fmt/format.h>

#include <cmath>
#include <span>

namespace foramen {

namespace {

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view n : names) text += (text.empty() ? "" : ", ") + std::string(n);
  return text;
}

std::optional<FieldValue> text_value(const Field& field, const toml::node& node, const std::string& path,
                                     ProblemList& problems) {
  const auto value = node.value<std::string>();
  if (!node.is_string() || !value) {
    problems.report(
        &node, path,
        field.type == FieldType::Text ? "must be a text in quotes" : "must be one of " + joined(field.choices));
    return std::nullopt;
  }
  if (field.type == FieldType::Choice && !find_name(field.choices, *value)) {
    problems.report(&node, path,
                    fmt::format("\"{}\" is not one of {}; the nearest is \"{}\"", *value, joined(field.choices),
                                nearest_name(field.choices, *value)));
    return std::nullopt;
  }
  return *value;
}

std::optional<double> number_value(const Field& field, const toml::node& node, const std::string& path,
                                   ProblemList& problems) {
  if (field.type == FieldType::Integer && !node.is_integer()) {
    problems.report(&node, path, "must be a whole number");
    return std::nullopt;
  }
  const auto value = finite_number(node, path, problems);
  if (value && (*value < field.lo || *value > field.hi)) {
    problems.report(&node, path,
                    field.lo == field.hi ? fmt::format("{} is not {}", *value, field.lo)
                                         : fmt::format("{} is outside {} to {}", *value, field.lo, field.hi));
    return std::nullopt;
  }
  return value;
}

std::optional<FieldValue> numbers_value(const Field& field, const toml::node& node, const std::string& path,
                                        ProblemList& problems) {
  const toml::array* array = node.as_array();
  if (!array || array->size() != field.length) {
    problems.report(&node, path, fmt::format("must be {} numbers in brackets", field.length));
    return std::nullopt;
  }
  std::vector<double> numbers;
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto number = number_value(field, *array->get(i), fmt::format("{}.{}", path, i), problems);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

std::optional<double> finite_number(const toml::node& node, const std::string& path, ProblemList& problems) {
  const auto value = node.value<double>();
  if (node.is_number() && value && std::isfinite(*value)) return value;
  problems.report(&node, path, "must be a finite number");
  return std::nullopt;
}

std::optional<FieldValue> field_value(const Field& field, const toml::node& node, const std::string& path,
                                      ProblemList& problems) {
  if (field.type == FieldType::Text || field.type == FieldType::Choice) return text_value(field, node, path, problems);
  if (field.type == FieldType::Vector) return numbers_value(field, node, path, problems);
  if (const auto number = number_value(field, node, path, problems)) return *number;
  return std::nullopt;
}

}  // namespace foramen
